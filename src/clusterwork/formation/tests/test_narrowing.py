"""Choosing from every cluster there is: exact, within its time, and never the only way."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import combinations
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusterwork.formation import Instance, Policy, Weights, narrowing, propose, solver
from clusterwork.formation.narrowing import choose_among, narrow
from clusterwork.formation.partition import Chosen, Pool, choose
from clusterwork.formation.tests import made

CLOSE = 1e-6
EASY = {"seconds": lambda: 30.0, "seed": 1, "stop": lambda: False}
careful = settings(max_examples=80, deadline=None, derandomize=True)


@st.composite
def pools(draw: st.DrawFn) -> Pool:
    """Every cluster of up to three of a few schools, or only some, with labels or without."""
    n = draw(st.integers(2, 7))
    every = [frozenset(c) for size in (1, 2, 3) for c in combinations(range(n), size)]
    columns = draw(st.lists(st.sampled_from(every), min_size=1, max_size=60))
    many = len(columns)
    costs = draw(st.lists(st.integers(0, 30), min_size=many, max_size=many))
    labels = draw(st.none() | st.lists(st.integers(-1, 2), min_size=many, max_size=many))
    leave = draw(st.none() | st.lists(st.integers(5, 50), min_size=n, max_size=n))
    low = draw(st.integers(0, n))
    count = low, draw(st.integers(low, n))
    return Pool(columns, [float(c) for c in costs], range(n), count, labels, leave)


class TestAmongMany:
    @careful
    @given(pool=pools())
    def test_the_cheapest_choice_is_the_one_of_the_whole_pool(self, pool: Pool) -> None:
        whole = choose(pool, seconds=30, seed=1, stop=lambda: False)
        with mock.patch.multiple(narrowing, FEW=4, MOST=30):
            found = choose_among(pool, **EASY)
        if whole.columns is None:
            assert found.columns is None
            return
        best = narrowing.cost_of(pool, whole)
        assert found.bound <= best + CLOSE
        if found.proved:
            assert narrowing.cost_of(pool, found) == pytest.approx(best)

    @careful
    @given(pool=pools())
    def test_no_choice_is_below_the_bound_of_its_columns(self, pool: Pool) -> None:
        found = narrow(pool, seconds=30, seed=1, stop=lambda: False)
        whole = choose(pool, seconds=30, seed=1, stop=lambda: False)
        assert found is not None
        if whole.columns is None:
            return
        cost = narrowing.cost_of(pool, whole)
        for k in whole.columns:
            assert found.bound + found.reduced[k] <= cost + CLOSE

    def test_told_to_stop_it_stops_in_the_relaxation_and_proves_nothing(self) -> None:
        every = [frozenset(c) for size in (3, 4) for c in combinations(range(14), size)]
        pool = Pool(every, [float(max(c) - min(c)) for c in every], range(14), (0, 14))
        with mock.patch.object(narrowing, "FEW", 4):
            found = choose_among(pool, seconds=lambda: 30.0, seed=1, stop=lambda: True)
        assert found == Chosen(None, (), -math.inf, proved=False)


class TestTwoParallelRoads:
    """Very many clusters that cost the same: HiGHS compares them all and does not look up."""

    roads = tuple(made.school(k, k % 10, k // 10) for k in range(20))
    policy = Policy(
        size=(3, 5), best_size=(3, 5), limit_minutes=0, weights=Weights(change=1.0), unit="km"
    )
    today = {str(k): f"cluster {k // 4}" for k in range(20)}
    whole = Instance(roads, policy, current=today)

    def test_never_give_more_columns_at_once_than_are_heeded_in_time(self) -> None:
        given: list[int] = []

        def counted(pool: Pool, **more: object) -> Chosen:
            given.append(len(pool.columns))
            return choose(pool, **more)  # type: ignore[arg-type]

        with mock.patch.object(narrowing, "choose", counted):
            found = propose(self.whole, time_limit_s=60, seed=1)
        assert given and max(given) <= narrowing.MOST
        assert found.proven

    def test_are_solved_the_usual_way_when_that_is_cut_short(self) -> None:
        small = replace(self.whole, schools=self.roads[:12])
        whole = propose(small, time_limit_s=30, seed=1)
        cut = Chosen(None, (), -math.inf, proved=False)
        with mock.patch.object(solver, "choose_among", return_value=cut) as asked:
            usual = propose(small, time_limit_s=2, seed=1)
        assert asked.called
        assert usual.objective == pytest.approx(whole.objective)
        assert usual.bound <= whole.objective + CLOSE
