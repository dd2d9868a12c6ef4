"""What the pages of totals share: which three years, the words of cells, and the picture."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

from clusterwork.clusters.models import Cluster
from clusterwork.kernel.errors import NotThere
from clusterwork.kernel.messages import Message
from clusterwork.measures.models import Measure
from clusterwork.measures.rules.showing import Shown
from clusterwork.measures.rules.years import year_of
from clusterwork.measures.selectors.measures import measures_about
from clusterwork.registry.models import Authority
from clusterwork.web.address import with_query
from clusterwork.web.day import Day
from clusterwork.web.measures.cluster import (
    Known,
    cell,
    finding,
    how_put_together,
    latest_of,
    schools_behind,
    symbols_in,
    three_years,
)
from clusterwork.web.measures.words import key_of, school_year, unit_shown, value_shown, words
from clusterwork.web.registry.drawing.bars import bars_of


def cell_words() -> dict[str, Any]:
    """The functions by which a table's cells are written."""
    return {
        "cell_of": cell,
        "latest_of": latest_of,
        "schools_behind": schools_behind,
        "school_year": school_year,
        "unit_shown": unit_shown,
        "how_put_together": how_put_together,
    }


def year_asked(request: HttpRequest, known: Known, until: int) -> int:
    """The last of the three years: that in the address where there are figures, else the fullest
    three."""
    asked = request.GET.get("year", "")
    return int(asked) if asked in map(str, known.years) else (known.fullest or until)


@dataclass(frozen=True)
class Table:
    """The measures of one page of totals and its three years."""

    page: Page[Measure]
    years: tuple[int, ...]
    links: list[dict[str, Any]]

    def words(self, cells: Iterable[Shown]) -> dict[str, Any]:
        """What its page shows of it, with the key to the symbols of these cells."""
        return {
            "page": self.page,
            "years": self.years,
            "year_links": self.links,
            "keys": key_of(symbols_in(cells), words()),
            **cell_words(),
        }


def table_asked(
    request: HttpRequest, subject: Cluster | Authority, known: Known, day: Day, size: int
) -> Table:
    """The page of measures taken in the three years that the address names, or the fullest."""
    last = year_asked(request, known, year_of(day.on))
    found = measures_about(subject).filter(pk__in=known.taken(last))
    page = Paginator(found, size).get_page(request.GET.get("page"))
    return Table(page, three_years(last), year_links(request, known.years, last))


def file_asked(
    request: HttpRequest, subject: Cluster | Authority, known: Known, day: Day
) -> tuple[list[Measure], tuple[int, ...]]:
    """The measures and years of a file: the one that the address names, else all of the page."""
    asked = request.GET.get("measure", "")
    only = int(asked) if asked.isdecimal() and int(asked) in known.latest else None
    last = known.latest[only] if only else year_asked(request, known, year_of(day.on))
    taken = [only] if only else known.taken(last)
    return list(measures_about(subject).filter(pk__in=taken)), three_years(last)


def measure_known(
    subject: Cluster | Authority, pk: int, known: Known, nothing: Message, look: Message
) -> Measure:
    """A measure of which there are figures. Raises `NotThere`, saying what and where to look."""
    found = measures_about(subject).filter(pk=pk).first() if pk in known.latest else None
    if found is None:
        raise NotThere(nothing, next_step=look)
    return found


def line_words(
    measure: Measure, line: Mapping[int, Shown], cells: Iterable[Shown]
) -> dict[str, Any]:
    """What the page of one measure shows of its line over the years."""
    return {
        "measure": measure,
        "finding": finding(measure, dict(line)),
        "chart": chart_of(line),
        "show_value": lambda value: value_shown(measure, value),
        "last": latest_of(line),
        "keys": key_of(symbols_in(cells), words()),
        **cell_words(),
    }


def counted_columns(shown: Shown) -> tuple[object, ...]:
    """The number counted, the schools with a figure and all schools, as a file has them."""
    rolled = shown.rolled
    if rolled is None:
        return ("", "", "")
    counted = rolled.denominator if rolled.denominator is not None else ""
    return (counted, rolled.n_in, rolled.n_schools)


def year_links(request: HttpRequest, years: list[int], last: int) -> list[dict[str, Any]]:
    """The years that the three may end with, as links."""
    return [
        {
            "text": school_year(year),
            "href": with_query(request, year=year, page=None),
            "current": year == last,
        }
        for year in years
    ]


def chart_of(line: Any) -> Any:
    """A bar a year; none with a value below zero."""
    values = [
        (year, float(each.value)) for year, each in sorted(line.items()) if each.value is not None
    ]
    return None if any(value < 0 for _year, value in values) else bars_of(values)
