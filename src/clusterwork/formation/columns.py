"""Candidate clusters by reduced cost: every cluster around a hub that could still pay."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clusterwork.formation.book import Key
from clusterwork.formation.model import Ints, Model

Floats = NDArray[np.float64]
CHUNK = 60_000
"""Partial clusters grown at one time: what fits the processor's cache and some memory."""

TOLERANCE = 1e-9


@dataclass(frozen=True)
class Listed:
    """m clusters: units (m, width), filled up with -1; slack (m,) below their hub's limit;
    complete: every cluster within the limits is among them."""

    units: Ints
    slack: Floats
    complete: bool

    def keys(self) -> list[Key]:
        """The clusters as sets of units, in the order listed."""
        return [frozenset(u for u in row if u >= 0) for row in self.units.tolist()]


class Enumerator:
    """Lists clusters of units around hubs, without broken pairs."""

    def __init__(self, model: Model, costs: Floats) -> None:
        """`costs` is (n, n) [hub, member] as in the bound, infinite where forbidden."""
        self.model = model
        self.weight = np.array([len(unit) for unit in model.units], dtype=np.int64)
        self.unit_cost = self._by_unit(costs)
        self.foes = self._foes()
        self.prices = np.array([model.size_price(size) for size in range(model.high + 1)])

    def _by_unit(self, costs: Floats) -> Floats:
        """(n hubs, units) cost of taking a whole unit; the hub itself costs nothing."""
        whole = costs.copy()
        np.fill_diagonal(whole, 0.0)
        out = np.zeros((self.model.n, len(self.model.units)))
        np.add.at(out.T, self.model.group, whole.T)
        return out

    def _foes(self) -> NDArray[np.bool_]:
        """(units, units) True where two units may not be in one cluster."""
        n_units = len(self.model.units)
        apart = np.zeros((n_units, n_units), dtype=bool)
        rows, columns = np.nonzero(self.model.bad[: self.model.n, : self.model.n])
        apart[self.model.group[rows], self.model.group[columns]] = True
        return apart

    def all_within(
        self,
        hubs: Sequence[int],
        duals: Floats,
        limits: Sequence[float],
        *,
        most: int,
        stop: Callable[[], bool],
        among: Sequence[int] | None = None,
    ) -> Listed:
        """Clusters around these hubs whose cost less duals is at most their hub's limit.

        `duals` are by unit. Costs here are travel to the hub and the price of the size only:
        other weights can only make a cluster dearer in the sense of the bound. Not complete if
        there are more than `most`.
        """
        at = np.asarray(hubs, dtype=np.int64)
        own = self.model.group[at]
        base = self.unit_cost[at, own] - duals[own]
        good = np.isfinite(base) & ~self.foes[own, own]
        at, own, base = at[good], own[good], base[good]
        pool = np.arange(len(self.weight)) if among is None else np.asarray(among, dtype=np.int64)
        growth = _Growth(self, own, np.asarray(limits, dtype=float)[good])
        growth.offer(self.unit_cost[np.ix_(at, pool)] - duals[pool], pool)
        return growth.run(base, most, stop)


@dataclass
class _Partial:
    """Clusters half grown. hub: row of each; last: position of the item taken last."""

    hub: Ints
    last: Ints
    cost: Floats
    size: Ints
    units: Ints

    def take(self, at: Ints | NDArray[np.bool_] | slice) -> _Partial:
        return _Partial(self.hub[at], self.last[at], self.cost[at], self.size[at], self.units[at])


class _Growth:
    """Items of each hub in rising order of reduced cost; clusters take them in that order, so
    that as soon as one item is too dear all later ones are."""

    def __init__(self, home: Enumerator, own: Ints, limits: Floats) -> None:
        self.home, self.own, self.limits = home, own, limits + TOLERANCE
        self.low, self.high = home.model.low, home.model.high
        self.single = bool((home.weight == 1).all())
        self.cheapest = float(home.prices[self.low :].min(initial=np.inf))

    def offer(self, red: Floats, pool: Ints) -> None:
        """(hubs, pool) reduced cost of each unit at each hub."""
        red = np.where(pool[None, :] == self.own[:, None], np.inf, red)
        order = np.argsort(red, axis=1, kind="stable")
        self.items = pool[order]
        self.red = np.take_along_axis(red, order, axis=1)
        self.least = [self._least(size) for size in range(self.high)]

    def _least(self, size: int) -> Floats:
        """(hubs, items) the least that a cluster of `size` schools pays from now on if its next
        item is this one; infinite where it cannot become large enough."""
        n_items = self.red.shape[1]
        padded = np.pad(self.red, ((0, 0), (0, self.high + 1)), constant_values=np.inf)
        helpful = np.pad(np.minimum(self.red, 0.0), ((0, 0), (0, self.high + 1)))
        need = max(0, self.low - size - 1) if self.single else 0
        most = self.high - size - 1
        least = self.red.copy()
        for step in range(1, most + 1):
            part = padded if step <= need else helpful
            least = least + part[:, step : step + n_items]
        return least

    def run(self, base: Floats, most: int, stop: Callable[[], bool]) -> Listed:
        """Grow everything, depth first in chunks."""
        m, width = len(base), self.high
        units = np.full((m, width), -1, dtype=np.int64)
        units[:, 0] = self.own
        begun = _Partial(
            np.arange(m), np.full(m, -1, dtype=np.int64), base, self.home.weight[self.own], units
        )
        stack, n_found = [(begun, 1)], 0
        found: list[Ints] = []
        slack: list[Floats] = []
        while stack:
            if stop() or n_found > most:
                return self._listed(found, slack, complete=False)
            partial, depth = stack.pop()
            room = self.limits[partial.hub] - partial.cost - self.home.prices[partial.size]
            done = (partial.size >= self.low) & (room >= 0)
            found.append(partial.units[done])
            slack.append(room[done])
            n_found += int(done.sum())
            if depth < width:
                stack.extend((chunk, depth + 1) for chunk in self._children(partial, depth))
        return self._listed(found, slack, complete=n_found <= most)

    def _listed(self, found: list[Ints], slack: list[Floats], *, complete: bool) -> Listed:
        units = np.concatenate([np.zeros((0, self.high), dtype=np.int64), *found])
        return Listed(units, np.concatenate([np.zeros(0), *slack]), complete)

    def _children(self, partial: _Partial, depth: int) -> list[_Partial]:
        partial = partial.take(partial.size < self.high)
        first, beyond = partial.last + 1, self._beyond(partial)
        counts = np.maximum(0, beyond - first)
        parts, start = [], 0
        ends = np.cumsum(counts)
        while start < len(counts):
            before = int(ends[start - 1]) if start else 0
            stop = max(start + 1, int(np.searchsorted(ends, before + CHUNK, side="right")))
            piece = slice(start, stop)
            child = self._grown(partial.take(piece), first[piece], counts[piece], depth)
            if len(child.hub):
                parts.append(child)
            start = stop
        return parts

    def _beyond(self, partial: _Partial) -> Ints:
        """For each the position of the first item that is too dear, by halving."""
        room = self.limits[partial.hub] - partial.cost - self.cheapest
        beyond = partial.last + 1
        for size in np.unique(partial.size).tolist():
            mine = np.flatnonzero(partial.size == size)
            least, hub = self.least[size], partial.hub[mine]
            low = beyond[mine]
            high = np.full(len(mine), least.shape[1], dtype=np.int64)
            while (low < high).any():
                open_, middle = low < high, (low + high) // 2
                fits = open_ & (least[hub, np.minimum(middle, least.shape[1] - 1)] <= room[mine])
                low = np.where(fits, middle + 1, low)
                high = np.where(open_ & ~fits, middle, high)
            beyond[mine] = low
        return beyond

    def _grown(self, parents: _Partial, first: Ints, counts: Ints, depth: int) -> _Partial:
        """Each parent with each of its next items, where rules and sizes allow it."""
        of = np.repeat(np.arange(len(counts)), counts)
        step = np.arange(len(of)) - np.repeat(np.cumsum(counts) - counts, counts)
        hub, last = parents.hub[of], first[of] + step
        unit = self.items[hub, last]
        size = parents.size[of] + self.home.weight[unit]
        good = size <= self.high
        for k in range(depth):
            good &= ~self.home.foes[parents.units[of, k], unit]
        of, hub, last, unit, size = of[good], hub[good], last[good], unit[good], size[good]
        units = parents.units[of]
        units[:, depth] = unit
        return _Partial(hub, last, parents.cost[of] + self.red[hub, last], size, units)
