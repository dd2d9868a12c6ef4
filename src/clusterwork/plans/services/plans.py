"""Starting a plan from what is known, from an earlier one or from the approved one; leaving it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db import IntegrityError, transaction

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.clusters.models import Cluster
from clusterwork.clusters.services.refusals import constraint_of
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.kernel.states import state_after
from clusterwork.plans.models import Plan
from clusterwork.plans.permissions.plans import cluster_to_plan_in, plan_to_write
from clusterwork.plans.rules import starting
from clusterwork.plans.rules.parts import SECTIONS, Part
from clusterwork.plans.selectors.filling import (
    payers_taking_part,
    plans_to_copy,
    priorities_chosen,
    strands_appointed,
)
from clusterwork.plans.selectors.parts import fields_of, parts_in
from clusterwork.plans.selectors.plans import schools_around
from clusterwork.plans.services.filling import fill
from clusterwork.plans.services.keeping import keep_versions
from clusterwork.plans.states import plan as states


class PlanUnderWay(Problem):
    """The cluster is already writing a plan for part of that time."""


class PlanEndsBeforeItStarts(Problem):
    """A plan without a day."""


class NothingToBeginFrom(Problem):
    """The plan to begin from is not an approved one of this cluster."""


class Beginning(StrEnum):
    """What a new plan begins from."""

    KNOWN = "known"
    EARLIER = "earlier"
    APPROVED = "approved"


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What a plan is called, for which time [start_on, end_on), and in which language."""

    title: str
    start_on: dt.date
    end_on: dt.date
    language: str = Plan.Language.ENGLISH


@transaction.atomic
def start_plan(
    *,
    person: Person,
    day: dt.date,
    now: dt.datetime,
    cluster_pk: int,
    facts: PlanFacts,
    beginning: str = Beginning.KNOWN,
    earlier_pk: int | None = None,
) -> Plan:
    """A draft, filled with what is known.

    KNOWN: the priorities that the schools chose, strands with their coordinators, the programmes
    as funders, and the definitions of the last plan. EARLIER: a copy of `earlier_pk`, its dates
    moved on. APPROVED: a copy of `earlier_pk` that is to replace it, with the same time. Copies
    keep the `uid` of each part.
    Raises `NotThere`, `NotAllowed`, `PlanUnderWay`, `PlanEndsBeforeItStarts`, `NothingToBeginFrom`.
    """
    cluster = cluster_to_plan_in(person, cluster_pk, day)
    if facts.end_on <= facts.start_on:
        raise _ends_before_it_starts()
    earlier = _earlier(cluster, beginning, earlier_pk)
    replaces = earlier if beginning == Beginning.APPROVED else None
    plan = _open(cluster, facts, person, replaces)
    if earlier is None:
        _fill_with_known(plan, person, day, now)
    else:
        _copy(plan, earlier, person, now)
    keep_versions(plan=plan, parts=(fields_of(plan),), person=person, now=now)
    _record(person, plan, "plan.start", N_("Started a plan: %(plan)s."))
    return plan


@transaction.atomic
def withdraw_plan(*, person: Person, day: dt.date, pk: int) -> Plan:
    """Gives up a plan that is being written; it is kept and can still be read.

    Raises `NotThere`, `NotAllowed`, `MoveNotAllowed`.
    """
    plan_to_write(person, pk, day)
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=pk)
    plan.state = state_after("withdraw", plan.state, states.MOVES, states.NAMES)
    plan.save(update_fields=("state",))
    _record(person, plan, "plan.withdraw", N_("Withdrew the plan: %(plan)s."))
    return plan


def _earlier(cluster: Cluster, beginning: str, pk: int | None) -> Plan | None:
    if beginning == Beginning.KNOWN:
        return None
    found = next((each for each in plans_to_copy(cluster) if each.pk == pk), None)
    if found is None or (beginning == Beginning.APPROVED and found.state != states.APPROVED):
        raise NothingToBeginFrom(
            Message(N_("There is no such plan to begin from.")),
            why=Message(N_("Only a plan of this cluster that has been approved can be copied.")),
            next_step=Message(N_("Choose another plan, or begin from what is known.")),
        )
    return found


def _open(cluster: Cluster, facts: PlanFacts, person: Person, replaces: Plan | None) -> Plan:
    try:
        with transaction.atomic():
            return Plan.objects.create(
                cluster=cluster,
                title=facts.title,
                start_on=facts.start_on,
                end_on=facts.end_on,
                language=facts.language,
                replaces=replaces,
                summary=replaces.summary if replaces else "",
                after_funding=replaces.after_funding if replaces else "",
                started_by=person,
            )
    except IntegrityError as refused:
        if constraint_of(refused) == "plan_one_under_way_at_a_time":
            raise under_way() from refused
        raise


def _fill_with_known(plan: Plan, person: Person, day: dt.date, now: dt.datetime) -> None:
    schools = frozenset(schools_around(plan))
    known: tuple[tuple[str, Iterable[Part], str], ...] = (
        ("priorities", priorities_chosen(plan, schools), starting.CHOSEN),
        ("strands", strands_appointed(plan, day, schools), starting.APPOINTED),
        ("payers", payers_taking_part(plan), starting.PROGRAMMES),
        ("definitions", _last_definitions(plan), starting.EARLIER_PLAN),
    )
    for name, parts, source in known:
        fill(plan=plan, sections={name: list(parts)}, person=person, now=now, source=source)


def _last_definitions(plan: Plan) -> Sequence[Part]:
    earlier = plans_to_copy(plan.cluster)
    return parts_in(earlier[0], "definitions") if earlier else ()


def _copy(plan: Plan, earlier: Plan, person: Person, now: dt.datetime) -> None:
    schools = frozenset(schools_around(plan))
    shift = starting.shift_between(earlier.start_on, plan.start_on, plan.end_on)
    sections = {
        name: [starting.carried(part, shift, schools) for part in parts_in(earlier, name)]
        for name in SECTIONS
    }
    source = starting.APPROVED_PLAN if plan.replaces_id else starting.EARLIER_PLAN
    fill(plan=plan, sections=sections, person=person, now=now, source=source)


def under_way() -> Problem:
    return PlanUnderWay(
        Message(N_("The cluster is already writing a plan for part of that time.")),
        why=Message(N_("A cluster has one plan for a time, so that nothing is planned twice.")),
        next_step=Message(N_("Go on with that plan, or withdraw it first.")),
    )


def _ends_before_it_starts() -> Problem:
    return PlanEndsBeforeItStarts(
        Message(N_("The plan ends before it starts.")),
        why=Message(N_("A plan lasts at least one day.")),
        next_step=Message(N_("Give a later end.")),
    )


def _record(person: Person, plan: Plan, verb: str, text: str) -> None:
    record(actor=person, verb=verb, subject=plan, summary=Message(text, {"plan": plan.title}))
