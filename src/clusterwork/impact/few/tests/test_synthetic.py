"""Promises about synthetic controls: the best mix by other means, and places without flattery."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize

from clusterwork.impact.few import changes_of, panel_of, ranked, synthetic, usable, weights_of
from clusterwork.impact.few.ranks import by_changes, by_synthetic
from clusterwork.impact.few.synthetic_control import placebos, rank
from clusterwork.impact.few.tests.made import NAMES, arms, changes, rows

AFTER = np.arange(8) >= 5


def away(weights, target, donors):
    return float(np.square(target - donors @ weights).sum())


class TestTheMix:
    @given(st.integers(0, 10_000), st.integers(2, 7), st.integers(2, 6), st.floats(-5, 5))
    def test_no_other_search_finds_a_nearer_one(self, seed, n_years, n_donors, off):
        rng = np.random.default_rng(seed)
        target, donors = rng.normal(size=n_years) + off, rng.normal(size=(n_years, n_donors))
        found = weights_of(target, donors)
        assert found.min() >= 0
        assert found.sum() == pytest.approx(1)
        other = minimize(
            away,
            np.full(n_donors, 1 / n_donors),
            args=(target, donors),
            bounds=[(0, 1)] * n_donors,
            constraints={"type": "eq", "fun": lambda weights: weights.sum() - 1},
            options={"ftol": 1e-12, "maxiter": 500},
        )
        assert away(found, target, donors) <= other.fun + 1e-7

    def test_a_true_mix_is_found(self):
        donors = np.random.default_rng(2).normal(size=(8, 4))
        wanted = np.array([0.5, 0.0, 0.2, 0.3])
        assert weights_of(donors @ wanted, donors) == pytest.approx(wanted)

    def test_no_fine_grid_of_three_donors_is_nearer(self):
        rng = np.random.default_rng(5)
        target, donors = rng.normal(size=6), rng.normal(size=(6, 3))
        steps = np.linspace(0, 1, 201)
        grid = [(a, b, 1 - a - b) for a in steps for b in steps if a + b <= 1 + 1e-12]
        least = min(away(np.array(each), target, donors) for each in grid)
        assert away(weights_of(target, donors), target, donors) <= least + 1e-12

    def test_units_of_the_outcome_do_not_matter(self):
        rng = np.random.default_rng(5)
        target, donors = rng.normal(size=6), rng.normal(size=(6, 3))
        assert weights_of(1e6 * target + 3e5, 1e6 * donors + 3e5) == pytest.approx(
            weights_of(target, donors), abs=1e-9
        )


class TestTheEffect:
    def test_is_what_was_added_to_a_true_mix(self):
        donors = np.random.default_rng(2).normal(size=(8, 4))
        target = donors @ np.array([0.5, 0.0, 0.2, 0.3]) + 2.0 * AFTER
        found = synthetic(target, donors, AFTER, level=True)
        assert found.effect == pytest.approx(2.0)
        assert (found.before, found.ratio) == (0.0, float("inf"))

    def test_a_cluster_above_all_others_can_be_copied_in_its_course(self):
        donors = np.random.default_rng(2).normal(size=(8, 4))
        target = donors @ np.array([0.5, 0.0, 0.2, 0.3]) + 2.0 * AFTER + 50.0
        assert synthetic(target, donors, AFTER, level=False).effect == pytest.approx(2.0)
        assert synthetic(target, donors, AFTER, level=True).effect > 40


class TestPlaces:
    def test_a_placebo_never_borrows_from_the_treated_cluster(self):
        series = np.random.default_rng(3).normal(size=(5, 8))
        changed = series.copy()
        changed[0] += 100
        for one, other in zip(
            placebos(series, AFTER, level=True)[1:],
            placebos(changed, AFTER, level=True)[1:],
            strict=True,
        ):
            assert np.array_equal(one.gaps, other.gaps)

    def test_of_equals_the_last_place_counts(self):
        assert rank(np.array([3.0, 3.0, 5.0, 1.0])) == 3

    def test_one_treated_cluster_is_placed_by_ratio(self):
        panel = usable(panel_of(rows(arms(1, 5, start=2013), years=16, effect=3.0), **NAMES))
        found = ranked(panel, changes_of(panel))
        assert found.rank == (1, 6)
        assert found.by_ratio
        assert found.table.columns == ("cluster", "effect", "before", "after", "ratio", "rank")
        assert [row[-1] for row in found.table.rows] == [1, 2, 3, 4, 5, 6]
        assert found.estimate.estimate == pytest.approx(3.0, abs=0.5)
        assert found.estimate.p is None
        assert len(found.left_out) == 5

    def test_where_a_mix_is_exact_before_it_is_placed_by_size(self):
        series = np.array([[1.0, 2, 3, 9], [1, 2, 3, 4], [5, 4, 6, 5], [2, 7, 1, 3]])
        found = by_synthetic(("a", "b", "c", "d"), series, np.array([False] * 3 + [True]))
        assert not found.by_ratio
        sizes = np.array([abs(row[1]) for row in sorted(found.table.rows)])
        assert found.rank == (rank(sizes), 4)

    def test_two_years_before_are_compared_plainly(self):
        panel = usable(panel_of(rows(arms(1, 5, start=2003), effect=3.0), **NAMES))
        found = ranked(panel, changes_of(panel))
        assert found.estimate.method == "difference_in_differences"
        assert not found.by_ratio
        assert found.estimate.estimate == pytest.approx(changes_of(panel).estimate)
        assert found.rank == (1, 6)

    def test_the_only_comparison_cluster_is_placed_among_the_others(self):
        found = by_changes(changes([1.0, 1.2, 0.9, 1.1, -3.0], 4))
        assert found.rank == (1, 5)
        assert found.estimate.estimate == pytest.approx(1.05 + 3.0)
