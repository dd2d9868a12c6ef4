"""How a plan should work as plain geometry: a column a kind of step, a box a step; no language."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

WIDTH, GAP, PAD = 158.0, 42.0, 10.0
LINE, TOP, SPACE = 19.0, 40.0, 24.0
CHARS = 18


@dataclass(frozen=True)
class Box:
    """A step: its rectangle and its text in lines."""

    uid: UUID
    x: float
    y: float
    height: float
    lines: tuple[str, ...]

    @property
    def middle(self) -> float:
        """The height at which arrows come and go."""
        return self.y + self.height / 2


@dataclass(frozen=True)
class Arrow:
    """From the right of one box to the left of another; `number` is that of its assumption."""

    x1: float
    y1: float
    x2: float
    y2: float
    number: int | None

    @property
    def path(self) -> str:
        """A curve that leaves and arrives level."""
        bend = max((self.x2 - self.x1) / 2, 20)
        return (
            f"M{self.x1:.0f},{self.y1:.0f} C{self.x1 + bend:.0f},{self.y1:.0f} "
            f"{self.x2 - bend:.0f},{self.y2:.0f} {self.x2:.0f},{self.y2:.0f}"
        )

    @property
    def label(self) -> tuple[float, float]:
        """Where the number of the assumption stands: near the arrow's end, where it is alone."""
        return self.x2 - 22, self.y2 - 6


@dataclass(frozen=True)
class Picture:
    """Columns by kind of step with their left edge, boxes, arrows, and the whole size."""

    width: float
    height: float
    columns: tuple[tuple[str, float], ...]
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    assumptions: tuple[str, ...]
    box_width: float = WIDTH


def picture_of(steps: Sequence[Any], levels: Sequence[str]) -> Picture:
    """The steps in columns from left to right; only kinds that have a step have a column."""
    there = [level for level in levels if any(each.level == level for each in steps)]
    boxes = {box.uid: box for n, level in enumerate(there) for box in _column(n, level, steps)}
    said: list[str] = []
    arrows = tuple(_arrows(steps, boxes, said))
    bottom = max((box.y + box.height for box in boxes.values()), default=TOP)
    return Picture(
        width=max(len(there) * (WIDTH + GAP) - GAP, WIDTH) + 2,
        height=bottom + PAD,
        columns=tuple((level, n * (WIDTH + GAP)) for n, level in enumerate(there)),
        boxes=tuple(boxes.values()),
        arrows=arrows,
        assumptions=tuple(said),
    )


def _column(n: int, level: str, steps: Sequence[Any]) -> Iterator[Box]:
    y = TOP
    for each in steps:
        if each.level == level:
            lines = tuple(textwrap.wrap(each.text, CHARS)) or ("",)
            height = len(lines) * LINE + 2 * PAD
            yield Box(each.uid, n * (WIDTH + GAP) + 1, y, height, lines)
            y += height + SPACE


def _arrows(steps: Sequence[Any], boxes: dict[UUID, Box], said: list[str]) -> Iterator[Arrow]:
    for each in steps:
        for link in each.comes_from:
            before, after = boxes.get(link.before), boxes.get(each.uid)
            if before is None or after is None:
                continue
            number = None
            if link.assumption:
                said.append(link.assumption)
                number = len(said)
            yield Arrow(before.x + WIDTH, before.middle, after.x - 4, after.middle, number)
