"""Prices of places at which hardly a cluster pays, by taking in those that do, again and again."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from clusterwork.formation.gathering import Gathered, Gatherer
from clusterwork.formation.mixture import Mixed, Mixture
from clusterwork.formation.question import Limits, Prices, Question

Floats = NDArray[np.float64]
TRUST = 0.5
"""How far prices go from the best so far to those of a mixture, which swing."""

ROUNDS = 60
CLOSE = 0.03
NEAR = 0.01
STEP = 0.04
MOST_PAYING = 10_000
MOST_KNOWN = 30_000
AT_LEAST = 1_000


class Settling:
    """Column generation for one question. `best` is the highest floor and its prices."""

    def __init__(self, gather: Gatherer, question: Question, limits: Limits) -> None:
        self.gather, self.question, self.limits = gather, question, limits
        self.step = STEP * question.one
        self.width = 0.0
        self.best: tuple[float, Prices] | None = None

    def run(self, prices: Prices) -> tuple[float, Prices]:
        """The floor, minus infinity where none was found, and the prices that give it."""
        mixture = self._begun(prices)
        for _ in range(ROUNDS):
            if self.limits.stop() or self._near():
                break
            mixed = mixture.settle()
            if mixed is None or self._settled(mixed):
                break
            paying = self._look(self._next(mixed))
            if paying is not None:
                mixture.extend(paying.members, paying.costs)
        return (-math.inf, prices) if self.best is None else self.best

    def _begun(self, prices: Prices) -> Mixture:
        """A mixture of what is known, of what pays by these prices, and of enough besides."""
        gather, question = self.gather, self.question
        pool = gather.priced(self._known(prices), question)
        paying = self._look(prices)
        if paying is not None:
            pool = gather.joined(pool, paying, question)
        if len(pool.costs) < AT_LEAST:
            grow = min(AT_LEAST, self.limits.most)
            more = gather.pool(question, prices, self.step, self.limits, grow=grow)
            if more is not None:
                pool = gather.joined(pool, more, question)
        return gather.mixture(question, pool, prices, self.limits)

    def _known(self, prices: Prices) -> NDArray[np.int64]:
        """Clusters of the book inside the question, those that cost least by these prices."""
        inside = frozenset(self.question.units)
        entries = self.gather.book.entries
        keys = [k for k, entry in entries.items() if k and not entry.broken and k <= inside]
        rows = self.gather.rows(keys)
        if len(keys) <= MOST_KNOWN:
            return rows
        costs = np.array([entries[key].cost for key in keys])
        worth = np.append(prices.duals, 0.0)[rows].sum(axis=1)
        return rows[np.argpartition(costs - worth, MOST_KNOWN)[:MOST_KNOWN]]

    def _near(self) -> bool:
        """Is there so little between the floor and the division known that it can be listed?"""
        gap = math.inf if self.best is None else self.question.upper - self.best[0]
        return gap <= NEAR * self.question.one

    def _settled(self, mixed: Mixed) -> bool:
        """Would better prices hardly raise the floor?"""
        if self.best is None:
            return False
        floor, upper = self.best[0], self.question.upper
        return mixed.value - floor <= CLOSE * (upper - floor)

    def _next(self, mixed: Mixed) -> Prices:
        """Between the best prices and those of the mixture; those, as long as there are none."""
        trust = 1.0 if self.best is None else TRUST
        best = Prices(np.zeros(len(self.gather.model.units)), 0.0)
        if self.best is not None:
            best = self.best[1]
        return self.gather.nearer(self.question, mixed.duals, mixed.count, best, trust)

    def _look(self, prices: Prices) -> Gathered | None:
        """What pays most by these prices; remembers the floor that follows."""
        width = self.width
        for _ in range(12):
            listed = self.gather.listed(self.question, prices, width, self.limits, MOST_PAYING)
            if listed.complete or self.limits.stop():
                break
            width = min(2 * width, -self.step)
        if not listed.complete:
            return None
        self.width = width / 2 if width < -self.step / 8 else 0.0
        paying = self.gather.priced(listed.units, self.question)
        floor = self.gather.floor(paying, self.question, prices, width)
        if self.best is None or floor > self.best[0]:
            self.best = floor, prices
        return paying
