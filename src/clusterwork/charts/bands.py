"""Shares or means of categories for two or three times or groups, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clusterwork.charts.axes import Axis, scale_of
from clusterwork.charts.key import Entry, add_key
from clusterwork.charts.lettering import SIZE, SMALL, widest
from clusterwork.charts.palette import INK, QUIET, Look
from clusterwork.charts.refusing import check_few, check_filled, check_interval, check_numbers
from clusterwork.charts.rows import Rows, add_labels, down, lay_out
from clusterwork.charts.sheet import WIDE, Sheet, right_of

THICK, APART = 16, 22
MOST_LABEL = 0.4  # of the width
FILLS = (Look("#12436d", ""), Look("#f3a56b", ""), Look("#ffffff", ""))


@dataclass(frozen=True, slots=True)
class Bar:
    """One value with its interval; `label` ("12 of 40") says how many it counts.

    A bar without a value shows its label alone, which then says why.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """One time or one group of schools: a bar for each category, in their order."""

    name: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Bands:
    """Categories ("Under 50 pupils") with up to three bars each, one a group."""

    title: str
    description: str
    value: Axis
    categories: tuple[str, ...]
    groups: tuple[Group, ...]


def bands_sheet(chart: Bands, width: int) -> Sheet:
    """The chart on a sheet; raises a `Problem` where there is nothing that can be shown."""
    _check(chart)
    rows = lay_out(chart.categories, width, APART * len(chart.groups))
    bars = [bar for group in chart.groups for bar in group.bars]
    scale = scale_of(_from_zero(chart.value), _values(bars), 5 if width >= WIDE else 3)
    sheet = Sheet(
        width=width,
        height=rows.height,
        left=rows.left,
        right=right_of(scale, min(width * MOST_LABEL, _widest_label(bars) + 12)),
        x=scale,
        y=down(rows),
        grid_x=True,
    )
    sheet.add("rule", [{"x": 0}], x="x", y=0, y2=sheet.height, strokeWidth=1)
    add_labels(sheet, rows)
    for number, group in enumerate(chart.groups):
        _add_group(sheet, group, _middles(rows, number, len(chart.groups)), FILLS[number])
    sheet.below = 28
    sheet.x_title(chart.value.title)
    add_key(sheet, [Entry(g.name, f, "box") for g, f in zip(chart.groups, FILLS, strict=False)])
    return sheet


def _widest_label(bars: Sequence[Bar]) -> float:
    return widest([bar.label for bar in bars if bar.value is not None])


def _from_zero(axis: Axis) -> Axis:
    """A bar's length tells its value only from nothing on."""
    return Axis(axis.title, axis.percent, axis.write, from_zero=True)


def _check(chart: Bands) -> None:
    bars = [bar for group in chart.groups for bar in group.bars]
    check_few(chart.groups, len(FILLS))
    check_filled([bar for bar in bars if bar.value is not None])
    check_numbers(_values(bars))
    for bar in bars:
        check_interval(bar.low, bar.high)
    if any(len(group.bars) != len(chart.categories) for group in chart.groups):
        raise ValueError("A group has more or fewer bars than there are categories.")


def _values(bars: Sequence[Bar]) -> list[float | None]:
    return [each for bar in bars for each in (bar.value, bar.low, bar.high)]


def _middles(rows: Rows, number: int, n_groups: int) -> list[float]:
    return [laid.middle + (number - (n_groups - 1) / 2) * APART for laid in rows.laid]


def _add_group(sheet: Sheet, group: Group, middles: Sequence[float], look: Look) -> None:
    placed = list(zip(group.bars, middles, strict=True))
    bars = [
        {"x": 0, "x2": bar.value, "y": y - THICK / 2, "y2": y + THICK / 2}
        for bar, y in placed
        if bar.value is not None
    ]
    sheet.add(
        "rect", bars, x="x", x2="x2", y="y", y2="y2", color=look.colour, stroke=INK, strokeWidth=1
    )
    _add_intervals(sheet, placed)
    words = {"align": "left", "baseline": "middle"}
    texts = [{"text": bar.label, "y": y} for bar, y in placed if bar.value is not None]
    size = SIZE if _widest_label(group.bars) <= sheet.right else SMALL
    sheet.add("text", texts, x=sheet.plot_width + 8, y="y", fontSize=size, **words)
    reasons = [{"text": bar.label, "y": y} for bar, y in placed if bar.value is None]
    sheet.add("text", reasons, x=sheet.across(0) + 6, y="y", color=QUIET, **words)


def _add_intervals(sheet: Sheet, placed: Sequence[tuple[Bar, float]]) -> None:
    """Dark with a white edge, so that each is seen on every fill."""
    rows = [
        {"low": bar.low, "high": bar.high, "y": y, "top": y - 4, "bottom": y + 4}
        for bar, y in placed
        if bar.value is not None and bar.low is not None and bar.high is not None
    ]
    sheet.add("rule", rows, x="low", x2="high", y="y", color="#ffffff", strokeWidth=5)
    sheet.add("rule", rows, x="low", x2="high", y="y", color=INK, strokeWidth=2)
    for end in ("low", "high"):
        sheet.add("rule", rows, x=end, y="top", y2="bottom", color=INK, strokeWidth=2)
