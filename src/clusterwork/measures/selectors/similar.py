"""Clusters like one: of about as many schools and pupils, phases and need, in the same family."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from clusterwork.clusters.models import Cluster, Membership
from clusterwork.clusters.selectors.memberships import is_on
from clusterwork.measures.rules.likeness import Traits, nearest
from clusterwork.registry.models import Census

N_SIMILAR = 5


@dataclass(frozen=True, slots=True)
class _Member:
    phase: str
    pupils: int | None
    fsm: float | None


def similar_clusters(cluster: Cluster, day: dt.date, n: int = N_SIMILAR) -> list[Cluster]:
    """The clusters of the same organisation that are most like it on the day, the likest first.

    Two queries.
    """
    members = _members(cluster, day)
    own = members.pop(cluster.pk, [])
    if not own or not members:
        return []
    traits = {pk: _traits(each) for pk, each in members.items()}
    chosen = nearest(_traits(own), traits, n)
    found = Cluster.objects.select_related("organisation").in_bulk(chosen)
    return [found[pk] for pk in chosen]


def _members(cluster: Cluster, day: dt.date) -> dict[int, list[_Member]]:
    """The schools of every cluster of the organisation, with their latest census by the day."""
    known = Census.objects.filter(school=OuterRef("school"), year__lte=day.year).order_by("-year")
    rows = Membership.objects.filter(
        is_on(day), cluster__organisation=cluster.organisation_id, school__isnull=False
    ).annotate(
        pupils=Subquery(known.filter(pupils__isnull=False).values("pupils")[:1]),
        fsm=Subquery(known.filter(fsm_share__isnull=False).values("fsm_share")[:1]),
    )
    found: dict[int, list[_Member]] = defaultdict(list)
    for pk, phase, pupils, fsm in rows.order_by("pk").values_list(
        "cluster", "school__phase", "pupils", "fsm"
    ):
        found[pk].append(_Member(phase or "", pupils, None if fsm is None else float(fsm)))
    return found


def _traits(members: Sequence[_Member]) -> Traits:
    return Traits(
        n_schools=len(members),
        secondary_share=sum(each.phase == "secondary" for each in members) / len(members),
        mean_pupils=_mean([each.pupils for each in members]),
        mean_fsm=_mean([each.fsm for each in members]),
    )


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None
