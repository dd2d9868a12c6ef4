"""What a new head finds: the agreements in force, the plan, open decisions, her school's part."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q
from django.urls import NoReverseMatch, reverse

from clusterwork.clusters.models import (
    AgreementVersion,
    ClusterGroupMember,
    Decision,
    Membership,
    Signature,
)
from clusterwork.clusters.selectors.agreements import Held, agreements_of, clauses_of
from clusterwork.clusters.selectors.decisions import decisions_of
from clusterwork.clusters.selectors.memberships import is_on
from clusterwork.clusters.selectors.new_heads import NewHead
from clusterwork.clusters.states import decision as states
from clusterwork.plans.models import Action, Plan, Priority
from clusterwork.plans.selectors.plans import plan_on
from clusterwork.web.clusters.agreements.shown import ShownClause, words_shown

MOST_DECISIONS = 20


@dataclass(frozen=True)
class AgreedText:
    """An agreement in force, its clauses in the language read, and who signed for the school."""

    held: Held
    version: AgreementVersion
    sections: list[tuple[str, list[ShownClause]]]
    signatures: list[Signature]


@dataclass(frozen=True)
class PlanFound:
    """The plan in force, its priorities, and the actions in which the school takes part."""

    plan: Plan
    href: str
    priorities: list[Priority]
    actions: list[Action]


@dataclass(frozen=True)
class Found:
    """All of it."""

    membership: Membership | None
    groups: list[ClusterGroupMember]
    agreements: list[AgreedText]
    plan: PlanFound | None
    open_decisions: list[Decision]
    agreed: list[Decision]


def found_by(new: NewHead, day: dt.date) -> Found:
    """What the cluster had agreed when she came, as it stands on `day`."""
    decisions = decisions_of(new.cluster, day, only_shared=False)
    return Found(
        membership=new.cluster.memberships.filter(is_on(day), school=new.school).first(),
        groups=list(
            ClusterGroupMember.objects.filter(
                is_on(day), group__cluster=new.cluster, school=new.school
            ).select_related("group")
        ),
        agreements=_agreements(new),
        plan=_plan(new, day),
        open_decisions=[x.decision for x in decisions if x.state == states.OPEN][:MOST_DECISIONS],
        agreed=[x.decision for x in decisions if x.state == states.AGREED][:MOST_DECISIONS],
    )


def _agreements(new: NewHead) -> list[AgreedText]:
    return [
        AgreedText(
            held,
            held.in_force,
            words_shown(clauses_of(held.in_force)),
            list(held.in_force.signatures.filter(school=new.school)),
        )
        for held in agreements_of(new.cluster)
        if held.in_force
    ]


def _plan(new: NewHead, day: dt.date) -> PlanFound | None:
    plan = plan_on(new.cluster, day)
    if plan is None:
        return None
    takes_part = Q(schools=new.school) | Q(owner_school=new.school)
    actions = Action.objects.filter(takes_part, plan=plan).distinct().order_by("start_on", "pk")
    return PlanFound(plan, _href(plan), list(Priority.objects.filter(plan=plan)), list(actions))


def _href(plan: Plan) -> str:
    try:
        return reverse("plan", args=[plan.pk])
    except NoReverseMatch:
        return ""
