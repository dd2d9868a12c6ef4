"""Runs of an analysis: asked for, worked out by the worker, stopped. Safe to run twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.clusters import sentences
from clusterwork.evaluation.models import Analysis, Registration, Run
from clusterwork.evaluation.permissions.studies import run_to_work_on
from clusterwork.evaluation.rules.cohort import marked
from clusterwork.evaluation.rules.plan import read, written
from clusterwork.evaluation.selectors.cohort import cohort_of
from clusterwork.evaluation.selectors.plans import last_registration, look_for, plan_of
from clusterwork.evaluation.services.opening import locked
from clusterwork.evaluation.states.analysis import REGISTERED
from clusterwork.evaluation.states.run import MOVES, NAMES, OPEN
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.kernel.states import state_after

JOB = "evaluation.run"


class NotPlannedYet(Problem):
    """The measure or the years of the analysis are not chosen."""


class NotRegisteredYet(Problem):
    """A result is only told of a registered analysis."""


class AnotherRunUnderWay(Problem):
    """The analysis is being worked out already."""


@transaction.atomic
def ask_for_look(*, person: Person, day: dt.date, now: dt.datetime, pk: int) -> Run:
    """A look at what could be seen with the plan as it stands; one that holds stays as it is.

    One that is under way for an earlier form of the plan is stopped. Raises `NotThere`,
    `NotAllowed`, `NotPlannedYet`.
    """
    analysis = locked(person, pk, day)
    plan = plan_of(analysis)
    if plan is None:
        raise _not_planned()
    there = look_for(analysis)
    if there is not None and there.state in (*OPEN, Run.State.DONE):
        return there
    _stop_open(analysis, Run.Kind.POWER, now)
    run = _asked(analysis, None, Run.Kind.POWER, written(plan), person, now)
    record(
        actor=person,
        verb="evaluation.look",
        subject=analysis,
        summary=Message(N_("Asked what the analysis could see: %(name)s"), {"name": str(analysis)}),
    )
    return run


@transaction.atomic
def ask_for_result(*, person: Person, day: dt.date, now: dt.datetime, pk: int) -> Run:
    """A run of the analysis as it was last registered, on the figures of today.

    Where the clusters, their starts or their schools are no longer those that were registered, the
    run says so in its plan (`rules.cohort`).

    Raises `NotThere`, `NotAllowed`, `NotRegisteredYet`, `AnotherRunUnderWay`.
    """
    analysis = locked(person, pk, day)
    registration = last_registration(analysis)
    if registration is None or analysis.state != REGISTERED:
        raise _not_registered()
    if analysis.runs.filter(kind=Run.Kind.RESULT, state__in=OPEN).exists():
        raise _under_way()
    plan = marked(registration.plan, cohort_of(read(registration.plan)))
    run = _asked(analysis, registration, Run.Kind.RESULT, plan, person, now)
    record(
        actor=person,
        verb="evaluation.run",
        subject=analysis,
        summary=Message(
            N_("Asked for the result: %(name)s, version %(number)s"),
            {"name": str(analysis), "number": registration.number},
        ),
    )
    return run


@transaction.atomic
def stop_run(*, person: Person, day: dt.date, now: dt.datetime, pk: int) -> Run:
    """Stops a run that waits or works; one that has ended stays as it is.

    Raises `NotThere`, `NotAllowed`.
    """
    run = run_to_work_on(person, pk, day)
    held = Run.objects.select_for_update().get(pk=run.pk)
    if not held.is_open:
        return held
    held.state = state_after("stop", held.state, MOVES, NAMES)
    held.ended_at = now
    held.save(update_fields=("state", "ended_at"))
    record(
        actor=person,
        verb="evaluation.stop",
        subject=run.analysis,
        summary=Message(N_("Stopped working out: %(name)s"), {"name": str(run.analysis)}),
    )
    return held


def _asked(
    analysis: Analysis,
    registration: Registration | None,
    kind: str,
    plan: Mapping[str, Any],
    person: Person,
    now: dt.datetime,
) -> Run:
    """The row and its job, both or neither."""
    run = Run.objects.create(
        analysis=analysis,
        registration=registration,
        kind=kind,
        plan=dict(plan),
        asked_by=person,
        asked_at=now,
    )
    job = app.configure_task(JOB, queue="evaluation", lock=f"evaluation-{analysis.pk}")
    job.defer(run_id=run.pk)
    return run


def _stop_open(analysis: Analysis, kind: str, now: dt.datetime) -> None:
    """Stops what still waits or works at that moment; what has ended stays as it ended."""
    rows = analysis.runs.filter(kind=kind, state__in=OPEN)
    rows.update(state=Run.State.STOPPED, ended_at=now)


def give_up_run(pk: int) -> None:
    """Ends an open run whose job broke off again and again."""
    problem = Problem(
        Message(N_("This could not be worked out.")),
        why=Message(N_("Something in the system went wrong, several times in a row.")),
        next_step=Message(
            N_("Ask for it again. If that breaks off too, tell whoever runs the system.")
        ),
    )
    Run.objects.filter(pk=pk, state__in=OPEN).update(
        state=Run.State.FAILED,
        ended_at=timezone.now(),
        trouble=sentences.problem_written(problem),
    )


def _not_planned() -> NotPlannedYet:
    return NotPlannedYet(
        Message(N_("What the analysis could see cannot be told yet.")),
        why=Message(N_("The measure or the school years are not chosen.")),
        next_step=Message(N_("Choose them first.")),
    )


def _not_registered() -> NotRegisteredYet:
    return NotRegisteredYet(
        Message(N_("There is no result yet.")),
        why=Message(N_("A result is only worked out for an analysis that is registered.")),
        next_step=Message(N_("Register it, then ask for the result.")),
    )


def _under_way() -> AnotherRunUnderWay:
    return AnotherRunUnderWay(
        Message(N_("The result is being worked out already.")),
        next_step=Message(N_("Wait until it has ended, or stop it and ask again.")),
    )
