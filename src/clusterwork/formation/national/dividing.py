"""The map cut into regions of about equal weight, and a number of clusters for each."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from clusterwork.formation.locked import Ints
from clusterwork.formation.policy import Range

Floats = NDArray[np.float64]


def divide(places: Floats, weights: Floats, most: float, turn: float = 0.0) -> list[Ints]:
    """Rows of `places` (m, 2) in regions of at most `most` weight each, by halving what is too
    heavy across its longer side. `turn`: by how much the map is turned first, in radians."""
    around = np.array([[math.cos(turn), -math.sin(turn)], [math.sin(turn), math.cos(turn)]])
    return _halved(places @ around, weights, np.arange(len(places)), most)


def _halved(places: Floats, weights: Floats, rows: Ints, most: float) -> list[Ints]:
    if weights[rows].sum() <= most or len(rows) < 2:
        return [rows] if len(rows) else []
    here = places[rows]
    axis = int(np.argmax(here.max(axis=0) - here.min(axis=0)))
    rows = rows[np.argsort(here[:, axis], kind="stable")]
    summed = np.cumsum(weights[rows])
    middle = int(np.searchsorted(summed, summed[-1] / 2.0))
    middle = min(max(1, middle + 1), len(rows) - 1)
    return [
        *_halved(places, weights, rows[:middle], most),
        *_halved(places, weights, rows[middle:], most),
    ]


def shares(
    wanted: Sequence[float], sizes: Sequence[int], size: Range, count: Range
) -> list[int] | None:
    """How many clusters each region gets: near to `wanted`, all together within `count`, and such
    that the region's schools (`sizes`) make clusters of a size within `size`; None if there is
    no such way."""
    low = np.array([math.ceil(n / size[1]) for n in sizes], dtype=np.int64)
    high = np.array([n // size[0] for n in sizes], dtype=np.int64)
    if low.sum() > count[1] or high.sum() < count[0] or (high < low).any():
        return None
    ends = np.round(np.cumsum(wanted)).astype(np.int64)
    given = np.clip(np.diff(ends, prepend=0), low, high)
    most = min(count[1], int(high.sum()))
    total = min(max(int(given.sum()), count[0], int(low.sum())), most)
    return [int(k) for k in _mended(given, low, high, total)]


def _mended(given: Ints, low: Ints, high: Ints, wanted: int) -> Ints:
    """One up or down wherever there is room, until the sum is right."""
    step = 1 if given.sum() < wanted else -1
    while given.sum() != wanted:
        room = np.flatnonzero(given < high if step > 0 else given > low)
        given[room[: abs(wanted - int(given.sum()))]] += step
    return given


def kinds_of(keys: Ints, places: Floats) -> list[NDArray[np.bool_]]:
    """Rows of equal `keys` (m, k). Who has -1 somewhere goes with the nearest of those whose keys
    are all known and the same as its own known ones."""
    keys = keys.copy()
    known = np.flatnonzero((keys >= 0).all(axis=1))
    for row in np.flatnonzero((keys < 0).any(axis=1)):
        own = keys[row] >= 0
        like = known[(keys[known][:, own] == keys[row][own]).all(axis=1)]
        if len(like):
            away = np.hypot(*(places[like] - places[row]).T)
            keys[row] = keys[like[int(away.argmin())]]
    kinds, which = np.unique(keys, axis=0, return_inverse=True)
    return [which.ravel() == kind for kind in range(len(kinds))]
