"""Where to divide anew: some clusters that lie together, around one that wastes travel."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clusterwork.formation.book import Book, Key
from clusterwork.formation.model import Ints, Model
from clusterwork.formation.plan import Plan

Floats = NDArray[np.float64]
TRIES = 8
AROUND_LEFT = 0.7
"""How often the middle is a school left out, where there are such."""


class Tiles:
    """Chooses at random, and remembers what was chosen with which prices."""

    def __init__(self, model: Model, book: Book, random: np.random.Generator) -> None:
        self.model, self.book, self.random = model, book, random
        self.done: set[tuple[int, frozenset[Key]]] = set()

    def fresh(
        self, plan: Plan, waste: Floats, n_clusters: int, prices: int
    ) -> tuple[list[int], set[int]]:
        """Places in the plan of `n_clusters` clusters, nearest to a chosen school first, and the
        units left out near them; empty if only such come up as were given before with the same
        prices (known by a number). waste: (clusters,) what each costs more than it should."""
        hubs = np.array([self.book[cluster].hub for cluster in plan.clusters])
        travel = self.model.travel
        for _ in range(TRIES):
            middle = self._middle(plan, waste, hubs)
            away = travel[middle, hubs] + travel[hubs, middle]
            near = [int(k) for k in np.argsort(away, kind="stable")[:n_clusters]]
            left_here = self._left_near(plan, float(away[near[-1]]), middle)
            tile = (prices, frozenset(plan.clusters[k] for k in near))
            if tile not in self.done or left_here:
                self.done.add(tile)
                return near, left_here
        return [], set()

    def _middle(self, plan: Plan, waste: Floats, hubs: Ints) -> int:
        """A school to work around: one left out, else the hub of a wasteful cluster."""
        if plan.left and self.random.random() < AROUND_LEFT:
            unit = int(self.random.choice(sorted(plan.left)))
            return self.model.units[unit][0]
        chance = waste + waste.mean() + 1e-9
        return int(hubs[self.random.choice(len(chance), p=chance / chance.sum())])

    def _left_near(self, plan: Plan, reach: float, middle: int) -> set[int]:
        """Units left out that are no further from `middle` than `reach`."""
        travel = self.model.travel
        return {
            u
            for u in plan.left
            if min(travel[middle, i] + travel[i, middle] for i in self.model.units[u])
            <= reach + 1e-9
        }
