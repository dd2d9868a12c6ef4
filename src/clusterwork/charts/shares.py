"""Parts of a whole for several groups: grades before and after, beside the nation's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clusterwork.charts.axes import Axis, Scale
from clusterwork.charts.key import Entry, add_key
from clusterwork.charts.lettering import width_of
from clusterwork.charts.palette import INK, STEPS, Look, steps
from clusterwork.charts.refusing import check_few, check_filled, check_shares
from clusterwork.charts.rows import Rows, add_labels, down, lay_out
from clusterwork.charts.sheet import WIDE, Sheet

THICK = 34


@dataclass(frozen=True, slots=True)
class Stack:
    """One whole: whose it is ("Cluster schools, before: 41 schools"), and its parts (0–1)."""

    label: str
    shares: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Shares:
    """Stacks of the same parts in the same order, at most five ("Outstanding", "Good", …)."""

    title: str
    description: str
    value: Axis
    parts: tuple[str, ...]
    stacks: tuple[Stack, ...]


def shares_sheet(chart: Shares, width: int) -> Sheet:
    """The chart on a sheet; raises a `Problem` where there is nothing that can be shown."""
    _check(chart)
    rows = lay_out([stack.label for stack in chart.stacks], width, THICK)
    axis = Axis(chart.value.title, True, chart.value.write)
    step = 0.25 if width >= WIDE else 0.5
    ticks = tuple((i * step, axis.text(i * step, 2)) for i in range(round(1 / step) + 1))
    sheet = Sheet(
        width=width, height=rows.height, left=rows.left, right=26, x=Scale(0, 1, ticks),
        y=down(rows), grid_x=True,
    )  # fmt: skip
    add_labels(sheet, rows)
    for part in range(len(chart.parts)):
        _add_part(sheet, chart, rows, part, axis)
    sheet.below = 28
    sheet.x_title(chart.value.title)
    fills = steps(len(chart.parts))
    add_key(
        sheet, [Entry(w, Look(f[0], ""), "box") for w, f in zip(chart.parts, fills, strict=True)]
    )
    return sheet


def _check(chart: Shares) -> None:
    check_filled(chart.stacks)
    check_filled(chart.parts)
    check_few(chart.parts, len(STEPS))
    for stack in chart.stacks:
        check_shares(stack.shares)
        if len(stack.shares) != len(chart.parts):
            raise ValueError("A stack has more or fewer shares than there are parts.")


def _add_part(sheet: Sheet, chart: Shares, rows: Rows, part: int, axis: Axis) -> None:
    fill, ink = steps(len(chart.parts))[part]
    boxes, texts = [], []
    for stack, laid in zip(chart.stacks, rows.laid, strict=True):
        start, end = _ends(stack.shares)[part]
        y = {"y": laid.middle - THICK / 2, "y2": laid.middle + THICK / 2}
        boxes += [{"x": start, "x2": end, **y}] if end > start else []
        text = axis.text(stack.shares[part], 2)
        if width_of(text) + 4 <= (end - start) * sheet.plot_width:
            texts.append({"x": (start + end) / 2, "y": laid.middle, "text": text})
    sheet.add("rect", boxes, x="x", x2="x2", y="y", y2="y2", color=fill, stroke=INK, strokeWidth=1)
    look = {"align": "center", "baseline": "middle", "color": ink, "fontWeight": "bold"}
    sheet.add("text", texts, x="x", y="y", **look)


def _ends(shares: Sequence[float]) -> list[tuple[float, float]]:
    """Where each part starts and ends; rounding in the shares moves nothing past the whole."""
    total, at = sum(shares), 0.0
    ends = []
    for share in shares:
        ends.append((at, min(1.0, at + max(0.0, share) / total)))
        at = ends[-1][1]
    return ends
