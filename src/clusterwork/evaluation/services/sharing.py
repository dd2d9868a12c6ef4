"""Showing a result to the schools of the programme, and taking it back."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.evaluation.models import Analysis, Run
from clusterwork.evaluation.selectors.plans import shown_run, told_results
from clusterwork.evaluation.services.opening import locked
from clusterwork.kernel.errors import NotThere, Problem
from clusterwork.kernel.messages import N_, Message

SHARED = ("shared_at", "shared_by")


class NothingToShow(Problem):
    """There is no result that could be shown."""


@transaction.atomic
def share_result(
    *, person: Person, day: dt.date, now: dt.datetime, pk: int, run_pk: int | None = None
) -> Analysis:
    """From now on the programme's people read this run, without `run_pk` the newest told result.

    They go on reading it when a later one is worked out; showing the same run a second time
    changes nothing. Raises `NotThere`, `NotAllowed`, `NothingToShow`.
    """
    analysis = locked(person, pk, day)
    run = _to_show(analysis, run_pk)
    before = shown_run(analysis)
    if before == run:
        return analysis
    if before is not None:
        _mark(before, is_shown=False)
    _mark(run, is_shown=True)
    _keep(analysis, now, person)
    _recorded(
        person, analysis, run, "evaluation.share", N_("Showed the result to schools: %(name)s")
    )
    return analysis


@transaction.atomic
def unshare_result(*, person: Person, day: dt.date, now: dt.datetime, pk: int) -> Analysis:
    """The programme's people no longer read the result. Raises `NotThere`, `NotAllowed`."""
    analysis = locked(person, pk, day)
    run = shown_run(analysis)
    if run is None:
        return analysis
    _mark(run, is_shown=False)
    _keep(analysis, None, None)
    _recorded(
        person, analysis, run, "evaluation.unshare", N_("No longer shows the result: %(name)s")
    )
    return analysis


def _to_show(analysis: Analysis, run_pk: int | None) -> Run:
    if run_pk is not None and not analysis.runs.filter(pk=run_pk).exists():
        raise NotThere(Message(N_("There is no such run of an analysis.")))
    told = told_results().filter(analysis=analysis)
    run = (told if run_pk is None else told.filter(pk=run_pk)).first()
    if run is None:
        raise _nothing_to_show()
    return run


def _nothing_to_show() -> NothingToShow:
    return NothingToShow(
        Message(N_("There is no result to show yet.")),
        why=Message(N_("Schools are shown a result that is worked out and not too early.")),
        next_step=Message(N_("Ask for the result and wait until it is worked out.")),
    )


def _mark(run: Run, *, is_shown: bool) -> None:
    run.is_shown = is_shown
    run.save(update_fields=("is_shown",))


def _keep(analysis: Analysis, at: dt.datetime | None, by: Person | None) -> None:
    analysis.shared_at, analysis.shared_by = at, by
    analysis.save(update_fields=SHARED)


def _recorded(person: Person, analysis: Analysis, run: Run, verb: str, said: str) -> None:
    record(
        actor=person,
        verb=verb,
        subject=analysis,
        summary=Message(said, {"name": str(analysis)}),
        details={"run": run.pk},
    )
