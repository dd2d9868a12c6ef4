"""Showing a result to the schools of the programme, and taking it back."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.evaluation.models import Analysis, Run
from clusterwork.evaluation.permissions.studies import analysis_to_work_on
from clusterwork.evaluation.selectors.plans import last_registration, result_of
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message


class NothingToShow(Problem):
    """There is no result that could be shown."""


@transaction.atomic
def share_result(*, person: Person, day: dt.date, now: dt.datetime, pk: int) -> Analysis:
    """From now on the programme's people read the result; a second time changes nothing.

    Raises `NotThere`, `NotAllowed`, `NothingToShow`.
    """
    analysis = _locked(person, pk, day)
    if analysis.shared_at is not None:
        return analysis
    registration = last_registration(analysis)
    run = result_of(registration) if registration else None
    if run is None or run.state != Run.State.DONE:
        raise NothingToShow(
            Message(N_("There is no result to show yet.")),
            next_step=Message(N_("Ask for the result and wait until it is worked out.")),
        )
    analysis.shared_at, analysis.shared_by = now, person
    analysis.save()
    _recorded(person, analysis, "evaluation.share", N_("Showed the result to schools: %(name)s"))
    return analysis


@transaction.atomic
def unshare_result(*, person: Person, day: dt.date, now: dt.datetime, pk: int) -> Analysis:
    """The programme's people no longer read the result. Raises `NotThere`, `NotAllowed`."""
    analysis = _locked(person, pk, day)
    if analysis.shared_at is None:
        return analysis
    analysis.shared_at = analysis.shared_by = None
    analysis.save()
    _recorded(person, analysis, "evaluation.unshare", N_("No longer shows the result: %(name)s"))
    return analysis


def _locked(person: Person, pk: int, day: dt.date) -> Analysis:
    analysis = analysis_to_work_on(person, pk, day)
    Analysis.objects.select_for_update().get(pk=analysis.pk)
    analysis.refresh_from_db(fields=("shared_at", "shared_by"))
    return analysis


def _recorded(person: Person, analysis: Analysis, verb: str, said: str) -> None:
    record(
        actor=person,
        verb=verb,
        subject=analysis,
        summary=Message(said, {"name": str(analysis)}),
    )
