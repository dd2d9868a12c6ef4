"""Schools or clusters by size, within the limits that chance alone would keep most of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clusterwork.charts.axes import Axis, scale_of
from clusterwork.charts.key import Entry, add_key, point_look
from clusterwork.charts.palette import INK, LOOKS, QUIET, Look
from clusterwork.charts.refusing import check_few, check_filled, check_interval, check_numbers
from clusterwork.charts.sheet import WIDE, Sheet, left_of, right_of

INNER, OUTER, CENTRE = Look(QUIET, "", (6, 4)), Look(INK, ""), Look(INK, "", (1, 3))


@dataclass(frozen=True, slots=True)
class Dot:
    """One school or cluster: its size, its value, of which kind it is; a name if it may be told."""

    x: float
    y: float
    kind: int = 0
    label: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """One size with the limits that hold 95 % and 99.8 % of chance."""

    x: float
    low_95: float
    high_95: float
    low_998: float
    high_998: float


@dataclass(frozen=True, slots=True)
class Funnel:
    """Dots, limits by size in their order, and the value around which they lie.

    `kinds` names the dots; the other words name the lines in the key.
    """

    title: str
    description: str
    size: Axis
    value: Axis
    dots: tuple[Dot, ...]
    limits: tuple[Limits, ...]
    centre: float
    kinds: tuple[str, ...]
    centre_words: str
    words_95: str
    words_998: str


def funnel_sheet(chart: Funnel, width: int) -> Sheet:
    """The chart on a sheet; raises a `Problem` where there is nothing that can be shown."""
    _check(chart)
    values = scale_of(chart.value, _values(chart))
    from_zero = Axis(chart.size.title, write=chart.size.write, from_zero=True)
    sizes = scale_of(from_zero, _sizes(chart), 6 if width >= WIDE else 3)
    sheet = Sheet(
        width=width,
        height=340 if width >= WIDE else 260,
        left=left_of(values),
        right=right_of(sizes),
        x=sizes,
        y=values,
        grid_x=True,
    )
    at = [{"y": chart.centre}]
    sheet.add("rule", at, y="y", x=0, x2=sheet.plot_width, strokeWidth=2, strokeDash=[1, 3])
    _add_limits(sheet, chart.limits)
    _add_dots(sheet, chart.dots)
    _add_words(sheet, chart)
    return sheet


def _check(chart: Funnel) -> None:
    check_filled(chart.dots)
    check_numbers([*_values(chart), *_sizes(chart)])
    check_few(range(1 + max(dot.kind for dot in chart.dots)), len(LOOKS))
    for each in chart.limits:
        check_interval(each.low_95, each.high_95)
        check_interval(each.low_998, each.high_998)


def _values(chart: Funnel) -> list[float]:
    limits = [v for e in chart.limits for v in (e.low_95, e.high_95, e.low_998, e.high_998)]
    return [chart.centre, *(dot.y for dot in chart.dots), *limits]


def _sizes(chart: Funnel) -> list[float]:
    return [*(dot.x for dot in chart.dots), *(each.x for each in chart.limits)]


def _add_limits(sheet: Sheet, limits: Sequence[Limits]) -> None:
    lines = (("low_95", INNER), ("high_95", INNER), ("low_998", OUTER), ("high_998", OUTER))
    for name, look in lines:
        rows = [{"x": each.x, "y": getattr(each, name), "order": each.x} for each in limits]
        if rows:
            sheet.add(
                "line", rows, x="x", y="y", color=look.colour, strokeWidth=1.5,
                strokeDash=list(look.dash),
            )  # fmt: skip


def _add_dots(sheet: Sheet, dots: Sequence[Dot]) -> None:
    for kind in sorted({dot.kind for dot in dots}):
        rows = [{"x": dot.x, "y": dot.y} for dot in dots if dot.kind == kind]
        look = point_look(LOOKS[kind], 45 if kind == 0 else 80)
        sheet.add("point", rows, x="x", y="y", **look)
    named = [{"x": dot.x, "y": dot.y, "text": dot.label} for dot in dots if dot.label]
    if named:
        sheet.add("text", named, x="x", y="y", align="center", dy=-14)


def _add_words(sheet: Sheet, chart: Funnel) -> None:
    sheet.below = 28
    sheet.x_title(chart.size.title)
    sheet.y_title(chart.value.title)
    kinds = [Entry(w, look, "point") for w, look in zip(chart.kinds, LOOKS, strict=False)]
    lines = (
        Entry(chart.centre_words, CENTRE, "rule"),
        Entry(chart.words_95, INNER, "rule"),
        Entry(chart.words_998, OUTER, "rule"),
    )
    add_key(sheet, [*kinds, *lines])
