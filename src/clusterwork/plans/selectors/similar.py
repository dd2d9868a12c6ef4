"""Approved plans of other clusters of the same programmes, the most similar clusters first."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import OuterRef, Subquery

from clusterwork.clusters.models import Cluster, Participation
from clusterwork.clusters.selectors.memberships import is_on, memberships_on
from clusterwork.plans.models import Plan
from clusterwork.plans.rules.likeness import Likeness, unlike
from clusterwork.plans.selectors.parts import MODELS
from clusterwork.plans.states import plan as states
from clusterwork.registry.models import Census

MOST_PLANS, MOST_PARTS = 3, 8


@dataclass(frozen=True)
class Similar:
    """Another cluster's approved plan, what its cluster is like, and names of parts of it."""

    plan: Plan
    likeness: Likeness
    parts: tuple[tuple[UUID, str], ...] = ()


def similar_plans(cluster: Cluster, day: dt.date) -> list[Similar]:
    """Those shared with the programmes of the cluster; the nearest three: four queries at most.

    Near is by number of schools, mix of phases and need, as `rules.likeness` weighs them.
    """
    part_in = Participation.objects.filter(is_on(day), cluster=cluster)
    beside = Participation.objects.filter(is_on(day), programme__in=part_in.values("programme_id"))
    rows = Plan.objects.filter(
        state=states.APPROVED, shared_at__isnull=False, cluster__in=beside.values("cluster_id")
    )
    found = list(rows.exclude(cluster=cluster).select_related("cluster"))
    if not found:
        return []
    told = likeness_of([cluster.pk, *(each.cluster_id for each in found)], day)
    own = told[cluster.pk]
    ranked = sorted(found, key=lambda each: (unlike(own, told[each.cluster_id]), each.pk))
    return [Similar(each, told[each.cluster_id]) for each in ranked[:MOST_PLANS]]


def with_parts(found: list[Similar], section: str) -> list[Similar]:
    """The same with the names of their parts of a section: one query."""
    if not found or section not in MODELS:
        return found
    rows = MODELS[section]._default_manager.filter(plan__in=[each.plan for each in found])
    names: dict[int, list[tuple[UUID, str]]] = {}
    for row in rows:
        names.setdefault(row.plan_id, []).append((row.uid, str(row)[:120]))
    return [
        Similar(each.plan, each.likeness, tuple(names.get(each.plan.pk, ())[:MOST_PARTS]))
        for each in found
    ]


def likeness_of(clusters: Iterable[int], day: dt.date) -> dict[int, Likeness]:
    """Size, phases and need of clusters on a day: one query. Need is the mean of what is known."""
    latest = Census.objects.filter(school=OuterRef("school_id"), fsm_share__isnull=False)
    need = Subquery(latest.order_by("-year").values("fsm_share")[:1])
    rows = memberships_on(day).filter(cluster__in=list(clusters), school__isnull=False)
    phases: dict[int, Counter[str]] = {pk: Counter() for pk in clusters}
    needs: dict[int, list[float]] = {pk: [] for pk in phases}
    for pk, phase, share in rows.order_by().values_list("cluster_id", "school__phase", need):
        phases[pk][phase] += 1
        if share is not None:
            needs[pk].append(float(share))
    return {
        pk: Likeness(
            n_schools=counted.total(),
            phases=tuple(sorted(counted.items())),
            need=sum(needs[pk]) / len(needs[pk]) if needs[pk] else None,
        )
        for pk, counted in phases.items()
    }
