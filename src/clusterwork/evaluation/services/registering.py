"""Registering the plan of an analysis before its result, and changing it openly later."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Max

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.evaluation.models import Analysis, Registration, Run
from clusterwork.evaluation.rules.choices import is_told_sooner
from clusterwork.evaluation.rules.plan import AnalysisPlan, differences, read, written
from clusterwork.evaluation.selectors.choices import too_early_for
from clusterwork.evaluation.selectors.cohort import cohort_of
from clusterwork.evaluation.selectors.groups import starts_of
from clusterwork.evaluation.selectors.plans import (
    early_results,
    is_result_known,
    last_registration,
    look_for,
    plan_of,
)
from clusterwork.evaluation.services.opening import locked
from clusterwork.evaluation.states import analysis as states
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.kernel.states import state_after

MOST_BECAUSE = 2_000  # characters


class PlanNotWhole(Problem):
    """Something of the plan is not chosen yet."""


class PlaceboIsTheMeasure(Problem):
    """The measure that the work cannot have changed is the one looked at."""


class NotLookedAt(Problem):
    """Nobody has looked at what could be seen with this plan."""


class NothingChanged(Problem):
    """The plan is the one that is registered."""


class ReasonMissing(Problem):
    """A change of what was registered says why."""


@transaction.atomic
def register(
    *, person: Person, day: dt.date, now: dt.datetime, pk: int, because: str = ""
) -> Registration:
    """Sets the plan down as it stands; from the second time on with what changed and why.

    Raises `NotThere`, `NotAllowed`, `MoveNotAllowed`, `PlanNotWhole`, `PlaceboIsTheMeasure`,
    `NotLookedAt`, `NothingChanged`, `ReasonMissing`.
    """
    analysis = locked(person, pk, day)
    state = state_after("register", analysis.state, states.MOVES, states.NAMES)
    plan = whole_plan(analysis)
    _check_placebo(plan)
    check_looked_at(analysis)
    last = last_registration(analysis)
    changed = differences(read(last.plan), plan) if last else ()
    if last:
        _check_change(changed, because)
    made = Registration.objects.create(
        analysis=analysis,
        number=(analysis.registrations.aggregate(last=Max("number"))["last"] or 0) + 1,
        plan=_kept(analysis, plan),
        changed=list(changed),
        because=because.strip()[:MOST_BECAUSE] if last else "",
        after_result=is_result_known(analysis),
        by=person,
        at=now,
    )
    _move(analysis, state)
    _note(person, analysis, "analysis.register", N_("Registered an analysis: %(study)s."),
          number=made.number, changed=list(changed))  # fmt: skip
    return made


@transaction.atomic
def open_change(*, person: Person, day: dt.date, pk: int) -> Analysis:
    """The plan may be written again; what is registered counts until it is registered anew.

    Raises `NotThere`, `NotAllowed`, `MoveNotAllowed`.
    """
    analysis = locked(person, pk, day)
    _move(analysis, state_after("change", analysis.state, states.MOVES, states.NAMES))
    _note(person, analysis, "analysis.open_change", N_("Began to change an analysis: %(study)s."))
    return analysis


@transaction.atomic
def drop_change(*, person: Person, day: dt.date, pk: int) -> Analysis:
    """The plan as it was last registered.

    Raises `NotThere`, `NotAllowed`, `MoveNotAllowed`.
    """
    analysis = locked(person, pk, day)
    state = state_after("drop the change", analysis.state, states.MOVES, states.NAMES)
    registered = last_registration(analysis)
    if registered is not None:
        _put_back(analysis, read(registered.plan))
    _move(analysis, state)
    _note(person, analysis, "analysis.drop_change", N_("Left an analysis as it was: %(study)s."))
    return analysis


def whole_plan(analysis: Analysis) -> AnalysisPlan:
    """The plan where all is chosen; else `PlanNotWhole`."""
    plan = plan_of(analysis)
    if plan is None:
        raise _not_whole(N_("It is not said yet which results and years it is about."))
    if plan.too_early_before is None:
        raise _not_whole(N_("It is not said yet whom the work reaches and when it can be judged."))
    return plan


def check_looked_at(analysis: Analysis) -> Run:
    """The finished look that holds for the plan; else `NotLookedAt`."""
    look = look_for(analysis)
    if look is None or look.state != Run.State.DONE:
        raise NotLookedAt(
            Message(N_("Nobody has looked yet at what could be seen with this plan.")),
            why=Message(
                N_("An analysis that could see little is better known as one before its result.")
            ),
            next_step=Message(N_("Look at what could be seen first, then register.")),
        )
    return look


def _check_placebo(plan: AnalysisPlan) -> None:
    if plan.placebo == plan.measure:
        raise PlaceboIsTheMeasure(
            Message(N_("The measure that the work cannot have changed is the one looked at.")),
            why=Message(N_("Held against itself, a measure says nothing about the comparison.")),
            next_step=Message(
                N_("Choose another measure that the work cannot have changed, or none.")
            ),
        )


def _check_change(changed: tuple[str, ...], because: str) -> None:
    if not changed:
        raise NothingChanged(
            Message(N_("Nothing is changed since the analysis was registered.")),
            next_step=Message(N_("Change a choice first, or leave the analysis as it was.")),
        )
    if not because.strip():
        raise ReasonMissing(
            Message(N_("It is not said why the analysis is changed.")),
            why=Message(N_("The change and its reason stand beside every result.")),
            next_step=Message(N_("Write in a sentence why.")),
        )


def _kept(analysis: Analysis, plan: AnalysisPlan) -> dict[str, Any]:
    """The plan with its clusters, starts and schools of that day, and its marks."""
    kept = {**written(plan), "cohort": cohort_of(plan)}
    days = [read(each.plan).too_early_day for each in analysis.registrations.all()]
    usual = too_early_for(analysis, starts_of(plan.programme))
    if is_told_sooner(plan.too_early_day, usual, days):
        kept["told_sooner"] = True
        if early_results().filter(analysis=analysis).exists():
            kept["after_too_early"] = True
    return kept


def _put_back(analysis: Analysis, plan: AnalysisPlan) -> None:
    early = plan.too_early_day
    fields: dict[str, Any] = {
        "measure_id": plan.measure, "group": plan.group, "cluster_id": plan.cluster,
        "first_year": plan.first_year, "last_year": plan.last_year,
        "comparison": plan.comparison, "where": plan.where, "neighbours": plan.neighbours,
        "alike_by": list(plan.alike_by), "reached": plan.reached, "expected": plan.expected,
        "pupils_sd": plan.pupils_sd, "too_early_before": early,
        "alternatives": list(plan.alternatives), "placebo_id": plan.placebo,
    }  # fmt: skip
    for name, value in fields.items():
        setattr(analysis, name, value)


def _move(analysis: Analysis, state: str) -> None:
    analysis.state = state
    analysis.save()


def _not_whole(why: str) -> PlanNotWhole:
    return PlanNotWhole(
        Message(N_("The plan is not whole yet.")),
        why=Message(why),
        next_step=Message(N_("Answer what is still open on the analysis’s page.")),
    )


def _note(person: Person, analysis: Analysis, verb: str, template: str, **details: Any) -> None:
    record(
        actor=person,
        verb=verb,
        subject=analysis,
        summary=Message(template, {"study": str(analysis.study)}),
        details=details,
    )
