"""Promises about the wild bootstrap: refitted regressions for every change of signs."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterwork.impact.few import clustered, wild, wild_bootstrap
from clusterwork.impact.few.bootstrap import signs

CLUSTERS = np.repeat(np.arange(6), (3, 2, 4, 3, 1, 2))
N = len(CLUSTERS)
DESIGN = np.column_stack([np.ones(N), (CLUSTERS < 3).astype(float), np.sin(np.arange(N))])
OUTCOME = np.cos(1.3 * np.arange(N)) + 1.1 * DESIGN[:, 1] + 0.3 * np.sin(2 * CLUSTERS)
TWO = np.column_stack([np.ones(9), np.arange(9) < 4]).astype(float)
VALUES = [0.9, 1.4, 0.2, 1.1, 0.1, -0.3, 0.6, 0.2, -0.4]


def statistic(outcome, null):
    """t of a refitted regression, studentised by CR2."""
    ready = clustered(DESIGN, CLUSTERS, 1)
    fitted = np.linalg.lstsq(DESIGN, outcome, rcond=None)[0]
    return (fitted[1] - null) / np.sqrt(ready.variance(outcome - DESIGN @ fitted))


def by_refitting(null):
    """p by 2^G regressions on outcomes made under the null."""
    others = DESIGN[:, [0, 2]]
    rest = OUTCOME - null * DESIGN[:, 1]
    mean = others @ np.linalg.lstsq(others, rest, rcond=None)[0]
    seen, found = abs(statistic(OUTCOME, null)), []
    for change in product([1.0, -1.0], repeat=6):
        made = null * DESIGN[:, 1] + mean + np.array(change)[CLUSTERS] * (rest - mean)
        found.append(abs(statistic(made, null)))
    return np.mean(np.array(found) >= seen * (1 - 1e-9))


class TestP:
    @pytest.mark.parametrize("null", [0.0, 0.4, -1.0, 1.2])
    def test_is_the_share_of_refitted_regressions(self, null):
        assert wild(DESIGN, CLUSTERS, 1).p(OUTCOME, null) == pytest.approx(by_refitting(null))

    def test_all_changes_of_up_to_twelve_clusters_count(self):
        assert signs(12).shape == (2**11, 12)
        assert len({tuple(row) for row in signs(8)}) == 128
        assert (signs(8)[0] == 1).all()
        assert signs(13, draws=99).shape == (100, 13)

    def test_the_least_is_two_in_all_changes(self):
        """A difference without any spread inside the arms is as sure as eight clusters can be."""
        design = np.column_stack([np.ones(8), np.arange(8) < 4]).astype(float)
        values = np.where(np.arange(8) < 4, 1.0, 0.0) + 1e-3 * np.sin(np.arange(8))
        assert wild(design, range(8), 1).p(values) == 2 / 2**8

    def test_drawn_changes_come_near_to_all_of_them(self, monkeypatch):
        exact = wild(TWO, range(9), 1).p(np.array(VALUES))
        monkeypatch.setattr("clusterwork.impact.few.bootstrap.MOST_ENUMERATED", 3)
        signs.cache_clear()
        drawn = wild(TWO, range(9), 1, draws=19_999).p(np.array(VALUES))
        signs.cache_clear()
        assert drawn == pytest.approx(exact, abs=0.006)


class TestInterval:
    @pytest.mark.parametrize("level", [0.95, 0.8])
    def test_ends_are_where_p_passes_the_level(self, level):
        found = wild_bootstrap(np.array(VALUES), TWO, range(9), 1, level=level)
        test = wild(TWO, range(9), 1)
        for end, outwards in ((found.low, -1e-4), (found.high, 1e-4)):
            assert test.p(np.array(VALUES), end - outwards) > 1 - level
            assert test.p(np.array(VALUES), end + outwards) <= 1 - level + 1e-9

    def test_excludes_nothing_where_p_is_above_the_level(self):
        found = wild_bootstrap(np.array(VALUES), TWO, range(9), 1)
        assert (found.p <= 0.05) == (not found.low <= 0.0 <= found.high)

    def test_four_clusters_have_no_end(self):
        """Of eight changes one is the data: no p below an eighth."""
        design = np.column_stack([np.ones(4), np.arange(4) < 2]).astype(float)
        found = wild_bootstrap(np.array([1.0, 1.1, 0.0, 0.2]), design, range(4), 1)
        assert (found.low, found.high) == (None, None)

    @given(shift=st.floats(-100, 100), unit=st.floats(0.01, 100))
    def test_moves_with_the_outcome(self, shift, unit):
        values = np.array(VALUES)
        plain = wild_bootstrap(values, TWO, range(9), 1)
        moved = wild_bootstrap(unit * (values + shift), TWO, range(9), 1)
        assert moved.p == plain.p
        assert moved.low == pytest.approx(unit * plain.low, rel=1e-5, abs=1e-6 * unit)
        assert moved.high == pytest.approx(unit * plain.high, rel=1e-5, abs=1e-6 * unit)
