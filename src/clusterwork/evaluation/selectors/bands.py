"""Published percentages of schools with their sizes: ours by membership, and all others.

Only figures that a national body publishes school by school are read: nobody else's could be told
of a whole nation.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from django.apps import apps
from django.db.models import Count, Max, Q, QuerySet

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


@dataclass(frozen=True)
class Ours:
    """The schools that a picture is about: all that ever were, and those of a school year."""

    ever: frozenset[int]
    of_year: Callable[[int], frozenset[int]]


def schools_of_programme(programme: Programme) -> Ours:
    """The schools of clusters that took part on 31 July of a year. Two queries."""
    found = behind((), [programme])
    ever = frozenset(stay.who for stays in found.schools.values() for stay in stays)
    return Ours(ever, partial(found.of_programme, programme.pk))


def schools_of_authority(authority: Authority) -> Ours:
    """All schools that stand in it, whatever the year. One query."""
    pks = frozenset(School.objects.filter(authority=authority).values_list("pk", flat=True))
    return Ours(pks, lambda _year: pks)


def in_bands(measures: QuerySet[Measure], ours: Ours, day: dt.date) -> list[Measure]:
    """Those that can be told by size: published percentages of a number counted. Two queries."""
    fit = measures.filter(is_public=True, unit=Unit.PERCENT, way=Way.WEIGHTED)
    rows = current_figures().filter(
        school__in=ours.ever, is_public=True, on__lte=day, measure__in=fit
    )
    taken = list(rows.order_by().values_list("measure", flat=True).distinct())
    return list(fit.filter(pk__in=taken))


def last_years(measure: Measure, ours: Ours, day: dt.date, group: str = ALL) -> tuple[int, ...]:
    """Up to three school years to the last in which one of our schools has a figure."""
    found = _published(measure, group).filter(school__in=ours.ever, on__lte=day)
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


def state_of(measure: Measure, group: str = ALL) -> tuple[object, ...]:
    """Another one whenever a figure of the measure or a census has changed. Two queries."""
    told = _published(measure, group).aggregate(n=Count("pk"), last=Max("pk"))
    changes = apps.get_model("registry", "CensusEvent")._default_manager
    return told["n"], told["last"], changes.aggregate(last=Max("pgh_id"))["last"]


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
    if held is None:
        return None
    years, pupils = held
    if len(years) == 1:
        return pupils[0]
    at = bisect_left(years, year)
    near = [place for place in (at - 1, at) if 0 <= place < len(years)]
    return pupils[min(near, key=lambda place: abs(years[place] - year))]
