"""How far round a barrier the way is: estuaries, rivers and ridges as lines; knows no schools."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Barrier = tuple[tuple[float, float], ...]
"""A line of two or more points (easting, northing) in metres. It can be passed at its two ends
only; where it is closed, at the one point where it begins and ends."""

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def go_round(places: Floats, straight: Floats, barriers: Sequence[Barrier]) -> Floats:
    """(n, n) metres between places (n, 2) that keep to the right side of every barrier.

    A pair whose straight line crosses a barrier goes by its nearer end, from there straight on;
    across several barriers by the longest of these ways.
    """
    far = straight
    for barrier in barriers:
        line = np.array(barrier, dtype=float)
        crossed = _crossed(places, line)
        far = np.where(crossed, np.maximum(far, _by_an_end(places, line)), far)
    return far


def _by_an_end(places: Floats, line: Floats) -> Floats:
    """(n, n) metres by the nearer of the two ends."""
    ways = []
    for end in (line[0], line[-1]):
        to_end = np.hypot(*(places - end).T)
        ways.append(to_end[:, None] + to_end[None, :])
    return np.asarray(np.minimum(*ways), dtype=float)


def _crossed(places: Floats, line: Floats) -> Flags:
    """(n, n) True where the straight line between two places crosses the barrier.

    A place on the barrier has both sides; to pass through one of its inner points is to cross.
    """
    crossed = np.zeros((len(places), len(places)), dtype=bool)
    for start, end in _pieces(line):
        sides = np.sign(_turn(end - start, places - start))
        one, two = np.flatnonzero(sides > 0), np.flatnonzero(sides < 0)
        if len(one) and len(two):
            found = _between(places[one], places[two], start, end)
            crossed[np.ix_(one, two)] |= found
            crossed[np.ix_(two, one)] |= found.T
    return crossed


def _pieces(line: Floats) -> Iterator[tuple[Floats, Floats]]:
    yield from pairwise(line)


def _between(one: Floats, two: Floats, start: Floats, end: Floats) -> Flags:
    """(p, q) True where the way from one[p] to two[q] has start and end on different sides."""
    way = two[None, :, :] - one[:, None, :]
    first = _turn(way, start - one[:, None, :])
    second = _turn(way, end - one[:, None, :])
    return np.asarray(np.sign(first) * np.sign(second) <= 0)


def _turn(one: Floats, other: Floats) -> Floats:
    """Above 0 where `other` lies to the left of `one`, 0 where both point the same way."""
    return np.asarray(one[..., 0] * other[..., 1] - one[..., 1] * other[..., 0])
