"""Grades of schools before and after their clusters started, and everybody else's meanwhile."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count

from clusterwork.clusters.models import Participation, Programme
from clusterwork.clusters.selectors.memberships import is_on, memberships_on
from clusterwork.evaluation.rules.grades import middle_day, rows_of
from clusterwork.registry.models import Assessment, Authority, Grade, Scale


@dataclass(frozen=True)
class Starts:
    """Since when each school of a programme counts, and the day by which half of them did."""

    by_school: Mapping[int, dt.date]
    middle: dt.date | None


@dataclass(frozen=True)
class Graded:
    """Groups with grades, one row a school and side of its day; `order` is that of the scale.

    `n_without` of our schools have no grade on one of the sides.
    """

    rows: list[tuple[str, str]]
    order: list[str]
    n_ours: int
    n_without: int
    n_others: int


def starts_of(programme: Programme, day: dt.date) -> Starts:
    """Of the schools that are in it on `day` when the work began for them. Two queries.

    That is the latest of three days: their cluster's start, its start in the programme, their own
    in the cluster; of several clusters the earliest.
    """
    parts = Participation.objects.filter(is_on(day), programme=programme)
    begun: dict[int, dt.date] = {
        cluster: max(start or since, since)
        for cluster, start, since in parts.values_list("cluster", "start_on", "cluster__start_on")
    }
    rows = memberships_on(day).filter(cluster__in=begun, school__isnull=False)
    found: dict[int, dt.date] = {}
    for school, cluster, since in rows.values_list("school", "cluster", "start_on"):
        start = max(begun[cluster], since)
        found[school or 0] = min(start, found.get(school or 0, start))
    return Starts(found, middle_day(found.values()))


def scales_of(starts: Starts) -> list[Scale]:
    """The scales on which one of these schools has a grade, the most used first."""
    found = Scale.objects.filter(assessments__school__in=list(starts.by_school))
    return list(found.annotate(n=Count("assessments")).order_by("-n", "pk"))


def graded(starts: Starts, scale: Scale, day: dt.date) -> Graded:
    """Each school's last grade before its day and its last from then until `day`.

    Of all other schools in the same countries the day is that by which half of ours had started.
    Three queries, whatever the number of schools.
    """
    if starts.middle is None:
        return Graded([], [], 0, 0, 0)
    before: dict[int, str] = {}
    after: dict[int, str] = {}
    labels = {each.pk: str(each) for each in Grade.objects.filter(scale=scale)}
    countries = Authority.objects.filter(schools__in=starts.by_school).values("country")
    rows = Assessment.objects.filter(
        scale=scale, on__lte=day, school__authority__country__in=countries
    )
    for school, grade, on in rows.order_by("on", "pk").values_list("school", "grade", "on"):
        side = before if on < starts.by_school.get(school, starts.middle) else after
        side[school] = labels[grade]
    ours = starts.by_school.keys()
    both = before.keys() & after.keys()
    return Graded(
        rows_of(before, after, ours),
        list(labels.values()),
        len(ours & both),
        len(ours - both),
        len(both - ours),
    )
