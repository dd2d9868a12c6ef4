"""Taking the table behind a result: for whoever sees all figures in it, and written down."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.evaluation.models import Analysis, FrozenTable
from clusterwork.evaluation.permissions.studies import analysis_to_work_on
from clusterwork.evaluation.selectors.frozen import private_figures_behind
from clusterwork.evaluation.selectors.results import results_of
from clusterwork.kernel.errors import NotAllowed, NotThere
from clusterwork.kernel.messages import N_, Message
from clusterwork.measures.permissions.seeing import figures_visible_to

TAKEN = "evaluation.table"


class HoldsFiguresNotSeen(NotAllowed):
    """The table holds figures of schools that this person does not see."""


@transaction.atomic
def take_table(*, person: Person, day: dt.date, pk: int) -> FrozenTable:
    """The table behind the newest result. Raises `NotThere`, `NotAllowed`, `HoldsFiguresNotSeen`.

    Whoever works on the analysis takes it where they see every figure in it that is not public.
    """
    analysis = analysis_to_work_on(person, pk, day)
    result = results_of(analysis).result
    frozen = FrozenTable.objects.select_related("run").filter(run=result).first()
    if result is None or frozen is None:
        raise NotThere(
            Message(N_("There is no table of this analysis yet.")),
            why=Message(N_("It is frozen when the result is worked out, and there is none.")),
            next_step=Message(N_("Open the analysis to see where it stands.")),
        )
    private = private_figures_behind(frozen)
    if private.exclude(
        pk__in=private.filter(figures_visible_to(person, day)).values("pk")
    ).exists():
        raise _not_seen()
    _record(person, analysis, frozen)
    return frozen


def _record(person: Person, analysis: Analysis, frozen: FrozenTable) -> None:
    record(
        actor=person,
        verb=TAKEN,
        subject=analysis,
        summary=Message(
            N_("Took the table behind a result: %(study)s"), {"study": str(analysis.study)}
        ),
        details={"run": frozen.run_id, "data_hash": frozen.data_hash},
    )


def _not_seen() -> HoldsFiguresNotSeen:
    return HoldsFiguresNotSeen(
        Message(N_("You cannot take this table.")),
        why=Message(
            N_("It holds figures of single schools that are not public and that you do not see.")
        ),
        next_step=Message(
            N_(
                "Somebody who works on the study and sees these figures can take it, such as an "
                "officer of the organisation that brought them in. The result stays open to you."
            )
        ),
    )
