"""Events on a time line below a plot: one lane a kind, rows where words would meet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clusterwork.charts.key import point_look
from clusterwork.charts.lettering import BOLD, LINE, SIZE, width_of, wrapped
from clusterwork.charts.palette import EVENT_SHAPES, GRID, INK, Look
from clusterwork.charts.sheet import Sheet

ROW = 24
HALF_MARK = 8


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened: when, in a few words, and of what kind ("Inspections")."""

    x: float
    label: str
    kind: str


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an event stands: across, in which row, and where its words begin and end."""

    event: Event
    at: float
    row: int
    words: list[str]
    align: str


def add_time_line(sheet: Sheet, events: Sequence[Event]) -> None:
    """Draws the lanes below all that stands below the plot already."""
    for number, kind in enumerate(dict.fromkeys(event.kind for event in events)):
        shape = EVENT_SHAPES[number % len(EVENT_SHAPES)]
        _add_lane(sheet, kind, shape, [each for each in events if each.kind == kind])


def _add_lane(sheet: Sheet, kind: str, shape: str, events: Sequence[Event]) -> None:
    top = sheet.height + sheet.below + 6
    heading = wrapped(kind, sheet.width / BOLD)
    sheet.add(
        "rule", [{}], x=-sheet.left, x2=sheet.plot_width, y=top, y2=top, color=GRID, strokeWidth=1
    )
    sheet.write(heading, -sheet.left, top + 14, fontWeight="bold")
    top += 14 + len(heading) * LINE
    spots = _spots(sheet, events)
    heights = _heights(spots)
    look = Look(INK, shape, filled=shape in ("diamond", "triangle-down"))
    for spot in spots:
        y = top + sum(heights[: spot.row])
        sheet.add("point", [{"x": spot.event.x}], x="x", y=y, **point_look(look))
        beside = HALF_MARK + 2 if spot.align == "left" else -HALF_MARK - 2
        sheet.write(spot.words, spot.at + beside, y, align=spot.align, fontSize=SIZE)
    sheet.below = top + sum(heights) - sheet.height


def _heights(spots: Sequence[Spot]) -> list[float]:
    n_rows = max(spot.row for spot in spots) + 1
    return [
        ROW + LINE * (max(len(spot.words) for spot in spots if spot.row == row) - 1)
        for row in range(n_rows)
    ]


def _spots(sheet: Sheet, events: Sequence[Event]) -> list[Spot]:
    """Each event in the first row where its words meet nobody's."""
    ends: list[list[tuple[float, float]]] = []
    spots = []
    for event in sorted(events, key=lambda each: each.x):
        at = sheet.across(event.x)
        align, words = _words(sheet, event.label, at)
        long = max(width_of(line) for line in words) + HALF_MARK + 8
        taken = (at - HALF_MARK, at + long) if align == "left" else (at - long, at + HALF_MARK)
        row = _first_free(ends, taken)
        ends[row].append(taken)
        spots.append(Spot(event, at, row, words, align))
    return spots


def _words(sheet: Sheet, label: str, at: float) -> tuple[str, list[str]]:
    """To the right of the mark where there is room, else on the roomier side, in lines."""
    right, left = sheet.plot_width + sheet.right - at - 14, at + sheet.left - 14
    if width_of(label) <= right or right >= left:
        return "left", wrapped(label, right)
    return "right", wrapped(label, left)


def _first_free(rows: list[list[tuple[float, float]]], taken: tuple[float, float]) -> int:
    for number, row in enumerate(rows):
        if all(taken[0] >= end or taken[1] <= start for start, end in row):
            return number
    rows.append([])
    return len(rows) - 1
