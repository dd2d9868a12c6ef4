"""What the census of `web.plans.writing` needs: a function of the world for each word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from clusterwork.clusters.models import Cluster
from clusterwork.plans.models import Action, Plan, PlanComment
from clusterwork.plans.services.plans import PlanFacts, start_plan
from clusterwork.plans.services.talking import add_comment
from clusterwork.plans.tests.made_plans import fill_up


def plan_cluster(world: Any) -> Cluster:
    """The cluster of the head's school, for which she has named somebody to prepare."""
    assert world.delegation.may_prepare
    cluster: Cluster = world.made("cluster")
    return cluster


def draft_plan(world: Any) -> Plan:
    """A draft with parts of every kind, as the head writes it."""
    head, start = world.people["headteacher"], dt.date(world.today.year, 1, 1)
    plan = start_plan(
        person=head,
        day=world.today,
        now=timezone.now(),
        cluster_pk=world.made("plan_cluster").pk,
        facts=PlanFacts("Reading together", start, start.replace(year=start.year + 2)),
    )
    fill_up(plan, head, world.schools[:6])
    return plan


def plan_comment(world: Any) -> PlanComment:
    """Something said of its first action."""
    return add_comment(
        person=world.people["school_staff"],
        day=world.today,
        plan_pk=world.made("draft_plan").pk,
        text="Who drives the van?",
        uid=world.made("plan_part_uid"),
        field="text",
    )


MAKERS: dict[str, Callable[[Any], Any]] = {
    "plan_cluster": plan_cluster,
    "draft_plan": draft_plan,
    "plan_section": lambda world: "actions",
    "plan_part_uid": lambda world: Action.objects.filter(plan=world.made("draft_plan"))[0].uid,
    "plan_comment": plan_comment,
}
