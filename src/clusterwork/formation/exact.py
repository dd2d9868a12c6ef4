"""Divide some units exactly: list every cluster that a better plan could use, bound, choose.

1. A first pool gives prices of places by its linear program (`mixture.py`, `settling.py`).
2. Every cluster that costs less than its places and the gap together is listed (`columns.py`).
3. Inequalities raise the bound until few of them could still be used; those are chosen from.
"""

from __future__ import annotations

import math

import numpy as np

from clusterwork.formation.book import Book
from clusterwork.formation.gathering import Gathered, Gatherer
from clusterwork.formation.mixture import Mixed
from clusterwork.formation.model import Model
from clusterwork.formation.question import Answer, Limits, Prices, Question
from clusterwork.formation.settling import Settling
from clusterwork.formation.widening import widest

FIRST_POOL = 30_000
TRUST = 0.8
"""How far prices go from the best so far to those of a mixture, which swing."""

FEW = 1_200
PRICINGS = 8
FIRST_PART = 8
WIDER = 1.3
CLOSE = 0.1


class Exact:
    """Answers questions about one model; what was worked out for one is used for the next."""

    def __init__(self, model: Model, book: Book) -> None:
        self.model, self.book = model, book
        self.gather = Gatherer(model, book)

    def answer(self, question: Question, prices: Prices, limits: Limits) -> Answer | None:
        """None where it would take too long or too many clusters."""
        if self.gather.by_peers:
            return self._by_peers(question, prices, limits)
        best: tuple[float, Prices] = (-math.inf, prices)
        pool: Gathered | None = None
        mixture = math.inf
        for _ in range(PRICINGS):
            negative = self.gather.pool(question, prices, 0.0, limits)
            if negative is not None:
                floor = self.gather.floor(negative, question, prices)
                if floor > best[0]:
                    best = floor, prices
                    wide = self._wide(question.upper - floor)
                    whole = self.gather.pool(question, prices, wide, limits)
                    if whole is not None:
                        return self._narrowed(question, whole, math.inf, prices, limits)
            if prices.best or mixture - best[0] <= CLOSE * (question.upper - best[0]):
                break
            if limits.stop():
                return None
            pool = self._grown(question, prices, pool, negative, limits)
            mixed = self.gather.mixture(question, pool, prices, limits).settle()
            if mixed is None:
                return None
            mixture = mixed.value
            prices = self.gather.nearer(question, mixed.duals, mixed.count, best[1], TRUST)
        return self._in_part(question, *best, limits)

    def _by_peers(self, question: Question, prices: Prices, limits: Limits) -> Answer | None:
        """First settle the prices, then list as many clusters as can be."""
        floor, prices = Settling(self.gather, question, limits).run(prices)
        if not math.isfinite(floor):
            return None
        limits.tell(min(floor, question.upper))
        gap = self._wide(question.upper - floor)
        found = widest(self.gather, question, prices, gap, limits)
        if found is None:
            return Answer(min(floor, question.upper), tuple(question.incumbent), floor, prices)
        units, width = found
        reach = math.inf if width >= gap else floor + width
        pool = self.gather.priced(units, question)
        return self._narrowed(question, pool, reach, prices, limits, floor)

    def _in_part(
        self, question: Question, floor: float, prices: Prices, limits: Limits
    ) -> Answer | None:
        """With the best prices found, as many clusters as can be listed."""
        if not math.isfinite(floor):
            return None
        width = self._wide(question.upper - floor) / FIRST_PART
        best: tuple[Gathered, float] | None = None
        while not limits.stop():
            pool = self.gather.pool(question, prices, width, limits)
            if pool is None:
                break
            best = pool, floor + width
            width *= WIDER
        return None if best is None else self._narrowed(question, *best, prices, limits)

    def _wide(self, gap: float) -> float:
        return max(gap, 0.0) * (1 + 1e-6) + 1e-6

    def _grown(
        self,
        question: Question,
        prices: Prices,
        pool: Gathered | None,
        negative: Gathered | None,
        limits: Limits,
    ) -> Gathered:
        """The clusters for the next prices: those likely to pay at first, then those that do."""
        if pool is None:
            pool = self.gather.pool(
                question,
                prices,
                0.02 * question.one,
                limits,
                grow=min(FIRST_POOL, limits.most // 3),
            )
            assert pool is not None  # noqa: S101 - growing takes what there is
        return pool if negative is None else self.gather.joined(pool, negative, question)

    def _narrowed(
        self,
        question: Question,
        pool: Gathered,
        reach: float,
        prices: Prices,
        limits: Limits,
        floor: float = -math.inf,
    ) -> Answer | None:
        """Raise the bound by inequalities until few clusters are left that could be used."""
        upper = question.upper
        guess = prices if self.gather.by_peers else None
        mixture = self.gather.mixture(question, pool, guess, limits)
        best: Mixed | None = None
        bound = -math.inf
        for _ in range(limits.rounds):
            mixed = mixture.settle()
            if mixed is None:
                break
            if best is None or mixed.value > best.value:
                best = mixed
            bound = max(min(best.value, reach, upper), min(floor, upper))
            limits.tell(bound)
            left = int((best.reduced <= upper - best.value).sum())
            enough = mixed.whole or left <= FEW or best.value >= min(reach, upper)
            if enough or limits.stop() or not mixture.cut():
                break
        return None if best is None else self._rest(pool, best, bound, reach, prices, upper)

    def _rest(
        self,
        pool: Gathered,
        best: Mixed,
        bound: float,
        reach: float,
        prices: Prices,
        upper: float,
    ) -> Answer:
        may = best.reduced <= upper - best.value + 1e-6
        may[pool.known] = True
        order = np.flatnonzero(may)
        order = order[np.argsort(best.reduced[order], kind="stable")]
        rows = pool.units[order].tolist()
        keys = dict.fromkeys(frozenset(u for u in row if u >= 0) for row in rows)
        return Answer(bound, tuple(keys), reach, prices)
