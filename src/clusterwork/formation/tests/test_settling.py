"""Prices settled by the clusters that pay, and plans by peers, against every division there is."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clusterwork.formation import Instance, NotFoundInTime, Policy, propose, solver
from clusterwork.formation.book import Book
from clusterwork.formation.gathering import Gatherer
from clusterwork.formation.model import build_model
from clusterwork.formation.question import Limits, Prices, Question
from clusterwork.formation.settling import Settling
from clusterwork.formation.tests import made, plainly
from clusterwork.formation.tests.test_exact import best_division, never
from clusterwork.formation.tests.test_peer_columns import by_peers
from clusterwork.formation.widening import widest

careful = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    derandomize=True,
)


def limits(most: int = 10**6) -> Limits:
    return Limits(most, 5.0, 0, never)


class TestSettling:
    @careful
    @given(instance=made.instances(most=7), seed=st.integers(0, 9), spare=st.sampled_from([0, 9]))
    def test_the_floor_is_never_above_the_best_division(
        self, instance: Instance, seed: int, spare: int
    ) -> None:
        model = build_model(by_peers(instance))
        best = best_division(model, Book(model))
        if best is None:
            return
        count = model.count_low, model.count_high
        question = Question(range(len(model.units)), count, best[1], best[0] + spare)
        random = np.random.default_rng(seed)
        prices = Prices(random.uniform(0, 30, len(model.units)), float(random.uniform(-30, 30)))
        floor, found = Settling(Gatherer(model, Book(model)), question, limits()).run(prices)
        assert floor <= best[0] + 1e-6
        assert math.isfinite(floor)
        assert len(found.duals) == len(model.units)

    def test_three_pairs_on_a_line_are_priced_until_nothing_pays(self) -> None:
        """Pairs 1 km apart, 10 km between them: each costs 2, and no mixture costs less than 6."""
        schools = tuple(made.school(k, 10 * (k // 2) + k % 2, 0) for k in range(6))
        policy = Policy(size=(2, 2), measure="peers", unit="km", circuity=1.0, best_size=(1, 9))
        model = build_model(Instance(schools, policy))
        pairs = [frozenset({k, k + 1}) for k in (0, 2, 4)]
        question = Question(range(6), (3, 3), pairs, 6.0)
        gather = Gatherer(model, Book(model))
        floor, _ = Settling(gather, question, limits()).run(Prices(np.full(6, 9.0), 0.0))
        assert math.isclose(floor, 6.0, abs_tol=0.05)


class TestWidening:
    def test_goes_as_far_as_the_gap_or_as_the_clusters_allow(self) -> None:
        schools = tuple(made.school(k, k * k, 0) for k in range(12))
        model = build_model(Instance(schools, Policy(size=(3, 5), measure="peers", unit="km")))
        gather, prices = Gatherer(model, Book(model)), Prices(np.full(12, 4.0), 0.0)
        question = Question(range(12), (0, 9), [frozenset(range(4))] * 3, 60.0)
        for most in (5, 50, 10**6):
            found = widest(gather, question, prices, 400.0, limits(most))
            if found is None:
                assert most == 5
                continue
            units, width = found
            within = gather.listed(question, prices, width, limits(), 10**6)
            assert len(units) == len(within.units) <= most
            assert (width == 400.0) == (most == 10**6)


class TestPlans:
    @settings(careful, max_examples=25)
    @given(instance=made.instances(most=7))
    def test_the_plan_is_best_and_the_bound_holds_though_not_every_cluster_is_listed(
        self, instance: Instance, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(solver, "ALL_CLUSTERS", 0)
        instance = by_peers(instance)
        best = plainly.best(instance)
        if best is None:
            return
        try:
            answer = propose(instance, time_limit_s=0.4, seed=1)
        except NotFoundInTime:
            return
        assert answer.bound <= best + 1e-6
        assert answer.objective >= best - 1e-6
        if answer.proven:
            assert math.isclose(answer.objective, best, abs_tol=1e-6)

    def test_a_county_of_forty_schools_is_proved_best_within_the_limit_to_pairs_too(self) -> None:
        random = np.random.default_rng(4)
        spots = random.uniform(0, 60, (40, 2)).tolist()
        schools = tuple(made.school(k, east, north) for k, (east, north) in enumerate(spots))
        policy = Policy(size=(4, 8), count=(6, 6), measure="peers", limit_minutes=0.0)
        free = propose(Instance(schools, policy), time_limit_s=20.0, seed=1)
        near = replace(policy, limit_minutes=60.0, limit_to="pairs")
        bound = propose(Instance(schools, near), time_limit_s=20.0, seed=1)
        assert free.proven
        assert bound.proven
        assert bound.objective >= free.objective - 1e-6
