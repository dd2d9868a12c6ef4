"""A school's figures as one reader sees them: by measure over the years, its own first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from django.db.models import QuerySet

from clusterwork.accounts.models import Person
from clusterwork.measures.models import ALL, Figure, Measure, Release
from clusterwork.measures.permissions.showing import figures_shown_to
from clusterwork.measures.selectors.figures import current_figures
from clusterwork.registry.models import School
from clusterwork.registry.selectors.chains import Identity, same_school_over_time
from clusterwork.web.clusters.asking import today
from clusterwork.web.measures.words import year_of

YEARS = 4


@dataclass(frozen=True)
class Line:
    """One measure of a school: its figure by year, the latest of each, for all pupils."""

    measure: Measure
    by_year: dict[int, Figure]
    is_public: bool
    releases: list[Release] = field(default_factory=list)

    @property
    def latest(self) -> Figure:
        """The figure of the latest year."""
        return self.by_year[max(self.by_year)]


def before_it(school: School) -> list[Identity]:
    """The schools that came before this one and that the register holds, the latest first."""
    found = [each for each in same_school_over_time(school) if each.steps < 0 and each.school]
    return found[::-1]


def figures_seen(
    schools: Iterable[School | int], person: Person, until: dt.date
) -> QuerySet[Figure]:
    """The schools' current figures up to the day, those that the person is shown today."""
    ids = [each if isinstance(each, int) else each.pk for each in schools]
    found = current_figures().filter(school__in=ids, on__lte=until)
    seen = found.filter(figures_shown_to(person, today()))
    chain = seen.select_related("measure", "entered_by", "upload", "school")
    return chain.order_by("measure__name", "measure", "-on", "group", "pk")


def lines_of(school: School, figures: Iterable[Figure], releases: list[Release]) -> list[Line]:
    """A line a measure; where a year has several figures, its own latest one stands."""
    return [
        _line(school, list(rows), releases)
        for _, rows in groupby(figures, key=lambda each: each.measure_id)
    ]


def _line(school: School, rows: list[Figure], releases: list[Release]) -> Line:
    measure = rows[0].measure
    all_pupils = [each for each in rows if each.group == ALL] or rows
    by_year: dict[int, Figure] = {}
    for each in sorted(all_pupils, key=lambda each: each.school_id != school.pk):
        by_year.setdefault(year_of(each), each)
    mine = [each for each in releases if each.measure_id in (None, measure.pk)]
    is_public = all(each.is_public for each in rows)
    return Line(measure, by_year, is_public, mine)


def years_of(lines: Iterable[Line]) -> list[int]:
    """The latest years for which there are figures, the latest first."""
    return sorted({year for line in lines for year in line.by_year}, reverse=True)[:YEARS]


def n_private(figures: Iterable[Figure]) -> int:
    """How many of the figures nobody has published."""
    return sum(not each.is_public for each in figures)
