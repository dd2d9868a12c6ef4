"""What the pages of totals share: which three years, the words of cells, and the picture."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from clusterwork.web.address import with_query
from clusterwork.web.measures.cluster import (
    Known,
    cell,
    how_put_together,
    latest_of,
    schools_behind,
)
from clusterwork.web.measures.words import school_year, unit_shown
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
