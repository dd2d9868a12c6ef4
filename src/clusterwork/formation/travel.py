"""Kilometres and minutes between schools as matrices; knows no rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from clusterwork.formation.barriers import Barrier, go_round
from clusterwork.formation.instance import School

Matrix = NDArray[np.float64]


def kilometres(
    schools: Sequence[School], circuity: float, barriers: Sequence[Barrier] = ()
) -> Matrix:
    """(n, n) km by road as estimated: circuity times the straight line between grid positions,
    or times the way round where a barrier lies across it."""
    east = np.array([school.easting for school in schools], dtype=float)
    north = np.array([school.northing for school in schools], dtype=float)
    straight = np.hypot(east[:, None] - east[None, :], north[:, None] - north[None, :])
    if barriers:
        straight = go_round(np.stack([east, north], axis=1), straight, barriers)
    return np.asarray(circuity * straight / 1000.0, dtype=float)


def estimated_minutes(km: Matrix, speed_kmh: float) -> Matrix:
    """(n, n) minutes for `km` at one speed."""
    return np.asarray(km / speed_kmh * 60.0, dtype=float)


def given_minutes(
    schools: Sequence[School],
    minutes: Mapping[tuple[str, str], float],
    estimate: Matrix,
) -> tuple[Matrix, int]:
    """(n, n) minutes [from, to] of a routing engine, and how many pairs had to be estimated.

    A pair given one way only counts both ways; a pair not given at all takes the estimate.
    """
    index = {school.id: i for i, school in enumerate(schools)}
    known = np.full(estimate.shape, np.nan)
    for (origin, target), value in minutes.items():
        i, j = index.get(origin), index.get(target)
        if i is not None and j is not None:
            known[i, j] = value
    known = np.where(np.isnan(known), known.T, known)
    np.fill_diagonal(known, 0.0)
    missing = np.isnan(known)
    return np.where(missing, estimate, known), int(np.triu(missing).sum())


def worse_way(minutes: Matrix) -> Matrix:
    """(n, n) symmetric: the longer of the two directions."""
    return np.maximum(minutes, minutes.T)
