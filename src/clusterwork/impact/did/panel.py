"""A panel as matrices: units in rows by start and label, times in columns."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class LeftOut:
    """What was not used, as counts.

    rows: without a figure. unseen: units without any figure. always: units that had started
    before the first time. later: units that start after the last time and count as never started.
    partly: units not seen at every time, where only whole ones were wanted. constant: covariates
    that are combinations of others.
    """

    rows: int = 0
    unseen: int = 0
    always: int = 0
    later: int = 0
    partly: int = 0
    collinear: tuple[str, ...] = ()


@dataclass(frozen=True)
class Panel:
    """n units by T times.

    outcome: n x T, NaN where a unit was not seen. times: T, rising. start: n, rising, infinite for
    never. units: labels, sorted within a start. cluster: n, the place of the unit's cluster among
    the labels `clusters`. weight: n x T, or None where all count the same. covariates: n x T x p,
    centred and scaled, NaN where unknown.
    """

    outcome: Floats = field(repr=False)
    times: Floats
    start: Floats = field(repr=False)
    units: tuple[str, ...] = field(repr=False)
    cluster: Ints = field(repr=False)
    clusters: tuple[str, ...] = field(repr=False)
    weight: Floats | None = field(repr=False)
    covariates: Floats = field(repr=False)
    names: tuple[str, ...]
    left_out: LeftOut

    @cached_property
    def groups(self) -> Floats:
        """The different starts, rising, without never."""
        return different(self.start[np.isfinite(self.start)])

    @cached_property
    def seen(self) -> Bools:
        """n x T: whether a unit has a figure at a time."""
        return ~np.isnan(self.outcome)

    @cached_property
    def whole(self) -> bool:
        """Whether every unit was seen at every time."""
        return bool(self.seen.all())

    @cached_property
    def own(self) -> bool:
        """Whether every unit is a cluster of its own."""
        return len(self.clusters) == len(self.units)

    @cached_property
    def steady(self) -> bool:
        """Whether covariates and weights are known at every time and never change."""
        return _steady(self.covariates) and (self.weight is None or _steady(self.weight))

    @cached_property
    def unit_weight(self) -> Floats:
        """n: the first weight of each unit; it tells how much its group counts."""
        if self.weight is None:
            return np.ones(len(self.units))
        first = self.seen.argmax(axis=1)
        return np.asarray(self.weight[np.arange(len(first)), first])

    def rows_of(self, group: float) -> slice:
        """The units that started then, which stand together."""
        first, after = np.searchsorted(self.start, [group, np.nextafter(group, np.inf)])
        return slice(int(first), int(after))

    def rows_after(self, limit: float) -> slice:
        """The units that start after a time, or never."""
        return slice(int(np.searchsorted(self.start, limit, side="right")), len(self.start))

    @cached_property
    def never(self) -> slice:
        """The units that never start."""
        return slice(int(np.searchsorted(self.start, np.inf)), len(self.start))

    def by_cluster(self, rows: slice | Ints, values: Floats) -> Floats:
        """The values of some units, summed by cluster: as many as there are clusters."""
        summed = np.zeros(len(self.clusters))
        self.add(summed, rows, values)
        return summed

    def add(self, summed: Floats, rows: slice | Ints, values: Floats) -> None:
        """Adds values of some units, none twice, to sums by cluster."""
        if self.own:
            summed[self.cluster[rows]] += values
        else:
            summed += np.bincount(self.cluster[rows], values, len(summed))

    def hashed(self) -> str:
        """SHA-256 of figures, times, starts, clusters, weights, covariates and labels."""
        told = hashlib.sha256("\n".join((*self.units, *self.clusters, *self.names)).encode())
        for part in (self.outcome, self.times, self.start, self.cluster, self.covariates):
            told.update(np.ascontiguousarray(part).tobytes())
        if self.weight is not None:
            told.update(np.ascontiguousarray(self.weight).tobytes())
        return told.hexdigest()


def different(values: NDArray[Any]) -> NDArray[Any]:
    """The different values, sorted; `numpy.unique` loads a good deal more than this."""
    ordered = np.sort(values, axis=None)
    first = np.ones(len(ordered), dtype=bool)
    first[1:] = ordered[1:] != ordered[:-1]
    return ordered[first]


def _steady(values: Floats) -> bool:
    return bool((values == values[:, :1]).all())
