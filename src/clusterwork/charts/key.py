"""The key of a chart: a symbol and its words, in as many lines as they need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clusterwork.charts.lettering import LINE, width_of, wrapped
from clusterwork.charts.palette import INK, Look
from clusterwork.charts.sheet import Sheet

SYMBOL, GAP = 30, 20


@dataclass(frozen=True, slots=True)
class Entry:
    """One symbol of the key: a line with its point, a point alone, or a filled box."""

    words: str
    look: Look
    kind: str = "line"  # line, rule (a line without a point), point, box


def add_key(sheet: Sheet, entries: Sequence[Entry]) -> None:
    """Draws the key above all that stands above the plot already."""
    lines = _lines(entries, sheet.width)
    height = sum(max(len(words) for _, _, words in line) * LINE + 4 for line in lines) + 4
    top = -sheet.above - height
    sheet.above += height
    for line in lines:
        for entry, x, words in line:
            _draw(sheet, entry, x - sheet.left, top + LINE / 2)
            sheet.write(words, x - sheet.left + SYMBOL + 6, top + LINE / 2)
        top += max(len(words) for _, _, words in line) * LINE + 4


Placed = tuple[Entry, float, list[str]]


def _lines(entries: Sequence[Entry], width: float) -> list[list[Placed]]:
    lines: list[list[Placed]] = []
    at = width
    for entry in entries:
        needs = SYMBOL + 6 + width_of(entry.words)
        if at and at + needs > width:
            lines.append([])
            at = 0.0
        lines[-1].append((entry, at, wrapped(entry.words, width - SYMBOL - 6)))
        at += needs + GAP
    return lines


def _draw(sheet: Sheet, entry: Entry, x: float, y: float) -> None:
    look = entry.look
    if entry.kind == "box":
        sheet.add(
            "rect", [{}], x=x + 6, x2=x + SYMBOL, y=y - 7, y2=y + 7, color=look.colour,
            stroke=INK, strokeWidth=1,
        )  # fmt: skip
        return
    if entry.kind != "point":
        sheet.add(
            "rule", [{}], x=x, x2=x + SYMBOL, y=y, y2=y, color=look.colour, strokeWidth=2.5,
            strokeDash=list(look.dash),
        )  # fmt: skip
    if entry.kind != "rule":
        sheet.add("point", [{}], x=x + SYMBOL / 2, y=y, **point_look(look))


def point_look(look: Look, size: int = 70) -> dict[str, Any]:
    """How a point of this look is drawn; a hollow one is white inside."""
    fill = look.colour if look.filled else "#ffffff"
    return {"shape": look.shape, "size": size, "stroke": look.colour, "fill": fill}
