"""Candidate clusters by reduced cost: every cluster around a hub that could still pay."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clusterwork.formation.book import Key
from clusterwork.formation.model import Model

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Candidates:
    """keys: the clusters found. complete: every cluster within the gap asked for is among them."""

    keys: tuple[Key, ...]
    complete: bool


class Enumerator:
    """Lists clusters of units around hubs, cheapest additions first, without broken pairs."""

    def __init__(self, model: Model, costs: Floats) -> None:
        """`costs` is (n, n) [hub, member] as in the bound, infinite where forbidden."""
        self.model, self.costs = model, costs
        self.weight = [len(unit) for unit in model.units]
        self.unit_of = model.group.tolist()
        self.unit_cost = self._by_unit(costs)
        self.foes = self._foes()
        self.prices = [model.size_price(size) for size in range(model.high + 1)]

    def _by_unit(self, costs: Floats) -> Floats:
        """(n hubs, units) cost of taking a whole unit; the hub itself costs nothing."""
        whole = costs.copy()
        np.fill_diagonal(whole, 0.0)
        out = np.zeros((self.model.n, len(self.model.units)))
        np.add.at(out.T, self.model.group, whole.T)
        return out

    def _foes(self) -> list[int]:
        """For each unit the units that may not be with it, as bits of one integer."""
        n_units = len(self.model.units)
        bad = self.model.bad[: self.model.n, : self.model.n] != 0
        apart = np.zeros((n_units, n_units), dtype=bool)
        rows, columns = np.nonzero(bad)
        apart[self.model.group[rows], self.model.group[columns]] = True
        packed = np.packbits(apart, axis=1, bitorder="little")
        return [int.from_bytes(row.tobytes(), "little") for row in packed]

    def around(
        self,
        hub: int,
        duals: Floats,
        limit: float,
        most: int,
        among: Sequence[int] | None = None,
    ) -> tuple[list[tuple[float, Key]], bool]:
        """Clusters with this hub whose cost less duals is at most `limit`; False if over `most`.

        `duals` are by unit. Costs here are travel to the hub and the price of the size only:
        other weights can only make a cluster dearer in the sense of the bound.
        """
        own = self.unit_of[hub]
        base = float(self.unit_cost[hub, own] - duals[own])
        if not math.isfinite(base) or self.foes[own] >> own & 1:
            return [], True
        pool = np.arange(len(self.weight)) if among is None else np.asarray(among)
        red = self.unit_cost[hub, pool] - duals[pool]
        keep = np.isfinite(red) & (pool != own)
        pool, red = pool[keep], red[keep]
        order = np.argsort(red, kind="stable")
        listing = _Listing(self, pool[order].tolist(), red[order].tolist(), limit, most)
        listing.grow(0, base, self.weight[own], (own,), self.foes[own])
        return listing.found, not listing.full

    def all_within(
        self,
        hubs: Sequence[int],
        duals: Floats,
        limits: Sequence[float],
        *,
        per_hub: int,
        stop: Callable[[], bool],
        among: Sequence[int] | None = None,
    ) -> tuple[list[tuple[float, Key]], bool]:
        """`around` for several hubs, with the part of each cluster's cost above its limit kept.

        The first number of each pair is the slack left below the limit (0: at the limit).
        """
        found: list[tuple[float, Key]] = []
        complete = True
        for hub, limit in zip(hubs, limits, strict=True):
            if stop():
                return found, False
            mine, whole = self.around(hub, duals, limit, per_hub, among)
            complete &= whole
            found.extend((limit - cost, key) for cost, key in mine)
        return found, complete


class _Listing:
    """Depth-first listing with items in rising order of reduced cost."""

    def __init__(
        self, home: Enumerator, items: list[int], red: list[float], limit: float, most: int
    ) -> None:
        self.home, self.items, self.red = home, items, red
        self.limit, self.most = limit + 1e-9, most
        self.found: list[tuple[float, Key]] = []
        self.full = False
        self.single = all(home.weight[u] == 1 for u in items)
        self.low, self.high = home.model.low, home.model.high
        self.sums = np.concatenate([[0.0], np.cumsum(red)]).tolist()
        self.gains = np.concatenate([[0.0], np.cumsum(np.minimum(red, 0.0))]).tolist()
        self.cheapest = min(home.prices[self.low :], default=0.0)

    def _best_rest(self, at: int, size: int) -> float:
        """The least that items from `at` on can still add (never too high)."""
        stop = min(len(self.items), at + self.high - size)
        best: float = self.gains[stop] - self.gains[at]
        need = self.low - size
        if self.single and need > 0:
            if at + need > len(self.items):
                return math.inf
            forced = self.sums[at + need] - self.sums[at]
            best = forced + self.gains[max(stop, at + need)] - self.gains[at + need]
        return best

    def grow(self, at: int, cost: float, size: int, members: tuple[int, ...], foes: int) -> None:
        if self.full or size > self.high:
            return
        if size >= self.low:
            total = cost + self.home.prices[size]
            if total <= self.limit:
                if len(self.found) >= self.most:
                    self.full = True
                    return
                self.found.append((total, frozenset(members)))
        if size >= self.high:
            return
        weight, all_foes = self.home.weight, self.home.foes
        for k in range(at, len(self.items)):
            if cost + self._best_rest(k, size) + self.cheapest > self.limit:
                break
            unit = self.items[k]
            if foes >> unit & 1:
                continue
            self.grow(
                k + 1,
                cost + self.red[k],
                size + weight[unit],
                (*members, unit),
                foes | all_foes[unit],
            )
            if self.full:
                return
