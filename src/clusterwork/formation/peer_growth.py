"""Grow sets of units whose pairs have a price, each once, as far as the price can stay low.

A cluster is grown by one unit at a time. Let it have t units, the price c of each pair of them
and the price a of each; k of its units are worth f = (t - 1) / (k - 1) * (their pairs) + (their
own). Averaged over all k of its units that is k / t of what the whole costs; so taking away the
unit that costs most, again and again, never leaves more than that share. Whatever costs at most
the limit is therefore reached through sets below their share, each from one set only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clusterwork.formation.columns import TOLERANCE, Floats
from clusterwork.formation.model import Ints

CELLS = 1_000_000
"""Sets grown at one time times units: what fits the processor's cache."""

GRAIN = 1e-7
"""Share of the prices by which units that cost the same are told apart."""

SAME = 1e-5


@dataclass(frozen=True)
class Shape:
    """Clusters of one number of units. pairs: (units, units), infinite for foes; own: (units,).

    limits: by number of units, what a cluster may cost, missing where it is none yet. shares: by
    number of units, what a set may be worth. size: schools wanted, 0 for any. longest: (units,
    units) the price of a journey, of which a cluster pays the largest; None: nothing.
    """

    pairs: Floats
    own: Floats
    limits: dict[int, float]
    shares: dict[int, float]
    factor: float
    size: int = 0
    longest: Floats | None = None

    @property
    def last(self) -> int:
        return max(self.limits)

    def scale(self, k: int) -> float:
        """How much pairs count in a set of k units."""
        return self.factor / (k - 1)


@dataclass
class _Sets:
    """m sets of k units. sums: (parents, units) what each unit's pairs with the members of a
    parent cost; parent: (m,) row there, of the set without its last unit; shares: (m, k) what
    each member's pairs cost; pairs, own, size: (m,) of all together; far: (m,) price of the
    longest journey."""

    sums: Floats
    parent: Ints
    units: Ints
    shares: Floats
    pairs: Floats
    own: Floats
    size: Ints
    far: Floats

    def take(self, at: Ints | NDArray[np.bool_] | slice) -> _Sets:
        return _Sets(
            self.sums,
            self.parent[at],
            self.units[at],
            self.shares[at],
            self.pairs[at],
            self.own[at],
            self.size[at],
            self.far[at],
        )


def _largest(prices: Floats) -> float:
    """The largest amount among those that are finite."""
    return float(np.abs(prices).max(initial=0.0, where=np.isfinite(prices)))


class Growth:
    """Grows the clusters of one shape, depth first in chunks, each from the set without the unit
    that costs most."""

    def __init__(
        self,
        shape: Shape,
        weight: Ints,
        most: int,
        stop: Callable[[], bool],
        beyond: Callable[[Ints], Floats] | None = None,
    ) -> None:
        """weight: (units,) schools of each; beyond: what clusters (m, k) cost besides, at least
        nothing."""
        self.shape, self.weight, self.most, self.stop = shape, weight, most, stop
        self.beyond = beyond
        self.grain = GRAIN * max(1.0, _largest(shape.own), _largest(shape.pairs))
        self.tie = self.grain * np.arange(len(weight)) / len(weight)
        self.spare = self.grain * (shape.last + 1)
        self.found: list[Ints] = []
        self.slack: list[Floats] = []
        self.n_found = 0

    def run(self) -> bool:
        """Fill `found` and `slack`; False if stopped or more than `most` were found."""
        stack = self._offered(self._single())
        if self.shape.last > 1:
            stack = self._offered(self._twos())
        while stack:
            if self.stop() or self.n_found > self.most:
                return False
            sets = stack.pop()
            step = max(1, CELLS // len(self.weight))
            if len(sets.pairs) > step:
                stack.append(sets.take(slice(step, None)))
                sets = sets.take(slice(step))
            stack.extend(self._offered(self._grown(sets)))
        return self.n_found <= self.most

    def _offered(self, sets: _Sets) -> list[_Sets]:
        """Note the clusters among these; what can be grown further."""
        k = sets.units.shape[1]
        if k in self.shape.limits:
            cost = sets.own + (sets.pairs * self.shape.scale(k) if k > 1 else 0.0)
            self._note(sets.units, self.shape.limits[k] - cost - sets.far)
        return [sets] if k < self.shape.last and len(sets.pairs) else []

    def _note(self, units: Ints, room: Floats) -> None:
        """Keep those with room left."""
        done = room >= -TOLERANCE
        units, room = units[done], room[done]
        if self.beyond is not None and len(units):
            room = room - self.beyond(units)
            units, room = units[room >= -TOLERANCE], room[room >= -TOLERANCE]
        self.found.append(units)
        self.slack.append(room)
        self.n_found += len(units)

    def _single(self) -> _Sets:
        at = np.flatnonzero(np.isfinite(self.shape.own) & self._fitting(self.weight, 1))
        nothing = np.zeros(len(at))
        own, size = self.shape.own[at], self.weight[at]
        sums = np.zeros((0, len(self.weight)))
        far = nothing if self.shape.longest is None else self.shape.longest[at, at]
        return _Sets(sums, at, at[:, None], nothing[:, None], nothing, own, size, far)

    def _fitting(self, size: Ints, k: int) -> NDArray[np.bool_]:
        """Can sets of k units and so many schools still have the size wanted?"""
        if not self.shape.size:
            return np.ones(len(size), dtype=bool)
        missing, left = self.shape.size - size, self.shape.last - k
        least, most = left * self.weight.min(), left * self.weight.max()
        return np.asarray((missing >= least) & (missing <= most))

    def _twos(self) -> _Sets:
        shape, own = self.shape, self.shape.own
        value = shape.pairs * shape.scale(2) + own[:, None] + own[None, :]
        one, two = np.nonzero(np.triu(value <= shape.shares[2] + self.spare, 1))
        pairs, units = shape.pairs[one, two], np.stack([one, two], axis=1)
        size = self.weight[one] + self.weight[two]
        shares = np.stack([pairs, pairs], axis=1)
        far = np.zeros(len(one))
        if shape.longest is not None:
            far = np.maximum(shape.longest[one, two], shape.longest[one, one])
            far = np.maximum(far, shape.longest[two, two])
        sets = _Sets(shape.pairs, one, units, shares, pairs, own[one] + own[two], size, far)
        return self._near(sets.take(self._fitting(size, 2)))

    def _near(self, sets: _Sets) -> _Sets:
        """Those that are still worth growing with the longest journey that they have now."""
        if self.shape.longest is None:
            return sets
        k, shape = sets.units.shape[1], self.shape
        worth = sets.pairs * shape.scale(k) + sets.own + sets.far * (k / shape.last)
        return sets.take(worth <= shape.shares[k] + self.spare)

    def _grown(self, sets: _Sets) -> _Sets:
        """Each set with each unit that costs more in it than any member, and not too much."""
        shape, k = self.shape, sets.units.shape[1]
        sums = sets.sums[sets.parent]
        sums += shape.pairs[sets.units[:, -1]]
        scale = shape.scale(k + 1)
        room = (shape.shares[k + 1] + self.spare - sets.own) / scale - sets.pairs
        of, unit = np.nonzero(sums + shape.own / scale <= room[:, None])
        size = sets.size[of] + self.weight[unit]
        fits = self._fitting(size, k + 1)
        of, unit, size = of[fits], unit[fits], size[fits]
        units = np.concatenate([sets.units[of], unit[:, None]], axis=1)
        shares = np.concatenate(
            [sets.shares[of] + shape.pairs[sets.units[of], unit[:, None]], sums[of, unit][:, None]],
            axis=1,
        )
        costly = shares * shape.scale(k) + (shape.own + self.tie)[units]
        last = costly[:, -1] >= costly.max(axis=1, initial=-np.inf) - SAME * self.grain
        of, units, shares, size = of[last], units[last], shares[last], size[last]
        pairs, own = sets.pairs[of] + shares[:, -1], sets.own[of] + shape.own[units[:, -1]]
        far = self._far(sets.far[of], units)
        return self._near(_Sets(sums, of, units, shares, pairs, own, size, far))

    def _far(self, before: Floats, units: Ints) -> Floats:
        """The price of the longest journey, now with those of the last unit."""
        if self.shape.longest is None:
            return before
        last = self.shape.longest[units, units[:, -1:]].max(axis=1, initial=0.0)
        return np.asarray(np.maximum(before, last))
