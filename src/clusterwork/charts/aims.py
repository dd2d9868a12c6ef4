"""What was aimed for, as marks by year with their words where these meet no others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clusterwork.charts.key import point_look
from clusterwork.charts.lettering import BOLD, LINE, SIZE, width_of
from clusterwork.charts.palette import MARK, Look
from clusterwork.charts.sheet import Sheet

AIM_LOOK = Look(MARK, "diamond", filled=False)
ABOVE = 16


@dataclass(frozen=True, slots=True)
class Aim:
    """A value wanted by a year."""

    x: float
    value: float
    label: str


@dataclass(frozen=True, slots=True)
class Box:
    """Where an aim's words lie, in pixels, and how they stand to their mark."""

    start: float
    end: float
    y: float
    align: str

    def meets(self, other: Box) -> bool:
        """Whether the two would be written over each other."""
        is_beside = self.end <= other.start or other.end <= self.start
        return not is_beside and abs(self.y - other.y) < LINE


def add_aims(sheet: Sheet, aims: Sequence[Aim]) -> None:
    """Draws all; of words that would meet, those of the later year stand."""
    written: list[Box] = []
    for aim in sorted(aims, key=lambda each: -each.x):
        row = [{"x": aim.x, "y": aim.value, "text": aim.label}]
        sheet.add("point", row, x="x", y="y", **point_look(AIM_LOOK, 130))
        box = _box(sheet, aim)
        if any(box.meets(each) for each in written):
            continue
        written.append(box)
        aside = {"left": -8, "right": 8, "center": 0}[box.align]
        sheet.add(
            "text", row, x="x", y="y", dy=-ABOVE, dx=aside, align=box.align, color=MARK,
            fontWeight="bold", fontSize=SIZE,
        )  # fmt: skip


def _box(sheet: Sheet, aim: Aim) -> Box:
    at, wide = sheet.across(aim.x), width_of(aim.label) * BOLD
    y = (sheet.y.high - aim.value) / (sheet.y.high - sheet.y.low) * sheet.height
    if at < wide / 2:
        return Box(at - 8, at + wide, y, "left")
    if sheet.plot_width + sheet.right - at < wide / 2:
        return Box(at - wide, at + 8, y, "right")
    return Box(at - wide / 2, at + wide / 2, y, "center")
