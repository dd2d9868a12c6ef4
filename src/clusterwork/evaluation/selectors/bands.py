"""Published percentages of schools with their sizes: ours by membership, and all others.

Only figures that a national body publishes school by school are read: nobody else's could be told
of a whole nation.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from clusterwork.clusters.models import Programme
from clusterwork.evaluation.rules.bands import SchoolFigure
from clusterwork.measures.models import ALL, Figure, Measure, Unit, Way
from clusterwork.measures.rules.years import YEARS, span_of, year_of
from clusterwork.measures.selectors.behind import behind
from clusterwork.measures.selectors.figures import current_figures
from clusterwork.registry.models import Authority, Census, School

Sizes = dict[int, tuple[list[int], list[int]]]  # by school its years and its pupils


@dataclass(frozen=True)
class Schools:
    """Figures of school years: ours and all others'. `n_unsized`: left out, their size unknown."""

    ours: Sequence[SchoolFigure]
    others: Sequence[SchoolFigure]
    n_unsized: int


def in_bands(measures: QuerySet[Measure]) -> QuerySet[Measure]:
    """Those that can be told by size: published percentages of a number counted."""
    return measures.filter(is_public=True, unit=Unit.PERCENT, way=Way.WEIGHTED)


def last_years(measure: Measure, group: str, ours: Iterable[int], day: dt.date) -> tuple[int, ...]:
    """Up to three school years to the last in which one of our schools has a figure."""
    found = _published(measure, group).filter(school__in=list(ours), on__lte=day)
    days = found.order_by().values_list("on", flat=True).distinct()
    return tuple(sorted({year_of(on) for on in days})[-YEARS:])


def _published(measure: Measure, group: str) -> QuerySet[Figure]:
    return current_figures().filter(
        measure=measure,
        group=group,
        is_public=True,
        school__isnull=False,
        value__isnull=False,
        denominator__gt=0,
    )


def schools_of_programme(programme: Programme, years: Iterable[int]) -> dict[int, frozenset[int]]:
    """By school year the schools of clusters that took part on 31 July. Two queries."""
    found = behind((), [programme])
    return {year: found.of_programme(programme.pk, year) for year in years}


def schools_of_authority(authority: Authority, years: Iterable[int]) -> dict[int, frozenset[int]]:
    """By school year all schools that stand in it. One query."""
    pks = frozenset(School.objects.filter(authority=authority).values_list("pk", flat=True))
    return dict.fromkeys(years, pks)


def schools_told(
    measure: Measure, ours: Mapping[int, frozenset[int]], day: dt.date, group: str = ALL
) -> Schools:
    """Each school with its own figure of these years up to the day, and its size.

    The others are all other schools in our schools' countries. Three queries, whatever the number
    of schools.
    """
    mine = frozenset().union(*ours.values())
    countries = Authority.objects.filter(schools__in=mine).values("country")
    spans = Q()
    for year in ours:
        spans |= Q(on__range=span_of(year))
    rows = _published(measure, group).filter(
        spans, on__lte=day, school__authority__country__in=countries
    )
    told = list(rows.order_by("on", "pk").values_list("school", "on", "value", "denominator"))
    latest = {(school, year_of(on)): (value, of) for school, on, value, of in told}
    sizes = _sizes()
    both: tuple[list[SchoolFigure], list[SchoolFigure]] = [], []
    n_unsized = 0
    for (school, year), (value, of) in latest.items():
        pupils = _nearest(sizes.get(school or 0), year)
        if pupils is None:
            n_unsized += 1
            continue
        is_ours = school in ours[year]
        row = SchoolFigure(year, school or 0, float(value or 0), of or 0, pupils)
        both[0 if is_ours else 1].append(row)
    return Schools(both[0], both[1], n_unsized)


def _sizes() -> Sizes:
    """The pupils of every school by year. One query."""
    found: Sizes = defaultdict(lambda: ([], []))
    rows = Census.objects.filter(pupils__isnull=False).order_by("school", "year")
    for school, year, pupils in rows.values_list("school", "year", "pupils"):
        found[school][0].append(year)
        found[school][1].append(pupils or 0)
    return found


def _nearest(held: tuple[list[int], list[int]] | None, year: int) -> int | None:
    """The pupils of that year, else of the nearest; of two as near, of the earlier."""
    if held is None or not held[0]:
        return None
    years, pupils = held
    at = bisect_left(years, year)
    near = [place for place in (at - 1, at) if 0 <= place < len(years)]
    return pupils[min(near, key=lambda place: abs(years[place] - year))]
