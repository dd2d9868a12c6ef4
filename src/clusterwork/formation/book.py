"""Clusters priced once and remembered: the pool that search and partitioning share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from clusterwork.formation.model import Model
from clusterwork.formation.pricing import price, rows_of

Key = frozenset[int]
EMPTY: Key = frozenset()


class Entry(NamedTuple):
    """What one cluster of units costs, how often it breaks a rule, and its hub."""

    cost: float
    broken: int
    hub: int


class Book:
    """Prices of clusters, each a frozen set of unit numbers; the empty set costs nothing."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.entries: dict[Key, Entry] = {EMPTY: Entry(0.0, 0, -1)}

    def learn(self, clusters: Iterable[Key]) -> None:
        """Price those that are not known yet, in one go."""
        new = [c for c in dict.fromkeys(clusters) if c not in self.entries]
        if not new:
            return
        units = self.model.units
        rows = rows_of(self.model, [[i for u in sorted(c) for i in units[u]] for c in new])
        priced = price(self.model, rows)
        for key, cost, broken, hub in zip(
            new, priced.cost.tolist(), priced.broken.tolist(), priced.hub.tolist(), strict=True
        ):
            self.entries[key] = Entry(cost, broken, hub)

    def __getitem__(self, cluster: Key) -> Entry:
        """The entry of one cluster, priced now if need be."""
        if cluster not in self.entries:
            self.learn([cluster])
        return self.entries[cluster]

    def size(self, cluster: Key) -> int:
        """Number of schools."""
        return sum(len(self.model.units[u]) for u in cluster)

    def forget(self, keep: Iterable[Key], most: int) -> None:
        """Drop everything but `keep` when more than `most` clusters are known."""
        if len(self.entries) > most:
            kept = {key: self.entries[key] for key in keep if key in self.entries}
            self.entries = {EMPTY: Entry(0.0, 0, -1), **kept}
