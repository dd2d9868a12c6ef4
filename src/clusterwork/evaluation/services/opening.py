"""An analysis whose plan may be written, loaded for whoever works on it and locked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.evaluation.models import Analysis
from clusterwork.evaluation.permissions.studies import analysis_to_work_on
from clusterwork.evaluation.states import analysis as states
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message


class IsRegistered(Problem):
    """A registered plan does not change by the way."""


class OutcomeNotChosen(Problem):
    """What comes next depends on the measure and the years."""


def locked(person: Person, pk: int, day: dt.date) -> Analysis:
    """The analysis, for nobody else to change until the transaction ends.

    Raises `NotThere`, `NotAllowed`.
    """
    analysis_to_work_on(person, pk, day)
    rows = Analysis.objects.select_for_update(of=("self",))
    return rows.select_related("study__programme__organisation", "measure", "cluster").get(pk=pk)


def open_to_write(person: Person, pk: int, day: dt.date) -> Analysis:
    """The same, while its plan may be written. Raises `IsRegistered` too."""
    analysis = locked(person, pk, day)
    if analysis.state not in states.OPEN:
        raise IsRegistered(
            Message(N_("This analysis is registered.")),
            why=Message(N_("Its choices were set down before its result was known.")),
            next_step=Message(
                N_("Choose “Change something” on its page; the change will be marked.")
            ),
        )
    return analysis


def check_outcome_chosen(analysis: Analysis) -> None:
    """Raises `OutcomeNotChosen` while the measure or the years are not chosen."""
    if not (analysis.measure_id and analysis.first_year and analysis.last_year):
        raise OutcomeNotChosen(
            Message(N_("It is not said yet which results and years the analysis is about.")),
            next_step=Message(N_("Choose the results and years first.")),
        )


def keep(analysis: Analysis, person: Person, verb: str, template: str, **values: Any) -> Analysis:
    """Saves these fields of the plan; nothing is written where nothing changed."""
    changed = _put(analysis, values)
    if not changed:
        return analysis
    analysis.save(update_fields=sorted(changed))
    record(
        actor=person,
        verb=verb,
        subject=analysis,
        summary=Message(template, {"study": str(analysis.study)}),
        details={"changed": sorted(changed)},
    )
    return analysis


def _put(analysis: Analysis, values: Mapping[str, Any]) -> set[str]:
    changed = {name for name, value in values.items() if getattr(analysis, name) != value}
    for name in changed:
        setattr(analysis, name, values[name])
    return changed
