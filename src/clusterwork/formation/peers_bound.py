"""The relaxation for the peers measure: each school picks the cluster it would like."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from clusterwork.formation.model import Ints
from clusterwork.formation.relaxed import Frame, Step
from clusterwork.formation.star_costs import scaled
from clusterwork.formation.stars import Stars

Floats = NDArray[np.float64]


class PeersBound:
    """The relaxation for the peers measure: each school picks the cluster it would like.

    A cluster of s schools costs the sum over its schools h of [sum of travel between h and the
    others / (s - 1)]; so each h may choose for itself, and carries 1 / s of every price.
    """

    def __init__(
        self,
        frame: Frame,
        stars: Stars,
        halves: Floats | None,
        spare: Floats | float = 0.0,
    ) -> None:
        """stars: mean travel of both ways, listed at duals of zero; halves: for each listed pair
        half of what keeping it together is worth; spare: (n,) the most that is for a pair that
        is not listed."""
        self.frame, self.stars, self.halves, self.spare = frame, stars, halves, spare
        self.sizes, self.prices = frame.sizes, frame.prices

    def step(self, duals: Floats) -> Step:
        """Value, each school's reduced share, and how often each school is taken."""
        stars, n, frame = self.stars, self.frame.n, self.frame
        totals = np.full((n, len(self.sizes)), np.inf)
        picks: list[Ints] = []
        for at, size in enumerate(self.sizes):
            k = int(size) - 1
            if k == 0:
                totals[:, at] = self.prices[at] - duals
                picks.append(np.zeros((n, 0), dtype=np.int64))
                continue
            factor = (frame.travel + frame.worst / size) / k
            red = scaled(stars.cost, factor) - duals[stars.who] / size
            if self.halves is not None:
                red -= self.halves
            listed = min(k, red.shape[1])
            picked = np.argpartition(red, listed - 1, axis=1)[:, :listed]
            unseen = stars.unseen(duals, factor, 1.0 / size) - self.spare
            values = np.minimum(np.take_along_axis(red, picked, axis=1), unseen[:, None])
            totals[:, at] = values.sum(axis=1) + (self.prices[at] - duals) / size
            if k > listed:
                totals[:, at] += (k - listed) * unseen
            picks.append(picked)
        price = self._count_price(totals)
        shifted = totals - price / self.sizes
        choice = shifted.argmin(axis=1)
        best = np.minimum(shifted[np.arange(n), choice], self._most())
        placed = best < self._most()
        cover = np.zeros(n)
        for at, size in enumerate(self.sizes):
            mine = np.flatnonzero((choice == at) & placed)
            np.add.at(cover, mine, 1.0 / size)
            np.add.at(cover, stars.who[mine[:, None], picks[at][mine]], 1.0 / size)
        value = float(best.sum() + duals.sum()) + self._count_constant(price)
        return Step(value, best, cover, price)

    def _most(self) -> float:
        """What a school's share can cost at most: nothing, where it may be left out instead."""
        return 0.0 if self.frame.some_out else math.inf

    def _count_constant(self, price: float) -> float:
        return price * (self.frame.count_low if price > 0 else self.frame.count_high)

    def _count_price(self, totals: Floats) -> float:
        """The price of one more cluster that makes the bound largest (golden section)."""
        finite = totals[np.isfinite(totals)]
        if not finite.size:
            return 0.0
        low = -float(self.sizes[-1] ** 2) * (float(np.abs(finite).max()) + 1.0)
        high = -low

        def value(price: float) -> float:
            shares = np.minimum((totals - price / self.sizes).min(axis=1), self._most())
            return float(shares.sum()) + self._count_constant(price)

        ratio = (math.sqrt(5.0) - 1.0) / 2.0
        a, b = high - ratio * (high - low), low + ratio * (high - low)
        fa, fb = value(a), value(b)
        for _ in range(40):
            if fa < fb:
                low, a, fa = a, b, fb
                b = low + ratio * (high - low)
                fb = value(b)
            else:
                high, b, fb = b, a, fa
                a = high - ratio * (high - low)
                fa = value(a)
        candidates = (0.0, (low + high) / 2.0)
        return max(candidates, key=value)
