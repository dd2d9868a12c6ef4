"""Differences by year since the work began, before it and after, with their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from clusterwork.charts.axes import Axis, Scale, number_text, scale_of
from clusterwork.charts.key import Entry, add_key, point_look
from clusterwork.charts.lettering import widest
from clusterwork.charts.palette import INK, LOOKS, Look
from clusterwork.charts.refusing import check_filled, check_interval, check_numbers
from clusterwork.charts.sheet import WIDE, Sheet, left_of
from clusterwork.charts.start import add_start
from clusterwork.charts.trend import Point

BEFORE = Look("#505a5f", "circle", filled=False)
AFTER = LOOKS[0]


@dataclass(frozen=True, slots=True)
class SinceStart:
    """Differences by whole years since the start (−1 the year before, 0 the first year with it).

    `before_words` and `after_words` name the two kinds of points; `reference_words` the line of
    no difference.
    """

    title: str
    description: str
    since: Axis
    value: Axis
    points: tuple[Point, ...]
    start_label: str
    before_words: str
    after_words: str
    reference_words: str
    reference: float = 0.0


def since_start_sheet(chart: SinceStart, width: int) -> Sheet:
    """The chart on a sheet; raises a `Problem` where there is nothing that can be shown."""
    kept = [point for point in chart.points if point.value is not None]
    _check(chart, kept)
    values = scale_of(chart.value, [chart.reference, *_values(kept)])
    years = sorted({int(point.x) for point in chart.points} | {-1, 0})
    left = left_of(values)
    shown = _shown(years, width - left - 12)
    sheet = Sheet(
        width=width,
        height=280 if width >= WIDE else 230,
        left=left,
        right=12,
        x=Scale(years[0] - 0.5, years[-1] + 0.5, shown),
        y=values,
    )
    at = [{"y": chart.reference}]
    sheet.add("rule", at, y="y", x=0, x2=sheet.plot_width, strokeWidth=2, strokeDash=[6, 3])
    _add_points(sheet, [point for point in kept if point.x < 0], BEFORE)
    _add_points(sheet, [point for point in kept if point.x >= 0], AFTER)
    _add_words(sheet, chart)
    return sheet


def _check(chart: SinceStart, kept: Sequence[Point]) -> None:
    check_filled(kept)
    check_numbers([chart.reference, *(p.x for p in chart.points), *_values(kept)])
    for point in kept:
        check_interval(point.low, point.high)


def _values(points: Sequence[Point]) -> list[float | None]:
    return [each for point in points for each in (point.value, point.low, point.high)]


def _shown(years: Sequence[int], room: float) -> tuple[tuple[float, str], ...]:
    """The start and every year, or every second, third… from it, so that no texts meet."""
    needs = widest([_year(year) for year in years]) + 8
    every = max(1, ceil(needs * (years[-1] - years[0] + 1) / room))
    return tuple((float(year), _year(year)) for year in years if year % every == 0)


def _year(year: int) -> str:
    return f"+{year}" if year > 0 else number_text(year)


def _add_points(sheet: Sheet, points: Sequence[Point], look: Look) -> None:
    rows = [{"x": p.x, "y": p.value, "low": p.low, "high": p.high} for p in points]
    whiskers = [row for row in rows if row["low"] is not None and row["high"] is not None]
    if whiskers:
        sheet.add("rule", whiskers, x="x", y="low", y2="high", color=look.colour, strokeWidth=2.5)
    if rows:
        sheet.add("point", rows, x="x", y="y", **point_look(look, 80))


def _add_words(sheet: Sheet, chart: SinceStart) -> None:
    sheet.below = 28
    sheet.x_title(chart.since.title)
    add_start(sheet, -0.5, chart.start_label)
    sheet.y_title(chart.value.title)
    entries = (
        Entry(chart.before_words, BEFORE, "point"),
        Entry(chart.after_words, AFTER, "point"),
        Entry(chart.reference_words, Look(INK, "", (6, 3)), "rule"),
    )
    add_key(sheet, [entry for entry in entries if entry.words])
