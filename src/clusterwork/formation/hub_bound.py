"""The relaxation for the hub measure: each school prices its place, each hub picks its best
members (the p-median bound of Cornuejols, Fisher and Nemhauser, 1977)."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from clusterwork.formation.model import Ints
from clusterwork.formation.relaxed import Frame, Step
from clusterwork.formation.stars import Stars

Floats = NDArray[np.float64]


class HubBound:
    """At most one cluster around each hub."""

    def __init__(self, frame: Frame, lister: Callable[[Floats], Stars], loose: float = 0.0) -> None:
        """`lister` gives the stars at some duals. They are listed anew once an unlisted member
        might matter to more than the share `loose` of the hubs; to the others it counts as
        taken."""
        self.frame, self.lister, self.loose = frame, lister, loose
        self.stars: Stars | None = None

    def step(self, duals: Floats) -> Step:
        """Value, reduced cost of each hub's best cluster, and how often each school is taken."""
        if self.stars is not None:
            step = self._step(duals, self.stars, self.loose)
            if step is not None:
                return step
        self.stars = self.lister(duals)
        step = self._step(duals, self.stars, 1.0)
        assert step is not None  # noqa: S101 - no share is above 1
        return step

    def _step(self, duals: Floats, stars: Stars, loose: float) -> Step | None:
        """None where an unlisted member might matter to more hubs than `loose`."""
        n, sizes = self.frame.n, self.frame.sizes
        k = int(sizes[-1]) - 1
        red = stars.cost - duals[stars.who]
        picked, values = _smallest(red, k)
        unseen = stars.unseen(duals)
        if k and (unseen < values[:, -1]).mean() > loose:
            return None
        values = np.minimum(_padded(values, k), unseen[:, None])
        sums = np.concatenate([np.zeros((n, 1)), np.cumsum(values, axis=1)], axis=1)
        totals = sums[:, sizes - 1] + self.frame.prices
        choice = totals.argmin(axis=1)
        best = np.where(self.frame.hubs, totals[np.arange(n), choice] - duals, np.inf)
        chosen, value, threshold = self._open(best)
        cover = _cover(chosen, stars.who, picked, sizes[choice] - 1)
        return Step(value + float(duals.sum()), best, cover, threshold)

    def _open(self, best: Floats) -> tuple[Ints, float, float]:
        """The hubs to open, their sum, and the reduced cost where opening stops."""
        order = np.argsort(best, kind="stable")
        sums = np.concatenate([[0.0], np.cumsum(best[order])])
        low, high = self.frame.count_low, min(self.frame.count_high, len(best))
        k = low + int(np.argmin(sums[low : high + 1]))
        if not math.isfinite(sums[k]):
            return order[:k], math.inf, 0.0
        threshold = 0.0
        if k == low and k and best[order[k - 1]] > 0:
            threshold = float(best[order[k - 1]])
        elif k == high and k < len(best) and best[order[k]] < 0:
            threshold = float(best[order[k]])
        return order[:k], float(sums[k]), threshold


def _smallest(red: Floats, k: int) -> tuple[Ints, Floats]:
    """(n, k) positions of the k smallest of each row, rising, and the values there."""
    n, width = red.shape
    if 0 < k < width:
        at = np.argpartition(red, k - 1, axis=1)[:, :k]
    else:
        at = np.broadcast_to(np.arange(width)[None, :k], (n, min(k, width)))
    values = np.take_along_axis(red, at, axis=1)
    order = np.argsort(values, axis=1, kind="stable")
    return np.take_along_axis(at, order, axis=1), np.take_along_axis(values, order, axis=1)


def _padded(values: Floats, k: int) -> Floats:
    """(n, k) with infinity where fewer are listed."""
    short = k - values.shape[1]
    return np.pad(values, ((0, 0), (0, short)), constant_values=np.inf) if short > 0 else values


def _cover(hubs: Ints, who: Ints, picked: Ints, length: Ints) -> Floats:
    """(n,) how often each school is taken by the clusters around these hubs."""
    cover = np.zeros(len(who))
    cover[hubs] += 1.0
    members = np.take_along_axis(who[hubs], picked[hubs], axis=1)
    taken = np.arange(members.shape[1])[None, :] < length[hubs][:, None]
    return cover + np.bincount(members[taken], minlength=len(who))
