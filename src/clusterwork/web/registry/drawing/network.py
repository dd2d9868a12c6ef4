"""A school in the middle of its partnerships, as boxes and lines (the small rural schools
report's Figure 6). Two drawings of the same facts: a star for wide pages and print, a trunk with
boxes beneath each other for a phone. No two boxes touch and no line crosses a box.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from clusterwork.web.registry.drawing.words import lines_of

FONT = 15.0
LINE = 19.0
PAD = 9.0
GAP = 16.0


@dataclass(frozen=True)
class Tie:
    """One grouping that the school is in: what kind, its name, who else, and until when.

    `bond` is "formal", "loose" or "past" and says how its line is drawn.
    """

    kind: str
    name: str
    others: str
    bond: str
    href: str = ""


@dataclass(frozen=True)
class Row:
    """One line of text in a box, with its baseline; `strong` for the kind, `faint` for others."""

    text: str
    y: float
    look: str


@dataclass(frozen=True)
class Box:
    """A rectangle by its top left corner, with its lines of text."""

    x: float
    y: float
    width: float
    height: float
    rows: tuple[Row, ...]
    bond: str = ""

    def overlaps(self, other: Box) -> bool:
        """Whether the two share any place."""
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )


@dataclass(frozen=True)
class Line:
    """From the school to a grouping."""

    x1: float
    y1: float
    x2: float
    y2: float
    bond: str


@dataclass(frozen=True)
class Drawing:
    """All that the page draws, in a picture of `width` by `height` units."""

    width: float
    height: float
    centre: Box
    boxes: tuple[Box, ...] = ()
    lines: tuple[Line, ...] = field(default=())


def star(school: str, ties: list[Tie], *, width: float = 720.0) -> Drawing:
    """The school in the middle, its groupings left and right of it along an ellipse."""
    side = (width - 2 * GAP) * 0.34
    right, left = ties[0::2], ties[1::2]
    columns = [
        [_sized(tie, side) for tie in right],
        [_sized(tie, side) for tie in left],
    ]
    height = max([_stack_height(column) for column in columns] + [150.0]) + 2 * GAP
    centre = _centre(school, width=width * 0.2, x=width / 2, y=height / 2)
    boxes = [
        *_column(columns[0], width=width, height=height, to_the_right=True),
        *_column(columns[1], width=width, height=height, to_the_right=False),
    ]
    lines = tuple(_spoke(centre, box) for box in boxes)
    return Drawing(width, height, centre, _in_turn(boxes, len(right)), lines)


def trunk(school: str, ties: list[Tie], *, width: float = 300.0) -> Drawing:
    """The school on top, its groupings beneath each other on a trunk; for narrow screens."""
    centre = _placed(_words(school, (), (), width - 2 * PAD), 0, 0, width, "")
    stem, indent = 12.0, 34.0
    y = centre.height + GAP
    boxes, lines = [], []
    for tie in ties:
        box = _placed(_tie_rows(tie, width - indent - 2 * PAD), indent, y, width - indent, tie.bond)
        boxes.append(box)
        middle = box.y + box.height / 2
        lines.append(Line(stem, middle, indent, middle, tie.bond))
        y += box.height + GAP
    if lines:
        lines.insert(0, Line(stem, centre.height, stem, lines[-1].y1, "stem"))
    return Drawing(width, y, centre, tuple(boxes), tuple(lines))


def _in_turn(boxes: list[Box], n_right: int) -> tuple[Box, ...]:
    """The boxes in the order of the ties, which go right and left in turn."""
    right, left = boxes[:n_right], boxes[n_right:]
    turns = [right[i // 2] if i % 2 == 0 else left[i // 2] for i in range(len(boxes))]
    return tuple(turns)


def _sized(tie: Tie, width: float) -> Box:
    return _placed(_tie_rows(tie, width - 2 * PAD), 0, 0, width, tie.bond)


def _tie_rows(tie: Tie, width: float) -> list[tuple[str, str]]:
    return _words(tie.kind, [tie.name] if tie.name else [], [tie.others], width)


def _words(
    strong: str, plain: Sequence[str], faint: Sequence[str], width: float
) -> list[tuple[str, str]]:
    """Lines of text with the look of each: the kind, the name, the others."""
    parted = [("strong", strong, 3), *(("plain", text, 3) for text in plain)]
    parted += [("faint", text, 4) for text in faint if text]
    return [
        (line, look)
        for look, text, most in parted
        for line in lines_of(text, size=FONT * 1.06, width=width, most=most)
    ]


def _placed(rows: list[tuple[str, str]], x: float, y: float, width: float, bond: str) -> Box:
    height = len(rows) * LINE + 2 * PAD
    texts = tuple(
        Row(text, y + PAD + LINE * (place + 0.76), look) for place, (text, look) in enumerate(rows)
    )
    return Box(x, y, width, height, texts, bond)


def _moved(box: Box, x: float, y: float) -> Box:
    rows = tuple(Row(row.text, row.y + y - box.y, row.look) for row in box.rows)
    return Box(x, y, box.width, box.height, rows, box.bond)


def _centre(school: str, *, width: float, x: float, y: float) -> Box:
    box = _placed(_words(school, (), (), width - 2 * PAD), 0, 0, width, "")
    return _moved(box, x - width / 2, y - box.height / 2)


def _stack_height(column: list[Box]) -> float:
    return sum(box.height for box in column) + GAP * max(0, len(column) - 1)


def _column(column: list[Box], *, width: float, height: float, to_the_right: bool) -> list[Box]:
    """The boxes of one side from the top down, spread over the height, bent along an ellipse."""
    if not column:
        return []
    spare = (height - 2 * GAP - _stack_height(column)) / (len(column) + 1)
    y, placed = GAP + spare, []
    for box in column:
        inwards = _bend(y + box.height / 2, height) * width * 0.07
        x = width - GAP - box.width - inwards if to_the_right else GAP + inwards
        placed.append(_moved(box, x, y))
        y += box.height + GAP + spare
    return placed


def _bend(y: float, height: float) -> float:
    """0 at mid height, towards 1 at top and bottom."""
    away = abs(y - height / 2) / (height / 2)
    return 1 - math.sqrt(1 - min(away, 1.0) ** 2)


def _spoke(centre: Box, box: Box) -> Line:
    """From the middle of the school to the nearer edge of the box."""
    is_right = box.x > centre.x
    return Line(
        centre.x + centre.width / 2,
        centre.y + centre.height / 2,
        box.x if is_right else box.x + box.width,
        box.y + box.height / 2,
        box.bond,
    )
