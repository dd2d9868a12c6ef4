"""Promises about randomisation: every assignment by hand, and intervals by trying effects."""

from __future__ import annotations

from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterwork.impact.few import changes_of, panel_of, randomisation, randomised, usable
from clusterwork.impact.few.randomising import assignments, how_many
from clusterwork.impact.few.tests.made import NAMES, arms, changes, rows

TREATED_MICE = [94, 197, 16, 38, 99, 141, 23]
OTHER_MICE = [52, 104, 146, 10, 51, 30, 40, 27, 46]
STAGGERED = {"a": 2003, "b": 2004, "c": 2004, "d": 0, "e": 0, "f": 0, "g": 0}


def by_hand(values, n_treated):
    """Every choice of as many."""
    values = np.array(values)
    found = []
    for chosen in combinations(range(len(values)), n_treated):
        there = np.isin(np.arange(len(values)), chosen)
        found.append(values[there].mean() - values[~there].mean())
    return np.array(found)


class TestP:
    def test_is_the_published_one(self):
        """Efron and Tibshirani (1993), An Introduction to the Bootstrap, table 15.1: one-sided
        .132 by 1,000 permutations of the mouse data, a difference of 30.63 days."""
        found = randomised(changes(TREATED_MICE + OTHER_MICE, 7))
        assert found.estimate == pytest.approx(30.63, abs=0.005)
        assert len(found.found) == 11_440
        assert np.mean(found.found >= found.estimate - 1e-9) == pytest.approx(0.132, abs=0.02)

    @pytest.mark.parametrize("n_treated", [2, 3, 5])
    def test_is_every_choice_by_hand(self, n_treated):
        values = list(np.sin(1.9 * np.arange(8)) + (np.arange(8) < n_treated))
        found = by_hand(values, n_treated)
        seen = np.mean(values[:n_treated]) - np.mean(values[n_treated:])
        told = randomisation(changes(values, n_treated))
        assert told.p == pytest.approx(np.mean(np.abs(found) >= abs(seen) - 1e-12))
        assert sorted(randomised(changes(values, n_treated)).found) == pytest.approx(sorted(found))

    def test_staggered_starts_are_dealt_anew(self):
        """Starts are given to other clusters and the whole estimate made again."""
        panel = usable(panel_of(rows(STAGGERED, effect=0.4), **NAMES))
        seen = changes_of(panel)
        estimates = []
        for starts in set(permutations(seen.assigned.tolist())):
            again = type(seen)(
                seen.clusters, seen.starts, seen.by_start, seen.carried, np.array(starts)
            )
            estimates.append(again.estimate)
        assert sorted(randomised(seen).found) == pytest.approx(sorted(estimates))
        assert len(estimates) == how_many(tuple(seen.assigned.tolist())) == 105

    def test_too_many_assignments_are_drawn_with_the_one_seen(self):
        assigned = (0,) * 10 + (-1,) * 30
        drawn = assignments(assigned, draws=999, seed=4)
        assert drawn.shape == (1000, 40)
        assert tuple(drawn[0]) == assigned
        assert ((drawn == 0).sum(axis=1) == 10).all()
        assert (drawn == assignments(assigned, draws=999, seed=4)).all()

    @pytest.mark.parametrize(
        ("n_treated", "n_comparison", "least"), [(3, 3, 2 / 20), (2, 10, 1 / 66), (2, 2, 2 / 6)]
    )
    def test_says_the_least_that_could_come_out(self, n_treated, n_comparison, least):
        values = [10.0 + k for k in range(n_treated)] + [0.1 * k for k in range(n_comparison)]
        found = randomised(changes(values, n_treated))
        assert found.p == pytest.approx(least)
        assert found.least_p == pytest.approx(least)


def p_with_effect_taken_off(seen, effect):
    """p after an effect is taken from what the treated clusters carry."""
    off = type(seen)(
        seen.clusters,
        seen.starts,
        seen.by_start - effect * seen.carried,
        seen.carried,
        seen.assigned,
    )
    return randomised(off).p


class TestInterval:
    @pytest.mark.parametrize(
        "seen",
        [
            changes([2.0, 1.4, 0.1, 0.7, -0.4, 0.3, -0.9, 0.25, 0.6], 2),
            changes([2.0, 1.4, 1.7, 0.7, -0.4, 0.3, -0.9], 4),
            changes([2.0, 1.4, 1.7, 0.9, 1.2, 1.5, 1.1, 0.7, -0.4], 7),
            changes_of(usable(panel_of(rows(STAGGERED, effect=0.4), **NAMES))),
        ],
        ids=["two of nine", "four of seven", "seven of nine", "staggered"],
    )
    @pytest.mark.parametrize("level", [0.9, 0.75])
    def test_keeps_the_effects_whose_p_is_above(self, seen, level):
        told = randomisation(seen, level=level)
        for effect in np.linspace(told.estimate - 4, told.estimate + 4, 401):
            kept = p_with_effect_taken_off(seen, effect) > 1 - level + 1e-9
            assert kept == (told.low <= effect <= told.high), effect

    def test_has_no_end_where_no_p_is_below(self):
        told = randomisation(changes([2.0, 1.4, 1.7, 0.7, -0.4, 0.3], 3))
        assert (told.low, told.high, told.p) == (None, None, 0.1)
        assert randomisation(changes([2.0, 1.4, 1.7, 0.7, -0.4, 0.3], 3), level=0.9).low is not None

    @given(
        st.lists(st.integers(-50, 50), min_size=8, max_size=8, unique=True),
        st.integers(-1000, 1000),
    )
    def test_shifts_units_and_order_do_not_matter(self, values, shift):
        plain = randomisation(changes(values, 2), level=0.9)
        order = [1, 0, 7, 6, 5, 4, 3, 2]
        moved = [3.0 * (values[place] + shift) for place in order]
        other = randomisation(changes(moved, 2), level=0.9)
        assert other.p == plain.p
        assert other.low == pytest.approx(3 * plain.low, abs=1e-6)
        assert other.high == pytest.approx(3 * plain.high, abs=1e-6)


def test_nine_schools_of_one_start_can_be_dealt_in_as_many_ways_as_choose_says():
    assert how_many(tuple(changes_of(usable(panel_of(rows(arms(3, 6)), **NAMES))).assigned)) == 84
