"""Who could be with whom by travel limit, authority and language; never fewer than truly could."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from clusterwork.formation.locked import Ints
from clusterwork.formation.national.whole import Members, Whole

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
SLACK = 1e-6
"""Kilometres and minutes are rounded: a share by which the reach is taken longer."""


class Reach:
    """Circles around schools. Barriers, which only lengthen ways, are left out."""

    def __init__(self, whole: Whole) -> None:
        self.whole = whole
        policy = whole.policy
        metres = policy.limit_minutes * policy.speed_kmh / 60.0 * 1000.0 / policy.circuity
        self.by_hub = policy.limit_to == "hub"
        self.metres = (1.0 + SLACK) * metres * (2.0 if self.by_hub else 1.0)
        """How far apart two schools of one cluster can be, without given minutes."""

        self.given = whole.instance.minutes is not None

    @property
    def limits(self) -> bool:
        """Whether any rule keeps pairs of schools apart for where or what they are."""
        policy = self.whole.policy
        return policy.limit_minutes > 0 or policy.keeps_authority or policy.keeps_medium

    def n_companions(self, among: Flags) -> Ints:
        """(n,) how many of these schools could at most be with each, itself included."""
        found = np.zeros(self.whole.n, dtype=np.int64)
        for mine, others in self._kinds():
            found[mine] = self._n_near(mine, others[among[others]])
        return found + self._n_given() if self.given and self.whole.policy.limit_minutes else found

    def companions(self, i: int) -> Members:
        """Every school that could be with school i, itself included."""
        able = self._able(self.whole.authority, self.whole.policy.keeps_authority, i)
        able &= self._able(self.whole.medium, self.whole.policy.keeps_medium, i)
        near = self._near([i])
        if self.by_hub and self.given:
            near = self._near([int(k) for k in np.flatnonzero(near)])
        return tuple(int(k) for k in np.flatnonzero(able & near))

    def _near(self, middles: Sequence[int]) -> Flags:
        """(n,) who can be reached from one of these schools."""
        policy, whole = self.whole.policy, self.whole
        if not policy.limit_minutes:
            return np.ones(whole.n, dtype=bool)
        near = np.zeros(whole.n, dtype=bool)
        for i in middles:
            near |= np.hypot(*(whole.places - whole.places[i]).T) <= self.metres
            near[self._given_with(i)] = True
        return near

    def _given_with(self, i: int) -> list[int]:
        """Schools whose minutes from or to this one are given."""
        return sorted(self._given_pairs.get(i, ()))

    @property
    def _given_pairs(self) -> dict[int, set[int]]:
        if not hasattr(self, "_kept"):
            index = self.whole.index
            kept: dict[int, set[int]] = {}
            for a, b in self.whole.instance.minutes or ():
                if a in index and b in index and a != b:
                    kept.setdefault(index[a], set()).add(index[b])
                    kept.setdefault(index[b], set()).add(index[a])
            self._kept = kept
        return self._kept

    def _n_given(self) -> Ints:
        pairs = self._given_pairs
        if self.by_hub and pairs:  # a hub may bring together who are far apart
            return np.full(self.whole.n, self.whole.n, dtype=np.int64)
        return np.array([len(pairs.get(i, ())) for i in range(self.whole.n)], dtype=np.int64)

    def _able(self, kind: Ints, asked: bool, i: int) -> Flags:
        if not asked or kind[i] < 0:
            return np.ones(self.whole.n, dtype=bool)
        return np.asarray((kind < 0) | (kind == kind[i]))

    def _kinds(self) -> Iterator[tuple[Ints, Ints]]:
        """Schools of one authority and language, and all that the rules let be with them."""
        whole, policy = self.whole, self.whole.policy
        nobody = np.full(whole.n, -1)
        keys = np.stack(
            [
                whole.authority if policy.keeps_authority else nobody,
                whole.medium if policy.keeps_medium else nobody,
            ],
            axis=1,
        )
        for kind in np.unique(keys, axis=0):
            mine = np.flatnonzero((keys == kind).all(axis=1))
            fits = ((keys == kind) | (keys < 0) | (kind < 0)).all(axis=1)
            yield mine, np.flatnonzero(fits)

    def _n_near(self, mine: Ints, others: Ints) -> Ints:
        places = self.whole.places
        if not self.whole.policy.limit_minutes:
            return np.full(len(mine), len(others), dtype=np.int64)
        if not len(others):
            return np.zeros(len(mine), dtype=np.int64)
        tree = cKDTree(places[others])
        return np.asarray(tree.query_ball_point(places[mine], self.metres, return_length=True))
