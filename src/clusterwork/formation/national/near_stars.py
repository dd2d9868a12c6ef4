"""For each hub the members that could be worth most to it, found in trees instead of a matrix."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from clusterwork.formation.locked import Ints
from clusterwork.formation.national.distance import Distance
from clusterwork.formation.national.whole import Whole
from clusterwork.formation.star_costs import scaled

Floats = NDArray[np.float64]
LEVELS = 15
"""Levels of price. A dear school is worth a long way, a cheap one a short way: among schools of
about one price the nearest are the best."""

STEP = 1.45
"""From one level to the next, by which a price may differ in it."""

NEAREST = 16
"""Members looked at for each hub on each level."""

BEST = 40
"""Members listed in the end for each hub."""

LOOSE = 0.02
"""The share of hubs for which the lists may be too short: the bound holds, but is lower."""


@dataclass(frozen=True)
class LevelStars:
    """who, cost: (n, t) as in `Stars`. level: (n,) of each school. An unlisted member of level l
    has at hub h cost minus dual of at least `beyond[h, l]` at the duals `at` (n,)."""

    who: Ints
    cost: Floats
    level: Ints
    beyond: Floats
    at: Floats

    def unseen(self, duals: Floats, factor: float = 1.0, share: float = 1.0) -> Floats:
        """As in `Stars`."""
        rise = np.full(self.beyond.shape[1], -np.inf)
        np.maximum.at(rise, self.level, duals - self.at)
        return np.asarray((scaled(self.beyond, factor) - share * rise).min(axis=1))


class _Nearest(NamedTuple):
    """who, metres: (n, k) the nearest schools of one level; far: (n,) least cost of the others."""

    who: Ints
    metres: Floats
    far: Floats


class Neighbours:
    """Lists stars at any duals."""

    def __init__(self, whole: Whole, distance: Distance, *, mean: bool) -> None:
        """`mean`: costs are the mean travel of both ways, without weights (peers)."""
        self.whole, self.distance, self.mean = whole, distance, mean
        weights = whole.policy.weights
        self.factor = 1.0
        if not mean:
            self.factor = weights.travel + weights.worst / max(1, _high(whole) - 1)
        self.half, self.last, self.following = self._gains()
        self.wide: LevelStars | None = None
        self.nearest = _at_least(NEAREST, whole)
        self.kept = _at_least(BEST, whole)
        self.needed = min(_high(whole), self.kept) - 1

    def at(self, duals: Floats) -> LevelStars:
        """The stars that are best at these duals, for others not far from them."""
        stars = self._best_of(self.wide, duals) if self.wide is not None else None
        if stars is None:
            self.wide = self.at_any(duals)
            stars = self._best_of(self.wide, duals, 1.0)
        assert stars is not None  # noqa: S101 - no share is above 1
        return stars

    def at_any(self, scale: Floats) -> LevelStars:
        """All members looked at, whatever their prices; levels by `scale` (n,) and by what a
        school can keep besides the hub, which `beyond` leaves out."""
        level = _levels(scale + self.half)
        lists = [self._nearest(np.flatnonzero(level == one)) for one in range(level.max() + 1)]
        who = np.concatenate([each.who for each in lists], axis=1)
        metres = np.concatenate([each.metres for each in lists], axis=1)
        far = np.stack([each.far for each in lists], axis=1)
        if self.whole.gain.nnz:
            more = self._partners(who)
            hubs = np.broadcast_to(np.arange(self.whole.n)[:, None], more.shape)
            metres = np.concatenate([metres, self.distance.metres(hubs, more)], axis=1)
            who = np.concatenate([who, more], axis=1)
            far = far if self.mean else far - self.unlisted_gain(who)[:, None]
        return LevelStars(who, self._costs(who, metres), level, far, np.zeros(self.whole.n))

    def _best_of(self, wide: LevelStars, duals: Floats, loose: float = LOOSE) -> LevelStars | None:
        """The best listed there; None if another could be better at more hubs than `loose`."""
        red = wide.cost - duals[wide.who]
        dearest = np.zeros(wide.beyond.shape[1])
        np.maximum.at(dearest, wide.level, duals + self.half)
        beyond = wide.beyond - dearest
        if wide.who.shape[1] <= self.kept:
            return LevelStars(wide.who, wide.cost, wide.level, beyond, duals.copy())
        order = np.argpartition(red, self.kept, axis=1)
        kept, dropped = order[:, : self.kept], order[:, self.kept :]
        last = np.partition(np.take_along_axis(red, kept, axis=1), self.needed, axis=1)
        if (beyond.min(axis=1) < last[:, self.needed]).mean() > loose:
            return None
        rows = np.broadcast_to(np.arange(self.whole.n)[:, None], dropped.shape)
        levels = wide.level[np.take_along_axis(wide.who, dropped, axis=1)]
        np.minimum.at(beyond, (rows, levels), np.take_along_axis(red, dropped, axis=1))
        who = np.take_along_axis(wide.who, kept, axis=1)
        cost = np.take_along_axis(wide.cost, kept, axis=1)
        return LevelStars(who, cost, wide.level, beyond, duals.copy())

    def mean_cost(self, k: int) -> Floats:
        """(n,) mean cost, by the straight line, of the k schools nearest to each."""
        if self.whole.n < 2:
            return np.zeros(self.whole.n)
        metres, _ = cKDTree(self.whole.places).query(self.whole.places, k=k + 1)
        mean = metres.reshape(self.whole.n, -1)[:, 1:].mean(axis=1)
        return np.asarray(mean * self.distance.travel * self.factor)

    def gain_halves(self, who: Ints) -> Floats | None:
        """(n, t) half of what keeping each listed pair together is worth; None if nothing is."""
        return self._gain_with(who) / 2.0 if self.whole.gain.nnz else None

    def _nearest(self, members: Ints) -> _Nearest:
        """The nearest of these schools to every school."""
        k = min(self.nearest, len(members))
        metres, at = cKDTree(self.whole.places[members]).query(self.whole.places, k=k)
        metres, at = metres.reshape(-1, k), at.reshape(-1, k)
        if k == len(members):
            return _Nearest(members[at], metres, np.full(len(metres), np.inf))
        least = metres[:, -1] * self.distance.shortest * self.factor
        return _Nearest(members[at], metres, np.asarray(least))

    def _costs(self, who: Ints, metres: Floats) -> Floats:
        hubs = np.broadcast_to(np.arange(self.whole.n)[:, None], who.shape)
        cost = self.distance.between(who, hubs, metres)
        if self.mean:
            cost = (cost + self.distance.between(hubs, who, metres)) / 2.0
        else:
            cost = cost * self.factor - self._kept_with(who)
        cost[self._forbidden(hubs, who, metres) | (hubs == who)] = np.inf
        return cost

    def _forbidden(self, hubs: Ints, who: Ints, metres: Floats) -> NDArray[np.bool_]:
        policy, whole = self.whole.policy, self.whole
        forbidden = np.zeros(who.shape, dtype=bool)
        if policy.limit_minutes and not (self.mean and policy.limit_to == "hub"):
            forbidden |= self.distance.worse(hubs, who, metres) > policy.limit_minutes + 1e-9
        for asked, name in (
            (policy.keeps_authority, whole.authority),
            (policy.keeps_medium, whole.medium),
        ):
            if asked:
                forbidden |= (name[hubs] != name[who]) & (name[hubs] >= 0) & (name[who] >= 0)
        return forbidden

    def _gains(self) -> tuple[Floats, Floats, Floats]:
        """(n,) the half of the most that a school can keep with all but the hub, what the last of
        these partners is worth, and what the one after it is."""
        gain, k = self.whole.gain, min(_high(self.whole) - 2, self.whole.n)
        half, last, following = np.zeros((3, self.whole.n))
        if self.mean or k < 1:
            return half, np.full(self.whole.n, np.inf), following
        for i in np.flatnonzero(np.diff(gain.indptr)):
            values = -np.sort(-gain.data[gain.indptr[i] : gain.indptr[i + 1]])
            half[i] = values[:k].sum() / 2.0
            last[i] = values[k - 1] if len(values) >= k else 0.0
            following[i] = values[k] if len(values) > k else 0.0
        return half, last, following

    def _kept_with(self, who: Ints) -> Floats:
        """(n, t) the most that each listed member's partnerships are worth with this hub: the
        one with the hub in full, the best others by half."""
        with_hub = self._gain_with(who)
        among = (with_hub > 0) & (with_hub >= self.last[who])
        hub_twice = np.where(among, with_hub - self.following[who], 0.0) / 2.0
        return np.asarray(with_hub + self.half[who] - hub_twice)

    def _partners(self, who: Ints) -> Ints:
        """(n, t) the partners worth most to each school that are not listed; itself for none."""
        gain = self.whole.gain
        more = np.repeat(np.arange(self.whole.n)[:, None], self.nearest, axis=1)
        for i in np.flatnonzero(np.diff(gain.indptr)):
            there = slice(gain.indptr[i], gain.indptr[i + 1])
            absent = ~np.isin(gain.indices[there], who[i])
            order = np.argsort(-gain.data[there][absent], kind="stable")[: self.nearest]
            more[i, : len(order)] = gain.indices[there][absent][order]
        return more

    def unlisted_gain(self, who: Ints) -> Floats:
        """(n,) the most that keeping a school with one that it does not list is worth."""
        most, gain = np.zeros(self.whole.n), self.whole.gain
        for i in np.flatnonzero(np.diff(gain.indptr)):
            there = slice(gain.indptr[i], gain.indptr[i + 1])
            absent = ~np.isin(gain.indices[there], who[i])
            most[i] = gain.data[there][absent].max(initial=0.0)
        return most

    def _gain_with(self, who: Ints) -> Floats:
        """(n, t) what keeping each listed member with its hub is worth."""
        gain, out = self.whole.gain, np.zeros(who.shape)
        rows, columns = gain.nonzero()
        values = np.asarray(gain[rows, columns]).ravel()
        for start in range(0, len(rows), 10_000):
            piece = slice(start, start + 10_000)
            at, where = np.nonzero(who[rows[piece]] == columns[piece][:, None])
            out[rows[piece][at], where] = values[piece][at]
        return out


def _at_least(listed: int, whole: Whole) -> int:
    """So many, or as many as the largest cluster has besides its hub."""
    return max(listed, _high(whole) - 1)


def _high(whole: Whole) -> int:
    return whole.policy.allowed_size[1]


def _levels(duals: Floats) -> Ints:
    """(n,) from 0, the dearest, without gaps."""
    top = float(duals.max(initial=0.0))
    if top <= 0:
        return np.zeros(len(duals), dtype=np.int64)
    below = np.log(top / np.maximum(duals, top * STEP**-LEVELS)) / np.log(STEP)
    rough = np.minimum(below.astype(np.int64), LEVELS - 1)
    return np.unique(rough, return_inverse=True)[1].astype(np.int64)
