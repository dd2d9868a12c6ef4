"""Which schools stand behind the figure of a cluster or programme in a school year."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from clusterwork.clusters.models import Cluster, Membership, Participation, Programme
from clusterwork.clusters.selectors.memberships import is_on
from clusterwork.measures.rules.years import member_day


@dataclass(frozen=True, slots=True)
class Stay:
    """Somebody in something over [start_on, end_on)."""

    who: int
    start_on: dt.date | None
    end_on: dt.date | None

    def holds_on(self, day: dt.date) -> bool:
        """Whether it holds on the day."""
        started = self.start_on is None or self.start_on <= day
        return started and (self.end_on is None or self.end_on > day)


@dataclass
class Behind:
    """Stays of schools in clusters and of clusters in programmes, by cluster and by programme."""

    schools: dict[int, list[Stay]] = field(default_factory=dict)
    clusters: dict[int, list[Stay]] = field(default_factory=dict)

    def of_cluster(self, cluster: int, year: int) -> frozenset[int]:
        """Its schools on 31 July of the year, or on its first day where that came later."""
        return _on(self.schools.get(cluster, []), year)

    def of_programme(self, programme: int, year: int) -> frozenset[int]:
        """The schools of the clusters that took part then, each once."""
        return self.of_clusters(_on(self.clusters.get(programme, []), year), year)

    def of_clusters(self, clusters: Iterable[int], year: int) -> frozenset[int]:
        """The schools of several clusters, each once."""
        return frozenset().union(*(self.of_cluster(cluster, year) for cluster in clusters))


def _on(stays: list[Stay], year: int) -> frozenset[int]:
    starts = [stay.start_on for stay in stays]
    first = None if None in starts else min((day for day in starts if day), default=None)
    day = member_day(year, first)
    return frozenset(stay.who for stay in stays if stay.holds_on(day))


def behind(clusters: Collection[int], programmes: Collection[Programme] = ()) -> Behind:
    """Who was ever in these clusters and programmes. Two queries."""
    taking_part: dict[int, list[Stay]] = defaultdict(list)
    if programmes:
        rows = Participation.objects.filter(programme__in=programmes).order_by("pk")
        for programme, who, start, end in rows.values_list(
            "programme", "cluster", "start_on", "end_on"
        ):
            taking_part[programme].append(Stay(who, start, end))
    within = {stay.who for stays in taking_part.values() for stay in stays}
    members: dict[int, list[Stay]] = defaultdict(list)
    stays = Membership.objects.filter(cluster__in=within | set(clusters), school__isnull=False)
    for cluster, school, start, end in stays.order_by("pk").values_list(
        "cluster", "school", "start_on", "end_on"
    ):
        members[cluster].append(Stay(school or 0, start, end))
    return Behind(dict(members), dict(taking_part))


def programmes_of(cluster: Cluster, day: dt.date) -> list[Programme]:
    """The programmes that the cluster takes part in on the day."""
    found = Participation.objects.filter(is_on(day), cluster=cluster).select_related("programme")
    return [each.programme for each in found.order_by("programme__name", "pk")]
