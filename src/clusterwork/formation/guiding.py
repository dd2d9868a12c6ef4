"""What a place in a cluster should cost, and which clusters could pay at those prices."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from clusterwork.formation.book import Book, Key
from clusterwork.formation.columns import Enumerator
from clusterwork.formation.model import Model
from clusterwork.formation.relaxed import Bound
from clusterwork.formation.star_costs import by_peers, guide_costs

Floats = NDArray[np.float64]
FEW_UNITS = 40
"""Up to so many units all clusters within the slack are listed at once."""

WIDENINGS = 7
WIDER = 1.7


class Guide:
    """Prices of places: the bound's, until better ones are found. costs: (n, n) [hub, member]."""

    def __init__(self, model: Model, book: Book) -> None:
        self.model, self.book = model, book
        self.costs = guide_costs(model)
        self.bound: Bound | None = None
        self.found: tuple[Floats, float] | None = None
        self.n_found = 0

    def follow(self, duals: Floats, count: float) -> None:
        """From now on these prices: (units,) of places, and of one cluster more."""
        self.found, self.n_found = (duals, count), self.n_found + 1

    def duals(self) -> Floats:
        """(units,) the price of each unit's place."""
        if self.found is not None:
            return self.found[0]
        duals = np.zeros(len(self.model.units))
        if self.bound is not None:
            by_school = self.bound.duals
            if self._peers:
                by_school = by_school + self.bound.reduced
            np.add.at(duals, self.model.group, by_school)
        return duals

    def count(self) -> float:
        """The price of one cluster more."""
        if self.found is not None:
            return self.found[1]
        return 0.0 if self.bound is None or self._peers else self.bound.threshold

    @property
    def is_exact(self) -> bool:
        """Are the costs that guide the listing those of the bound?"""
        return not self._peers and self.model.gain is None and not self.model.policy.weights.worst

    @cached_property
    def _peers(self) -> bool:
        return by_peers(self.model)

    @cached_property
    def _lister(self) -> Enumerator:
        return Enumerator(self.model, self.costs)

    def excess(self, cluster: Key, duals: Sequence[float] | Floats) -> float:
        """How much dearer a cluster is than the prices assume; plans pay the sum as their gap."""
        ideal = 0.0
        if self.found is not None:
            ideal = self.found[1]
        elif self.bound is not None and not self._peers:
            best = float(self.bound.reduced[self.book[cluster].hub])
            ideal = min(self.bound.threshold, best)
        return float(self.book[cluster].cost - sum([duals[u] for u in cluster]) - ideal)

    def pool(
        self, units: list[int], slack: float, width: float, most: int, stop: Callable[[], bool]
    ) -> set[Key]:
        """Sound clusters inside `units` that could pay: known ones and newly listed ones."""
        inside, duals = frozenset(units), self.duals().tolist()
        found = self.paying(units, slack, width, most, stop)
        self.book.learn(found)
        known = [key for key in self.book.entries if key and key <= inside]
        excess = {
            key: self.excess(key, duals)
            for key in {*known, *found}
            if not self.book.entries[key].broken
        }
        paying = [key for key in excess if excess[key] <= slack]
        paying.sort(key=lambda key: (excess[key], sorted(key)))
        return set(paying[:most])

    def paying(
        self, units: list[int], slack: float, width: float, most: int, stop: Callable[[], bool]
    ) -> list[Key]:
        """Clusters around hubs in `units` within `slack` of paying, at most about `most`; at
        first only those within `width`."""
        duals = self.duals()
        schools = [i for u in units for i in self.model.units[u]]
        hubs = [i for i in schools if self.model.may_hub[i, i]]
        ideals = self._ideals(hubs, units, duals)
        found: list[tuple[float, Key]] = []
        width = slack if len(units) < FEW_UNITS else min(slack, width)
        for _ in range(WIDENINGS):
            limits = [ideal + width for ideal in ideals]
            listed = self._lister.all_within(
                hubs, duals, limits, most=8 * most, stop=stop, among=units
            )
            found = list(zip(listed.slack.tolist(), listed.keys(), strict=True))
            if not listed.complete or len(found) > most or width >= slack:
                break
            width = min(slack, width * WIDER)
        found.sort(key=lambda pair: (-pair[0], sorted(pair[1])))
        return [key for _, key in found[: 2 * most]]

    def _ideals(self, hubs: list[int], units: list[int], duals: Floats) -> list[float]:
        """What a cluster around each hub would ideally cost less duals."""
        if self.found is not None:
            return [self.found[1]] * len(hubs)
        if self.is_exact and self.bound is not None:
            return [min(self.bound.threshold, float(self.bound.reduced[hub])) for hub in hubs]
        ideals = []
        for hub in hubs:
            red = np.sort(self._lister.unit_cost[hub, units] - duals[units])[: self.model.high]
            ideals.append(float(np.cumsum(red)[self.model.low - 1 :].min(initial=0.0)))
        return ideals
