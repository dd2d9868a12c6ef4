"""Clusters gathered for one question: listed, priced, and what they say of every division."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from clusterwork.formation.book import Book, Key
from clusterwork.formation.columns import Enumerator, Listed
from clusterwork.formation.mixture import Mixture
from clusterwork.formation.model import Ints, Model
from clusterwork.formation.peer_columns import PeersEnumerator
from clusterwork.formation.pricing import price, unit_rows
from clusterwork.formation.question import Limits, Prices, Question
from clusterwork.formation.star_costs import by_peers, star_costs

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Gathered:
    """m clusters: units (m, width) filled up with -1, true costs and hubs (m,), membership."""

    units: Ints
    costs: Floats
    hubs: Ints
    members: sparse.csr_matrix
    known: Ints


class Gatherer:
    """Gathers clusters of one model."""

    def __init__(self, model: Model, book: Book) -> None:
        self.model, self.book = model, book
        self.by_peers = by_peers(model)
        self.lister: Enumerator | PeersEnumerator = (
            PeersEnumerator(model) if self.by_peers else Enumerator(model, star_costs(model))
        )
        self.may_hub = model.may_hub[np.arange(model.n), np.arange(model.n)]
        self.padded = unit_rows(model)
        marks = np.random.default_rng(0).integers(0, 2**63, len(model.units) + 1, dtype=np.uint64)
        self.marks = marks

    def listed(
        self, question: Question, prices: Prices, width: float, limits: Limits, most: int
    ) -> Listed:
        """Clusters whose least cost is within `width` of paying; not complete if above `most`."""
        schools = [i for u in question.units for i in self.model.units[u]]
        hubs = [i for i in schools if self.may_hub[i]]
        return self.lister.all_within(
            hubs,
            prices.duals,
            [prices.count + width] * len(hubs),
            most=most,
            stop=limits.stop,
            among=question.units,
        )

    def pool(
        self, question: Question, prices: Prices, width: float, limits: Limits, grow: int = 0
    ) -> Gathered | None:
        """Sound clusters whose least cost is within `width` of paying, widened until there are
        at least `grow`; None if there are too many."""
        for _ in range(12):
            listed = self.listed(question, prices, width, limits, limits.most)
            if not listed.complete and not grow:
                return None
            if len(listed.slack) >= grow or not listed.complete:
                break
            width *= 1.6
        return self.priced(listed.units, question)

    def priced(self, units: Ints, question: Question) -> Gathered:
        """Those of the clusters (m, width) that keep the rules, each once, and the incumbent's."""
        units = self._once_each(units)
        known = self.rows(question.incumbent)
        units = np.concatenate([units, known])
        schools = np.sort(self.padded[units].reshape(len(units), -1), axis=1)[:, : self.model.high]
        priced = price(self.model, schools)
        sound = priced.broken == 0
        units, costs, hubs = units[sound], priced.cost[sound], priced.hub[sound]
        n_known = int(sound[len(sound) - len(known) :].sum())
        there = np.arange(len(units) - n_known, len(units))
        return Gathered(units, costs, hubs, self._members(units, question), there)

    def rows(self, keys: Sequence[Key]) -> Ints:
        """(m, width) units of each cluster in order, -1 first where there are fewer."""
        rows = np.full((len(keys), self.model.high), -1, dtype=np.int64)
        for row, cluster in zip(rows, keys, strict=True):
            row[: len(cluster)] = sorted(cluster)
        return np.sort(rows, axis=1)

    def _once_each(self, units: Ints) -> Ints:
        """Each cluster once, its units in order: compared by a sum of random numbers first."""
        units = np.sort(units, axis=1)
        sums = self.marks[units].sum(axis=1)
        order = np.argsort(sums, kind="stable")
        units, again = units[order], np.diff(sums[order]) == 0
        if (units[1:][again] != units[:-1][again]).any():
            return np.unique(units, axis=0)
        return units[np.concatenate([[True], ~again])] if len(units) else units

    def joined(self, one: Gathered, two: Gathered, question: Question) -> Gathered:
        """Both; known are those of `one`."""
        units = np.concatenate([two.units, one.units])
        costs = np.concatenate([two.costs, one.costs])
        hubs = np.concatenate([two.hubs, one.hubs])
        known = len(two.units) + one.known
        return Gathered(units, costs, hubs, self._members(units, question), known)

    def _members(self, units: Ints, question: Question) -> sparse.csr_matrix:
        place = np.full(len(self.model.units) + 1, -1, dtype=np.int64)
        place[list(question.units)] = np.arange(len(question.units))
        real = units >= 0
        starts = np.concatenate([[0], np.cumsum(real.sum(axis=1))])
        shape = (len(units), len(question.units))
        return sparse.csr_matrix((np.ones(int(real.sum())), place[units[real]], starts), shape)

    def reduced(self, pool: Gathered, question: Question, prices: Prices) -> Floats:
        """(m,) what each costs less all prices."""
        duals = prices.duals[list(question.units)]
        return np.asarray(pool.costs - pool.members @ duals - prices.count)

    def floor(
        self, pool: Gathered, question: Question, prices: Prices, width: float = 0.0
    ) -> float:
        """A bound for every division: what the places are worth, and the most that clusters can
        cost less than theirs. `pool` has all clusters that do so by more than -`width`."""
        reduced = np.minimum(self.reduced(pool, question, prices), min(width, 0.0))
        below = max(
            self._by_hubs(pool, question, reduced, width),
            self._by_members(pool, reduced, width),
        )
        ends = question.count[0] if prices.count > 0 else question.count[1]
        worth = float(prices.duals[list(question.units)].sum())
        return worth + prices.count * ends + below

    def _by_hubs(self, pool: Gathered, question: Question, reduced: Floats, width: float) -> float:
        """No two clusters of a division share a hub."""
        least = np.full(self.model.n, min(width, 0.0))
        np.minimum.at(least, pool.hubs, reduced)
        return float(np.sort(least)[: question.count[1]].sum())

    def _by_members(self, pool: Gathered, reduced: Floats, width: float) -> float:
        """Each unit carries an equal share of its cluster."""
        longest = self.padded.shape[1]
        least = np.full(pool.members.shape[1], min(width, 0.0) / -(-self.model.low // longest))
        n_units = np.diff(pool.members.indptr)
        np.minimum.at(least, pool.members.indices, np.repeat(reduced / n_units, n_units))
        return float(least.sum())

    def mixture(
        self, question: Question, pool: Gathered, prices: Prices | None, limits: Limits
    ) -> Mixture:
        """The program over the pool, begun with what is cheapest by the prices."""
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
            guess = self.reduced(pool, question, prices)
        mixture.begin(guess, pool.known)
        return mixture

    def nearer(
        self, question: Question, duals: Floats, count: float, best: Prices, trust: float
    ) -> Prices:
        """A part of the way from the best prices so far to others, of a mixture's places."""
        inside = list(question.units)
        out = np.zeros_like(best.duals)
        out[inside] = trust * duals + (1 - trust) * best.duals[inside]
        return Prices(out, trust * count + (1 - trust) * best.count)
