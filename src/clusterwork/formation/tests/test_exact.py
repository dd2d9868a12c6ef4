"""Listing, mixing and choosing, each against every cluster and every division that there is."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy import sparse

from clusterwork.formation import Instance
from clusterwork.formation.book import Book, Key
from clusterwork.formation.columns import Enumerator
from clusterwork.formation.cuts import holding_two, violated_triples
from clusterwork.formation.exact import Exact
from clusterwork.formation.mixture import Mixture
from clusterwork.formation.model import Model, build_model
from clusterwork.formation.question import Limits, Prices, Question
from clusterwork.formation.star_costs import star_costs
from clusterwork.formation.tests import made

careful = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


def never() -> bool:
    return False


def clusters_of(model: Model) -> list[Key]:
    units = range(len(model.units))
    return [
        frozenset(c) for size in range(1, len(model.units) + 1) for c in combinations(units, size)
    ]


def divisions(keys: list[Key], rest: frozenset[int]) -> list[list[Key]]:
    if not rest:
        return [[]]
    first = min(rest)
    return [
        [key, *others]
        for key in keys
        if first in key and key <= rest
        for others in divisions(keys, rest - key)
    ]


def best_division(model: Model, book: Book) -> tuple[float, list[Key]] | None:
    """The cheapest division by clusters' own costs, tried one by one."""
    keys = clusters_of(model)
    book.learn(keys)
    sound = [key for key in keys if not book[key].broken]
    every = divisions(sound, frozenset(range(len(model.units))))
    counted = [d for d in every if model.count_low <= len(d) <= model.count_high]
    if not counted:
        return None
    best = min(counted, key=lambda d: sum(book[key].cost for key in d))
    return sum(book[key].cost for key in best), best


class TestListing:
    @careful
    @given(instance=made.instances(most=6), seed=st.integers(0, 9), limit=st.floats(-20.0, 40.0))
    def test_lists_every_cluster_within_the_limit_and_no_other(
        self, instance: Instance, seed: int, limit: float
    ) -> None:
        model = build_model(instance)
        lister = Enumerator(model, star_costs(model))
        duals = np.random.default_rng(seed).uniform(0.0, 20.0, len(model.units))
        hubs = [h for h in range(model.n) if model.may_hub[h, h]]
        listed = lister.all_within(hubs, duals, [limit] * len(hubs), most=10**6, stop=never)
        assert listed.complete
        assert set(listed.keys()) == self.plainly(model, lister, duals, hubs, limit)

    def plainly(
        self, model: Model, lister: Enumerator, duals: np.ndarray, hubs: list[int], limit: float
    ) -> set[Key]:
        found = set()
        for key in clusters_of(model):
            size = sum(len(model.units[u]) for u in key)
            apart = any(lister.foes[a, b] for a in key for b in key)
            if apart or not model.low <= size <= model.high:
                continue
            for hub in (h for h in hubs if model.group[h] in key):
                cost = sum(lister.unit_cost[hub, u] - duals[u] for u in key)
                if cost + model.size_price(size) <= limit + 1e-9:
                    found.add(key)
        return found

    def test_says_that_it_left_some_out(self) -> None:
        schools = tuple(made.school(k, k, 0) for k in range(12))
        model = build_model(Instance(schools))
        lister = Enumerator(model, star_costs(model))
        listed = lister.all_within(range(12), np.zeros(12), [1e6] * 12, most=5, stop=never)
        assert not listed.complete


class TestCuts:
    def test_three_halves_of_three_pairs_break_one(self) -> None:
        pairs = sparse.csr_matrix(np.array([[1, 1, 0], [0, 1, 1], [1, 0, 1]]))
        assert violated_triples(pairs, np.full(3, 0.5), 9) == [(0, 1, 2)]
        assert holding_two(pairs.tocsc(), (0, 1, 2)).tolist() == [0, 1, 2]

    @careful
    @given(seed=st.integers(0, 10**6))
    def test_finds_every_triple_that_is_broken(self, seed: int) -> None:
        random = np.random.default_rng(seed)
        members = (random.random((8, 7)) < random.choice([0.3, 0.5])).astype(float)
        share = random.choice([0.0, 0.3, 0.5, 0.8], 8)
        share = share / max(1.0, (members * share[:, None]).sum(axis=0).max())
        broken = {
            triple
            for triple in combinations(range(7), 3)
            if share[members[:, triple].sum(axis=1) >= 2].sum() > 1.02
        }
        assert set(violated_triples(sparse.csr_matrix(members), share, 99)) == broken


class TestMixture:
    def test_inequalities_close_the_gap_of_three_schools_in_pairs(self) -> None:
        """Three halves cost 1.5; whole clusters cost 2: a pair and a school by itself."""
        members = sparse.csr_matrix(
            np.array(
                [[1, 1, 0], [0, 1, 1], [1, 0, 1], [1, 0, 0], [0, 1, 0], [0, 0, 1]], dtype=float
            )
        )
        mixture = Mixture(members, np.ones(6), (0, 3), seconds=5.0, seed=0, stop=never)
        mixture.begin(np.ones(6), np.array([0, 3]))
        first = mixture.settle()
        assert first is not None and math.isclose(first.value, 1.5, abs_tol=1e-6)
        assert mixture.cut() == 1
        second = mixture.settle()
        assert second is not None and math.isclose(second.value, 2.0, abs_tol=1e-6)


class TestExact:
    @careful
    @given(instance=made.instances(most=7), spare=st.sampled_from([0.0, 3.0]))
    def test_the_bound_holds_and_the_best_division_is_among_the_clusters(
        self, instance: Instance, spare: float
    ) -> None:
        model = build_model(instance)
        book = Book(model)
        best = best_division(model, book)
        if best is None:
            return
        cost, division = best
        units, count = range(len(model.units)), (model.count_low, model.count_high)
        question = Question(units, count, division, cost + spare)
        exact = Exact(model, book)
        answer = exact.answer(
            question, Prices(np.zeros(len(model.units)), 0.0), Limits(10**6, 5.0, 0, never)
        )
        if answer is None:
            return
        assert answer.bound <= cost + 1e-6
        assert set(division) <= set(answer.keys)

    @careful
    @given(instance=made.instances(most=7))
    def test_from_a_worse_division_it_finds_what_the_best_one_needs(
        self, instance: Instance
    ) -> None:
        model = build_model(instance)
        book = Book(model)
        best = best_division(model, book)
        if best is None:
            return
        sound = [key for key in clusters_of(model) if not book[key].broken]
        every = divisions(sound, frozenset(range(len(model.units))))
        worst = max(
            (d for d in every if model.count_low <= len(d) <= model.count_high),
            key=lambda d: sum(book[key].cost for key in d),
        )
        upper = sum(book[key].cost for key in worst)
        question = Question(
            range(len(model.units)), (model.count_low, model.count_high), worst, upper
        )
        answer = Exact(model, book).answer(
            question, Prices(np.zeros(len(model.units)), 0.0), Limits(10**6, 5.0, 0, never)
        )
        if answer is None or answer.reach < math.inf:
            return
        inside = set(answer.keys)
        costs = [
            sum(book[key].cost for key in d)
            for d in every
            if model.count_low <= len(d) <= model.count_high and set(d) <= inside
        ]
        assert math.isclose(min(costs), best[0], abs_tol=1e-6)
        assert answer.bound <= best[0] + 1e-6
