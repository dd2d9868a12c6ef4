"""Divide some units exactly: list every cluster that a better plan could use, bound, choose.

1. A first pool gives prices of places by its linear program (`mixture.py`).
2. Every cluster that costs less than its places and the gap together is listed (`columns.py`).
3. Inequalities raise the bound until few of them could still be used; those are chosen from.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from clusterwork.formation.book import Book, Key
from clusterwork.formation.columns import Enumerator
from clusterwork.formation.mixture import Mixed, Mixture
from clusterwork.formation.model import Ints, Model
from clusterwork.formation.pricing import price
from clusterwork.formation.star_costs import by_peers, scaled, star_costs

Floats = NDArray[np.float64]
FIRST_POOL = 30_000
TRUST = 0.8
"""How far prices go from the best so far to those of a mixture, which swing."""

ROUNDS = 60
FEW = 1_200
PRICINGS = 8
FIRST_PART = 8
WIDER = 1.3
CLOSE = 0.1


@dataclass(frozen=True)
class Prices:
    """duals: (units,) price of each unit's place; count: of one cluster more. best: there are
    hardly better ones."""

    duals: Floats
    count: float
    best: bool = False


@dataclass(frozen=True)
class Question:
    """units to be divided into `count` clusters; `incumbent` is a known division. Only what costs
    no more than `upper` is looked for."""

    units: Sequence[int]
    count: tuple[int, int]
    incumbent: Sequence[Key]
    upper: float


@dataclass(frozen=True)
class Answer:
    """bound: no division costs less. keys: the clusters that a better one could use, cheapest
    first, the incumbent's among them. A division that uses another one costs at least `reach`."""

    bound: float
    keys: tuple[Key, ...]
    reach: float


@dataclass(frozen=True)
class _Pool:
    """m clusters: units (m, width) filled up with -1, true costs and hubs (m,), membership."""

    units: Ints
    costs: Floats
    hubs: Ints
    members: sparse.csr_matrix
    known: Ints


@dataclass
class Limits:
    """How far to go: clusters listed at most, seconds, when to stop, and how many rounds of
    inequalities to take."""

    most: int
    seconds: float
    seed: int
    stop: Callable[[], bool]
    tell: Callable[[float], None] = field(default=lambda _: None)
    rounds: int = ROUNDS


def least_costs(model: Model) -> Floats:
    """(n, n) [hub, member]: some member of every cluster, as its hub, has these costs add up to
    no more than the cluster's own."""
    if not by_peers(model):
        return star_costs(model)
    high = max(2, model.high)
    cost = scaled(star_costs(model), model.policy.weights.travel * high / (high - 1))
    if model.gain is not None:
        cost = cost - model.gain[: model.n, : model.n] * (high / 2.0)
    cost[model.bad[: model.n, : model.n] != 0] = np.inf
    return np.asarray(cost)


class Exact:
    """Answers questions about one model; what was worked out for one is used for the next."""

    def __init__(self, model: Model, book: Book) -> None:
        self.model, self.book = model, book
        self.lister = Enumerator(model, least_costs(model))
        self.may_hub = model.may_hub[np.arange(model.n), np.arange(model.n)]
        self.padded = self._unit_rows()
        marks = np.random.default_rng(0).integers(0, 2**63, len(model.units) + 1, dtype=np.uint64)
        self.marks = marks

    def _unit_rows(self) -> Ints:
        """(units + 1, longest) schools of each unit; the last row is of nothing."""
        longest = max((len(unit) for unit in self.model.units), default=1)
        rows = np.full((len(self.model.units) + 1, longest), self.model.n, dtype=np.int64)
        for unit, members in enumerate(self.model.units):
            rows[unit, : len(members)] = members
        return rows

    def answer(self, question: Question, prices: Prices, limits: Limits) -> Answer | None:
        """None where it would take too long or too many clusters."""
        best: tuple[float, Prices] = (-math.inf, prices)
        pool: _Pool | None = None
        mixture = math.inf
        for _ in range(PRICINGS):
            negative = self._pool(question, prices, 0.0, limits)
            if negative is not None:
                floor = self._floor(negative, question, prices)
                if floor > best[0]:
                    best = floor, prices
                    whole = self._pool(question, prices, self._wide(question.upper - floor), limits)
                    if whole is not None:
                        return self._narrowed(question, whole, math.inf, limits)
            if prices.best or mixture - best[0] <= CLOSE * (question.upper - best[0]):
                break
            if limits.stop():
                return None
            pool = self._grown(question, prices, pool, negative, limits)
            mixed = self._mixture(question, pool, prices, limits).settle()
            if mixed is None:
                return None
            mixture = mixed.value
            prices = self._nearer(question, mixed, best[1])
        return self._in_part(question, *best, limits)

    def _in_part(
        self, question: Question, floor: float, prices: Prices, limits: Limits
    ) -> Answer | None:
        """With the best prices found, as many clusters as can be listed."""
        if not math.isfinite(floor):
            return None
        width = self._wide(question.upper - floor) / FIRST_PART
        best: tuple[_Pool, float] | None = None
        while not limits.stop():
            pool = self._pool(question, prices, width, limits)
            if pool is None:
                break
            best = pool, floor + width
            width *= WIDER
        return None if best is None else self._narrowed(question, *best, limits)

    def _wide(self, gap: float) -> float:
        return max(gap, 0.0) * (1 + 1e-6) + 1e-6

    def _floor(self, pool: _Pool, question: Question, prices: Prices) -> float:
        """A bound for every division: what the places are worth, and the most that clusters can
        cost less than theirs: `pool` has all of these, and no two in a division share a hub."""
        least = np.zeros(self.model.n)
        np.minimum.at(least, pool.hubs, self._reduced(pool, question, prices))
        ends = question.count[0] if prices.count > 0 else question.count[1]
        below = float(np.sort(least)[: question.count[1]].sum())
        worth = float(prices.duals[list(question.units)].sum())
        return worth + prices.count * ends + below

    def _grown(
        self,
        question: Question,
        prices: Prices,
        pool: _Pool | None,
        negative: _Pool | None,
        limits: Limits,
    ) -> _Pool:
        """The clusters for the next prices: those likely to pay at first, then those that do."""
        if pool is None:
            width = 0.02 * max(1e-9, question.upper / max(1, len(question.incumbent)))
            pool = self._pool(
                question, prices, width, limits, grow=min(FIRST_POOL, limits.most // 3)
            )
            assert pool is not None  # noqa: S101 - growing takes what there is
        return pool if negative is None else self._joined(pool, negative, question)

    def _nearer(self, question: Question, mixed: Mixed, best: Prices) -> Prices:
        """Most of the way from the best prices so far to those of the mixture."""
        duals = self._by_unit(question, mixed.duals)
        inside = list(question.units)
        out = np.zeros_like(duals)
        out[inside] = TRUST * duals[inside] + (1 - TRUST) * best.duals[inside]
        return Prices(out, TRUST * mixed.count + (1 - TRUST) * best.count)

    def _narrowed(
        self, question: Question, pool: _Pool, reach: float, limits: Limits
    ) -> Answer | None:
        """Raise the bound by inequalities until few clusters are left that could be used."""
        upper = question.upper
        mixture = self._mixture(question, pool, None, limits)
        best: Mixed | None = None
        bound = -math.inf
        for _ in range(limits.rounds):
            mixed = mixture.settle()
            if mixed is None:
                break
            if best is None or mixed.value > best.value:
                best = mixed
            bound = min(best.value, reach, upper)
            limits.tell(bound)
            left = int((best.reduced <= upper - best.value).sum())
            enough = mixed.whole or left <= FEW or best.value >= min(reach, upper)
            if enough or limits.stop() or not mixture.cut():
                break
        return None if best is None else self._rest(pool, best, bound, reach, upper)

    def _rest(self, pool: _Pool, best: Mixed, bound: float, reach: float, upper: float) -> Answer:
        may = best.reduced <= upper - best.value + 1e-6
        may[pool.known] = True
        order = np.flatnonzero(may)
        order = order[np.argsort(best.reduced[order], kind="stable")]
        rows = pool.units[order].tolist()
        keys = dict.fromkeys(frozenset(u for u in row if u >= 0) for row in rows)
        return Answer(bound, tuple(keys), reach)

    def _pool(
        self,
        question: Question,
        prices: Prices,
        width: float,
        limits: Limits,
        grow: int = 0,
    ) -> _Pool | None:
        """Sound clusters whose least cost is within `width` of paying, widened until there are
        at least `grow`; None if there are too many."""
        schools = [i for u in question.units for i in self.model.units[u]]
        hubs = [i for i in schools if self.may_hub[i]]
        for _ in range(12):
            listed = self.lister.all_within(
                hubs,
                prices.duals,
                [prices.count + width] * len(hubs),
                most=limits.most,
                stop=limits.stop,
                among=question.units,
            )
            if not listed.complete and not grow:
                return None
            if len(listed.slack) >= grow or not listed.complete:
                break
            width *= 1.6
        return self._priced(self._once_each(listed.units), question)

    def _once_each(self, units: Ints) -> Ints:
        """Each cluster once, its units in order: compared by a sum of random numbers first."""
        units = np.sort(units, axis=1)
        sums = self.marks[units].sum(axis=1)
        order = np.argsort(sums, kind="stable")
        units, again = units[order], np.diff(sums[order]) == 0
        if (units[1:][again] != units[:-1][again]).any():
            return np.unique(units, axis=0)
        return units[np.concatenate([[True], ~again])] if len(units) else units

    def _priced(self, units: Ints, question: Question) -> _Pool:
        known = np.full((len(question.incumbent), units.shape[1]), -1, dtype=np.int64)
        for row, cluster in zip(known, question.incumbent, strict=True):
            row[: len(cluster)] = sorted(cluster)
        units = np.concatenate([units, np.sort(known, axis=1)])
        schools = np.sort(self.padded[units].reshape(len(units), -1), axis=1)[:, : self.model.high]
        priced = price(self.model, schools)
        sound = priced.broken == 0
        units, costs, hubs = units[sound], priced.cost[sound], priced.hub[sound]
        n_known = int(sound[len(sound) - len(known) :].sum())
        there = np.arange(len(units) - n_known, len(units))
        return _Pool(units, costs, hubs, self._members(units, question), there)

    def _joined(self, one: _Pool, two: _Pool, question: Question) -> _Pool:
        units = np.concatenate([two.units, one.units])
        costs = np.concatenate([two.costs, one.costs])
        hubs = np.concatenate([two.hubs, one.hubs])
        known = len(two.units) + one.known
        return _Pool(units, costs, hubs, self._members(units, question), known)

    def _members(self, units: Ints, question: Question) -> sparse.csr_matrix:
        place = np.full(len(self.model.units) + 1, -1, dtype=np.int64)
        place[list(question.units)] = np.arange(len(question.units))
        real = units >= 0
        starts = np.concatenate([[0], np.cumsum(real.sum(axis=1))])
        shape = (len(units), len(question.units))
        return sparse.csr_matrix((np.ones(int(real.sum())), place[units[real]], starts), shape)

    def _by_unit(self, question: Question, duals: Floats) -> Floats:
        out = np.zeros(len(self.model.units))
        out[list(question.units)] = duals
        return out

    def _reduced(self, pool: _Pool, question: Question, prices: Prices) -> Floats:
        duals = prices.duals[list(question.units)]
        return np.asarray(pool.costs - pool.members @ duals - prices.count)

    def _mixture(
        self, question: Question, pool: _Pool, prices: Prices | None, limits: Limits
    ) -> Mixture:
        mixture = Mixture(
            pool.members,
            pool.costs,
            question.count,
            seconds=limits.seconds,
            seed=limits.seed,
            stop=limits.stop,
        )
        if prices is None:
            sizes = np.asarray(pool.members.sum(axis=1)).ravel()
            guess = pool.costs / np.maximum(sizes, 1.0)
        else:
            guess = self._reduced(pool, question, prices)
        mixture.begin(guess, pool.known)
        return mixture
