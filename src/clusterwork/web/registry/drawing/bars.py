"""A small chart of one figure by year: a bar a year, its value written above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

BAR, GAP = 44.0, 14.0
HEIGHT, TOP, FOOT = 120.0, 20.0, 24.0
MOST_YEARS = 10


@dataclass(frozen=True)
class Bar:
    """One year: the rectangle, and the middle under which the year stands."""

    year: int
    value: float
    x: float
    y: float
    height: float
    middle: float


@dataclass(frozen=True)
class Bars:
    """A picture of `width` by `height` units whose bars stand on `ground`."""

    width: float
    height: float
    ground: float
    bars: tuple[Bar, ...]
    bar_width: float = BAR


def bars_of(values: Sequence[tuple[int, float | None]]) -> Bars | None:
    """The values of the latest ten years, from zero up; None with fewer than two of them.

    A year without a value keeps its place, so that equal steps are equal times.
    """
    known = [(year, value) for year, value in values if value is not None]
    known = [(year, value) for year, value in known if year > known[-1][0] - MOST_YEARS]
    if len(known) < 2:
        return None
    first, last = known[0][0], known[-1][0]
    tallest = max(value for _, value in known) or 1.0
    ground = TOP + HEIGHT
    return Bars(
        width=(last - first + 1) * (BAR + GAP) + GAP,
        height=ground + FOOT,
        ground=ground,
        bars=tuple(_bar(year - first, year, value, tallest, ground) for year, value in known),
    )


def _bar(place: int, year: int, value: float, tallest: float, ground: float) -> Bar:
    height = HEIGHT * value / tallest
    x = GAP + place * (BAR + GAP)
    return Bar(year, value, x, ground - height, height, x + BAR / 2)
