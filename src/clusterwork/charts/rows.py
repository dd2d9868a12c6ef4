"""Rows with a label each: beside its row on a wide sheet, above it on a narrow one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clusterwork.charts.axes import Scale
from clusterwork.charts.lettering import SIZE, SMALL, widest, wrapped
from clusterwork.charts.palette import PAPER
from clusterwork.charts.sheet import WIDE, Sheet

LABEL_SHARE = 0.36
GAP = 8
EDGE = 18  # left of the plot where labels stand above their rows
MANY = 25


@dataclass(frozen=True, slots=True)
class Laid:
    """Where one row lies: its label in lines, their height, and the middle of what it shows."""

    lines: list[str]
    label_at: float
    middle: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Rows:
    """All rows of a sheet and the room left of the plot."""

    laid: tuple[Laid, ...]
    left: float
    size: int
    is_beside: bool

    @property
    def height(self) -> float:
        """How high the plot is."""
        return self.laid[-1].bottom


def lay_out(labels: Sequence[str], width: int, content: float) -> Rows:
    """Rows of a content height; where there are many, closer together and in smaller letters."""
    is_beside = width >= WIDE
    size = SMALL if len(labels) > MANY and is_beside else SIZE
    room = width * LABEL_SHARE if is_beside else width
    lines = [wrapped(label, room, size) for label in labels]
    left = widest([line for each in lines for line in each], size) + EDGE if is_beside else EDGE
    gap = 0 if len(labels) > MANY else GAP
    laid: list[Laid] = []
    for each in lines:
        top = laid[-1].bottom if laid else 0.0
        laid.append((_beside if is_beside else _above)(each, top, content, gap, size + 4))
    return Rows(tuple(laid), left, size, is_beside)


def _beside(lines: list[str], top: float, content: float, gap: float, line: float) -> Laid:
    height = max(content, len(lines) * line) + gap
    middle = top + height / 2
    return Laid(lines, middle - (len(lines) - 1) * line / 2, middle, top + height)


def _above(lines: list[str], top: float, content: float, gap: float, line: float) -> Laid:
    words = len(lines) * line
    return Laid(
        lines,
        top + line / 2 + gap / 2,
        top + gap / 2 + words + content / 2,
        top + gap + words + content,
    )


def _strip(laid: Laid, line: float) -> dict[str, float]:
    top = laid.label_at - line / 2
    return {"top": top - GAP / 2 - 1, "bottom": top + len(laid.lines) * line + 1}


def down(rows: Rows) -> Scale:
    """A vertical scale in pixels from the top."""
    return Scale(rows.height, 0)


def add_labels(sheet: Sheet, rows: Rows) -> None:
    """Writes the labels; those that stand in the plot on a strip that no line crosses."""
    if not rows.is_beside:
        sheet.add(
            "rect", [_strip(each, rows.size + 4) for each in rows.laid], x=-sheet.left,
            x2=sheet.plot_width + 1, y="top", y2="bottom", color=PAPER,
        )  # fmt: skip
    x, align = (-10.0, "right") if rows.is_beside else (-sheet.left, "left")
    written = [{"text": each.lines, "y": each.label_at} for each in rows.laid]
    sheet.add(
        "text", written, x=x, y="y", align=align, baseline="middle", fontSize=rows.size,
        lineHeight=rows.size + 4,
    )  # fmt: skip
