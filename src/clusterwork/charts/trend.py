"""Lines over school years, with what was aimed for, when the work began and what happened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil

from clusterwork.charts.aims import AIM_LOOK, Aim, add_aims
from clusterwork.charts.axes import Axis, Scale, scale_of
from clusterwork.charts.key import Entry, add_key, point_look
from clusterwork.charts.lettering import widest
from clusterwork.charts.palette import LOOKS, Look
from clusterwork.charts.refusing import check_few, check_filled, check_interval, check_numbers
from clusterwork.charts.sheet import WIDE, Sheet, left_of
from clusterwork.charts.start import add_start
from clusterwork.charts.time_line import Event, add_time_line


@dataclass(frozen=True, slots=True)
class Point:
    """One year's value, with its interval where there is one; no value leaves a gap."""

    x: float
    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """One line: whom it is about, and its values by year."""

    name: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Start:
    """When something began: a vertical mark; 2015.5 lies between the years 2015 and 2016."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Trend:
    """Up to three series over school years; `years` are number and text, in their order.

    `aims_words` names the aims in the key, e.g. "Aim in the plan".
    """

    title: str
    description: str
    years: tuple[tuple[int, str], ...]
    value: Axis
    series: tuple[Series, ...]
    starts: tuple[Start, ...] = ()
    aims: tuple[Aim, ...] = ()
    events: tuple[Event, ...] = ()
    years_title: str = ""
    aims_words: str = ""


def years_between(first: int, last: int) -> tuple[tuple[int, str], ...]:
    """School years by the calendar year in which each ends: 2016 is 2015/16."""
    return tuple((year, f"{year - 1}/{year % 100:02d}") for year in range(first, last + 1))


def place_of(day: dt.date) -> float:
    """Where a day lies among school years by the year in which each ends: they begin in September.

    The first of September 2015 lies at 2015.5, the edge between 2014/15 and 2015/16.
    """
    begins = day.year if day.month >= 9 else day.year - 1
    first, last = dt.date(begins, 9, 1), dt.date(begins + 1, 9, 1)
    return begins + 0.5 + (day - first).days / (last - first).days


def trend_sheet(chart: Trend, width: int) -> Sheet:
    """The chart on a sheet; raises a `Problem` where there is nothing that can be shown."""
    _check(chart)
    first, last = _span(chart)
    values = scale_of(chart.value, _values(chart))
    left = left_of(values)
    sheet = Sheet(
        width=width,
        height=280 if width >= WIDE else 230,
        left=left,
        right=12,
        x=Scale(first, last, _year_ticks(chart, width - left - 12)),
        y=values,
    )
    for series, look in zip(chart.series, LOOKS, strict=False):
        _add_band(sheet, series, look)
    for series, look in zip(chart.series, LOOKS, strict=False):
        _add_line(sheet, series, look)
    add_aims(sheet, chart.aims)
    _add_words(sheet, chart)
    return sheet


def _check(chart: Trend) -> None:
    check_filled(chart.years)
    check_filled([value for value in _values(chart) if value is not None])
    check_few(chart.series, len(LOOKS))
    check_numbers(_values(chart))
    check_numbers(_places(chart))
    for point in _points(chart):
        check_interval(point.low, point.high)


def _points(chart: Trend) -> list[Point]:
    return [point for series in chart.series for point in series.points]


def _span(chart: Trend) -> tuple[float, float]:
    """All years whole, and whatever lies outside them."""
    years = [year for year, _ in chart.years]
    places = _places(chart)
    return min(years[0] - 0.5, *places), max(years[-1] + 0.5, *places)


def _places(chart: Trend) -> list[float]:
    marks = [*(each.x for each in chart.starts), *(each.x for each in chart.events)]
    return [*(each.x for each in _points(chart)), *(each.x for each in chart.aims), *marks]


def _values(chart: Trend) -> list[float | None]:
    points = [each for p in _points(chart) for each in (p.value, p.low, p.high)]
    return [*points, *(aim.value for aim in chart.aims)]


def _year_ticks(chart: Trend, room: float) -> tuple[tuple[float, str], ...]:
    """Every year, or every second, third…, so that the texts do not meet."""
    needs = widest([text for _, text in chart.years]) + 8
    first, last = _span(chart)
    every = max(1, ceil(needs * (last - first) / room))
    return tuple((float(year), text) for year, text in chart.years[::every])


def _add_starts(sheet: Sheet, starts: Sequence[Start]) -> None:
    """A line from top to bottom for each, its words above the plot where they hide nothing."""
    for start in sorted(starts, key=lambda each: -each.x):
        add_start(sheet, start.x, start.label)


def _add_band(sheet: Sheet, series: Series, look: Look) -> None:
    for stretch in _stretches([point for point in series.points if _has_interval(point)]):
        rows = [{"x": p.x, "low": p.low, "high": p.high, "order": p.x} for p in stretch]
        if len(rows) == 1:
            sheet.add("rule", rows, x="x", y="low", y2="high", color=look.colour, strokeWidth=2)
            continue
        sheet.add("area", rows, x="x", y="low", y2="high", color=look.colour, opacity=0.15)
        for edge in ("low", "high"):
            sheet.add(
                "line", rows, x="x", y=edge, color=look.colour, strokeWidth=1, opacity=0.7,
                strokeDash=list(look.dash),
            )  # fmt: skip


def _has_interval(point: Point) -> bool:
    return None not in (point.value, point.low, point.high)


def _add_line(sheet: Sheet, series: Series, look: Look) -> None:
    kept = [point for point in series.points if point.value is not None]
    for stretch in _stretches(kept):
        rows = [{"x": p.x, "y": p.value, "order": p.x} for p in stretch]
        sheet.add("line", rows, x="x", y="y", color=look.colour, strokeDash=list(look.dash))
        sheet.add("point", rows, x="x", y="y", **point_look(look))


def _stretches(points: Sequence[Point]) -> Iterator[list[Point]]:
    """Years that follow each other without a gap."""
    ordered = sorted(points, key=lambda point: point.x)
    numbered = enumerate(ordered)
    for _, group in groupby(numbered, key=lambda pair: round(pair[1].x - pair[0], 6)):
        yield [point for _, point in group]


def _add_words(sheet: Sheet, chart: Trend) -> None:
    sheet.below = 28
    if chart.years_title:
        sheet.x_title(chart.years_title)
    if chart.events:
        add_time_line(sheet, chart.events)
    _add_starts(sheet, chart.starts)
    sheet.y_title(chart.value.title)
    entries = [Entry(s.name, look) for s, look in zip(chart.series, LOOKS, strict=False)]
    if chart.aims and chart.aims_words:
        entries.append(Entry(chart.aims_words, AIM_LOOK, "point"))
    add_key(sheet, entries)
