"""Which clusters an analysis looks at, since when they count, and which schools were in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from clusterwork.clusters.models import Cluster, Membership, Participation, Programme
from clusterwork.clusters.models.membership import Part
from clusterwork.evaluation.rules.plan import AnalysisPlan
from clusterwork.evaluation.rules.sample import Group
from clusterwork.evaluation.rules.timing import first_day_of, first_whole_year, last_day_of

COUNTED = (Part.CORE, Part.LEAD, Part.CONTRIBUTING)
"""Members that a cluster works with; associates and partners stand outside its work."""

LONG_AGO = dt.date(1900, 1, 1)


@dataclass(frozen=True)
class Start:
    """A cluster of the programme, the day since when it takes part, and the first school year
    whose results count as after its start."""

    cluster: Cluster
    on: dt.date
    year: int


@dataclass(frozen=True)
class Members:
    """Schools by id with the cluster that they count for; `n_late` came after its start."""

    cluster_of: dict[int, int]
    n_late: int


def starts_of(programme: Programme | int) -> list[Start]:
    """The programme's clusters by name, each since it first took part. One query.

    One that had left the programme, or ended, before its first whole school year began is none of
    them.
    """
    rows = Participation.objects.filter(programme=programme).select_related("cluster")
    first: dict[int, Start] = {}
    for row in rows.order_by("-start_on", "-pk"):
        begun = max(row.start_on or LONG_AGO, row.cluster.start_on or LONG_AGO)
        year = first_whole_year(begun)
        ends = [day for day in (row.end_on, row.cluster.end_on) if day is not None]
        if all(end > first_day_of(year) for end in ends):
            first[row.cluster_id] = Start(row.cluster, begun, year)
    return sorted(first.values(), key=lambda each: (each.cluster.working_name, each.cluster.pk))


def groups_of(plan: AnalysisPlan) -> dict[int, Group]:
    """The programme's clusters by id. One query."""
    starts = sorted(starts_of(plan.programme), key=lambda each: each.cluster.pk)
    return {each.cluster.pk: _group(each, plan.last_year) for each in starts}


def other_groups(ours: Collection[int], year: int) -> dict[int, Group]:
    """Clusters outside the programme that were there when the school year began. One query."""
    on = first_day_of(year)
    there = Cluster.objects.filter(start_on__lte=on).exclude(pk__in=ours)
    return {
        cluster.pk: Group(cluster.pk, _called(cluster), None, year, cluster.start_on)
        for cluster in there.exclude(end_on__lte=on).exclude(parent__isnull=False).order_by("pk")
    }


def members_at_start(groups: Sequence[Group], last_year: int) -> Members:
    """The schools of each group on 1 September of its first whole year. One query.

    A school in several counts for the one that started first.
    """
    by_pk = {group.pk: group for group in groups}
    cluster_of: dict[int, int] = {}
    everybody: set[int] = set()
    rows = Membership.objects.filter(
        cluster__in=by_pk,
        school__isnull=False,
        part__in=COUNTED,
        start_on__lte=last_day_of(max([last_year, *(group.first for group in groups)])),
    )
    for cluster, school, start, end in sorted(
        rows.values_list("cluster", "school", "start_on", "end_on"),
        key=lambda row: (by_pk[row[0]].first, row[0], row[1] or 0),
    ):
        day = first_day_of(by_pk[cluster].first)
        everybody.add(school or 0)
        if start <= day and (end is None or end > day):
            cluster_of.setdefault(school or 0, cluster)
    return Members(cluster_of, len(everybody - cluster_of.keys()))


def ever_in(first_year: int, last_year: int, clusters: Collection[int] | None = None) -> set[int]:
    """Schools that were in any cluster, or in one of these, at any time of the years. One query."""
    rows = Membership.objects.filter(
        school__isnull=False, start_on__lte=last_day_of(last_year)
    ).exclude(end_on__lte=first_day_of(first_year))
    if clusters is not None:
        rows = rows.filter(cluster__in=clusters)
    return {pk for pk in rows.values_list("school", flat=True) if pk}


def _group(start: Start, last_year: int) -> Group:
    counts = start.year if start.year <= last_year else None
    return Group(start.cluster.pk, _called(start.cluster), counts, start.year, start.on)


def _called(cluster: Cluster) -> str:
    """Its chosen name, whatever the language of whoever works it out; else the working name."""
    return cluster.name or cluster.name_cy or cluster.working_name
