"""Some clusters of a plan, and their cheapest divisions from which some clusters are barred."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from itertools import combinations

import numpy as np

from clusterwork.formation.around import Run
from clusterwork.formation.ascent import ascent_of
from clusterwork.formation.book import Book, Key
from clusterwork.formation.exact import Exact
from clusterwork.formation.inside import closed, only
from clusterwork.formation.labelled import labelled
from clusterwork.formation.model import Model
from clusterwork.formation.partition import choose
from clusterwork.formation.plan import schools_of
from clusterwork.formation.question import Limits, Prices, Question
from clusterwork.formation.star_costs import by_peers

Members = tuple[int, ...]
ALL_CLUSTERS = 300
MOST_LISTED = 6_000
MOST_CHOSEN = 800
ROUNDS, NODES = 4, 300
STEPS = 200


class Nearby:
    """Clusters of school numbers and what could stand in their place.

    `listed` are the clusters (of units) that a division can use which costs at most `slack` more
    than theirs, or as many of these as can be.
    """

    def __init__(
        self, model: Model, clusters: Sequence[Members], n_others: int, slack: float, run: Run
    ) -> None:
        """`model` is of all schools; `n_others` clusters stay as they are."""
        self.numbers = sorted(i for members in clusters for i in members)
        self.model = closed(only(model, self.numbers, n_others))
        self.run, self.book = run, Book(self.model)
        self.count = self.model.count_low, self.model.count_high
        self.units = range(len(self.model.units))
        keys = self._keys(clusters)
        self.now, self.worth = self._sound(keys), sum(self.book[key].cost for key in keys)
        self.listed = self._all() if self._few() else self._within(slack)

    def _keys(self, clusters: Iterable[Members]) -> list[Key]:
        place = {i: k for k, i in enumerate(self.numbers)}
        return [frozenset(int(self.model.group[place[i]]) for i in c) for c in clusters]

    def _sound(self, keys: Iterable[Key]) -> list[Key]:
        return [key for key in keys if not self.book[key].broken]

    def _few(self) -> bool:
        n = len(self.units)
        return sum(math.comb(n, k) for k in range(1, min(n, self.model.high) + 1)) <= ALL_CLUSTERS

    def _all(self) -> tuple[Key, ...]:
        n = len(self.units)
        sizes = range(1, min(n, self.model.high) + 1)
        keys = [frozenset(each) for k in sizes for each in combinations(self.units, k)]
        self.book.learn(keys)
        return tuple(self._sound(keys))

    def _within(self, slack: float) -> tuple[Key, ...]:
        """The likeliest first; none where they cannot be listed."""
        upper = self.worth + slack
        clock = self.run.clock
        limits = Limits(MOST_LISTED, clock.left() + 0.05, self.run.seed, clock.stop, rounds=ROUNDS)
        question = Question(self.units, self.count, self.now, upper)
        answer = Exact(self.model, self.book).answer(question, self._prices(upper), limits)
        keys = () if answer is None else answer.keys[:MOST_CHOSEN]
        return tuple(dict.fromkeys([*keys, *self.now]))

    def _prices(self, upper: float) -> Prices:
        """Of places, by the bound; of one cluster more where that belongs to them."""
        clock, duals = self.run.clock, np.zeros(len(self.units))
        found = ascent_of(self.model).climb(STEPS, upper + self.model.gain_total, clock.stop)
        peers = by_peers(self.model)
        schools = found.duals + found.reduced if peers else found.duals
        np.add.at(duals, self.model.group, schools)
        return Prices(duals, 0.0 if peers else found.threshold)

    def unit_of(self, school: int) -> int:
        """The unit of a school number of the model of all schools."""
        return int(self.model.group[self.numbers.index(school)])

    def members(self, key: Key) -> Members:
        """The school numbers of a cluster, as in the model of all schools."""
        return tuple(self.numbers[i] for i in schools_of(self.model, key))

    def cheapest(self, keys: Collection[Key]) -> list[Members] | None:
        """The cheapest division into these clusters, of those listed; None if there is none or
        no time is left."""
        clock = self.run.clock
        if clock.stop():
            return None
        pool = labelled(self.model, self.book, list(keys), self.units, self.count)
        chosen = choose(
            pool,
            seconds=clock.left() + 0.05,
            seed=self.run.seed,
            stop=clock.stop,
            max_nodes=NODES,
        )
        if chosen.columns is None:
            return None
        return [self.members(pool.columns[k]) for k in chosen.columns]
