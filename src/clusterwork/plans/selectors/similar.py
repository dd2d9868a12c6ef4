"""Approved plans of other clusters of the same programmes, the most similar clusters first."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from uuid import UUID

from clusterwork.clusters.models import Cluster, Participation
from clusterwork.clusters.selectors.memberships import is_on, n_schools_of
from clusterwork.clusters.selectors.similar import similar_clusters
from clusterwork.plans.models import Plan
from clusterwork.plans.selectors.parts import MODELS
from clusterwork.plans.states import plan as states

MOST_PLANS, MOST_PARTS = 3, 8


@dataclass(frozen=True)
class Similar:
    """Another cluster's approved plan, how many schools it has, and names of parts of it."""

    plan: Plan
    n_schools: int
    parts: tuple[tuple[UUID, str], ...] = ()


def similar_plans(cluster: Cluster, day: dt.date) -> list[Similar]:
    """Those shared with the programmes of the cluster; of the likest three: four queries."""
    part_in = Participation.objects.filter(is_on(day), cluster=cluster)
    beside = Participation.objects.filter(is_on(day), programme__in=part_in.values("programme_id"))
    rows = Plan.objects.filter(
        state=states.APPROVED, shared_at__isnull=False, cluster__in=beside.values("cluster_id")
    )
    found = {each.cluster_id: each for each in rows.exclude(cluster=cluster).order_by("start_on")}
    if not found:
        return []
    likest = similar_clusters(cluster, day, among=found.keys(), most=MOST_PLANS)
    n_schools = n_schools_of(found, day)
    for each in likest:
        found[each.pk].cluster = each
    return [Similar(found[each.pk], n_schools[each.pk]) for each in likest]


def with_parts(found: list[Similar], section: str) -> list[Similar]:
    """The same with the names of their parts of a section: one query."""
    if not found or section not in MODELS:
        return found
    rows = MODELS[section]._default_manager.filter(plan__in=[each.plan for each in found])
    names: dict[int, list[tuple[UUID, str]]] = {}
    for row in rows:
        names.setdefault(row.plan_id, []).append((row.uid, str(row)[:120]))
    return [replace(each, parts=tuple(names.get(each.plan.pk, ())[:MOST_PARTS])) for each in found]
