"""How long statistics of pupils stay, and how they go: by hand, or on their day."""

from __future__ import annotations

import datetime as dt

from django.db import connection, transaction
from django.utils import timezone

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.evaluation.models import CellFit, CellSet
from clusterwork.evaluation.permissions.restricted import cell_set_of, named_on
from clusterwork.evaluation.rules.keeping import check
from clusterwork.evaluation.services.cells.packing import erased
from clusterwork.evaluation.states.run import OPEN
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message


class NoReason(Problem):
    """Keeping longer needs a reason."""


def erase_cells(
    *, person: Person, day: dt.date, now: dt.datetime, study_pk: int, pk: int
) -> CellSet:
    """Empties the set and every result made with it; the record that it was there stays.

    Raises `NotThere`, `NotAllowed`, `Erased`.
    """
    with named_on(person, study_pk, day) as study:
        cells = cell_set_of(study, pk, locked=True)
        if cells.is_erased:
            raise erased(cells)
        _empty_fits(cells, now)
        cells.content, cells.erased_at, cells.erased_by = None, now, person
        cells.save(update_fields=["content", "erased_at", "erased_by"])
        record(
            actor=person,
            verb="evaluation.cells_erase",
            subject=cells,
            summary=Message(N_("Erased statistics of pupils: %(label)s"), {"label": cells.label}),
            details={"study": study.pk},
        )
    return cells


def keep_cells(
    *, person: Person, day: dt.date, study_pk: int, pk: int, until: dt.date, because: str
) -> CellSet:
    """Keeps the set longer, with the reason.

    Raises `NotThere`, `NotAllowed`, `Erased`, `NoReason`, `KeptNotLong`, `KeptTooLong`.
    """
    with named_on(person, study_pk, day) as study:
        cells = cell_set_of(study, pk, locked=True)
        if cells.is_erased:
            raise erased(cells)
        if not because.strip():
            raise _no_reason()
        uploaded_on = timezone.localdate(cells.uploaded_at)
        check(until, uploaded_on=uploaded_on, day=day, stands=cells.keep_until)
        cells.keep_until, cells.kept_because = until, because.strip()
        cells.save(update_fields=["keep_until", "kept_because"])
        record(
            actor=person,
            verb="evaluation.cells_keep",
            subject=cells,
            summary=Message(
                N_("Keeps statistics of pupils longer: %(label)s, until %(until)s"),
                {"label": cells.label, "until": until.isoformat()},
            ),
            details={"study": study.pk, "because": cells.kept_because},
        )
    return cells


@transaction.atomic
def erase_past_keeping() -> int:
    """Erases what is past its last day, whoever is named; how many sets went. Safe to run twice.

    The database decides what is due (`evaluation_erase_cells_past_keeping`): nobody else may touch
    rows that they do not see.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT gone_id, gone_label FROM evaluation_erase_cells_past_keeping()")
        gone = cursor.fetchall()
    for pk, label in gone:
        record(
            actor=None,
            verb="evaluation.cells_erase",
            subject=CellSet(pk=pk, label=label),
            summary=Message(
                N_("Erased statistics of pupils on their last day: %(label)s"), {"label": label}
            ),
        )
    return len(gone)


def _empty_fits(cells: CellSet, now: dt.datetime) -> None:
    made = CellFit.objects.filter(sets=cells, erased_at__isnull=True)
    pks = list(made.values_list("pk", flat=True))
    rows = CellFit.objects.filter(pk__in=pks)
    rows.filter(state__in=OPEN).update(state=CellFit.State.STOPPED, ended_at=now)
    rows.update(found={}, erased_at=now)


def _no_reason() -> NoReason:
    return NoReason(
        Message(N_("Say why they are needed longer.")),
        why=Message(N_("Statistics of pupils are kept no longer than there is a reason for.")),
        next_step=Message(N_("Write the reason, or let them go on their day.")),
    )
