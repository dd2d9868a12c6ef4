"""Estimates with their intervals, a row each, beside a line to compare them with."""

from __future__ import annotations

from dataclasses import dataclass, replace

from clusterwork.charts.axes import Axis, scale_of
from clusterwork.charts.key import Entry, add_key, point_look
from clusterwork.charts.lettering import widest
from clusterwork.charts.palette import INK, LOOKS, Look
from clusterwork.charts.refusing import check_few, check_filled, check_interval, check_numbers
from clusterwork.charts.rows import MANY, Rows, add_labels, down, lay_out
from clusterwork.charts.sheet import WIDE, Sheet, right_of

MOST_TEXT = 0.34  # of the width, for what stands at the ends of rows
REFERENCE_LOOK = Look(INK, "", (6, 3))


@dataclass(frozen=True, slots=True)
class Row:
    """One estimate: what of, its value and interval, which kind it is of, and in words.

    `text` ("0.06 (−0.05 to 0.17)") stands at the row's end where there is room.
    """

    label: str
    estimate: float
    low: float
    high: float
    kind: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A value to compare with: a line, named."""

    value: float
    label: str


@dataclass(frozen=True, slots=True)
class Intervals:
    """Rows of estimates; `kinds` names up to three kinds of rows for the key."""

    title: str
    description: str
    value: Axis
    rows: tuple[Row, ...]
    reference: Reference | None = None
    kinds: tuple[str, ...] = ()


def intervals_sheet(chart: Intervals, width: int) -> Sheet:
    """The chart on a sheet; raises a `Problem` where there is nothing that can be shown."""
    _check(chart)
    rows = lay_out([row.label for row in chart.rows], width, _content(chart))
    texts = widest([row.text for row in chart.rows], rows.size)
    has_texts = rows.is_beside and 0 < texts < width * MOST_TEXT
    scale = scale_of(chart.value, _values(chart), 5 if width >= WIDE else 4)
    sheet = Sheet(
        width=width,
        height=rows.height,
        left=rows.left,
        right=right_of(scale, texts + 14 if has_texts else 20),
        x=scale,
        y=down(rows),
        grid_x=True,
    )
    if chart.reference:
        at = [{"x": chart.reference.value}]
        sheet.add("rule", at, x="x", y=0, y2=sheet.height, strokeWidth=2, strokeDash=[6, 3])
    add_labels(sheet, rows)
    _add_rows(sheet, chart, rows, has_texts)
    _add_words(sheet, chart)
    return sheet


def _check(chart: Intervals) -> None:
    check_filled(chart.rows)
    check_numbers(_values(chart))
    check_few(range(1 + max(row.kind for row in chart.rows)), len(LOOKS))
    for row in chart.rows:
        check_interval(row.low, row.high)


def _values(chart: Intervals) -> list[float]:
    beside = [chart.reference.value] if chart.reference else []
    return [*(each for row in chart.rows for each in (row.estimate, row.low, row.high)), *beside]


def _content(chart: Intervals) -> float:
    return 15 if len(chart.rows) > MANY else 20


def _add_rows(sheet: Sheet, chart: Intervals, rows: Rows, has_texts: bool) -> None:
    size = 36 if len(chart.rows) > MANY else 80
    placed = list(zip(chart.rows, rows.laid, strict=True))
    for kind in sorted({row.kind for row in chart.rows}):
        look = LOOKS[kind]
        at = [
            {"x": row.estimate, "low": row.low, "high": row.high, "y": laid.middle}
            for row, laid in placed
            if row.kind == kind
        ]
        sheet.add("rule", at, x="low", x2="high", y="y", color=look.colour, strokeWidth=2.5)
        sheet.add("point", at, x="x", y="y", **point_look(look, size))
    if has_texts:
        texts = [{"text": row.text, "y": laid.middle} for row, laid in placed]
        sheet.add(
            "text", texts, x=sheet.plot_width + 10, y="y", align="left", baseline="middle",
            fontSize=rows.size,
        )  # fmt: skip


def _add_words(sheet: Sheet, chart: Intervals) -> None:
    sheet.below = 28
    sheet.x_title(chart.value.title)
    looks = [replace(look, dash=()) for look in LOOKS]
    entries = [Entry(words, look) for words, look in zip(chart.kinds, looks, strict=False)]
    if chart.reference:
        entries.append(Entry(chart.reference.label, REFERENCE_LOOK, "rule"))
    if entries:
        add_key(sheet, entries)
