"""Promises about influence-function errors: Welch's for means, right for twelve and twelve."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from clusterwork.impact.few import NothingVaries, cr2, influence, influences_of
from clusterwork.impact.few.tests.made import changes

VALUES = list(np.sin(2.2 * np.arange(25)) + (np.arange(25) < 12))


class TestInfluence:
    def test_of_a_difference_of_means_is_welchs_test(self):
        seen = changes(VALUES, 12)
        found = influence(seen.estimate, influences_of(seen), seen.treated)
        wanted = stats.ttest_ind(VALUES[:12], VALUES[12:], equal_var=False)
        assert found.p == pytest.approx(wanted.pvalue)
        assert (found.low, found.high) == pytest.approx(tuple(wanted.confidence_interval()))

    def test_has_the_error_of_cr2(self):
        seen = changes(VALUES, 12)
        design = np.column_stack([np.ones(25), seen.treated.astype(float)])
        by_matrices = cr2(seen.values, design, seen.clusters, 1)
        assert influence(seen.estimate, influences_of(seen), seen.treated).se == pytest.approx(
            by_matrices.se
        )

    def test_influences_add_up_to_nothing_and_are_what_leaving_out_does(self):
        """Each is about the move of the estimate when its cluster goes, to order 1 / n."""
        seen = changes(VALUES, 12)
        psi = influences_of(seen)
        assert psi.sum() == pytest.approx(0.0, abs=1e-12)
        moves = [seen.estimate - seen.without(place).estimate for place in range(25)]
        assert np.array(moves) == pytest.approx(psi, rel=0.15)

    def test_sides_without_any_spread_are_refused(self):
        seen = changes([1.0] * 12 + [0.0] * 12, 12)
        with pytest.raises(NothingVaries):
            influence(seen.estimate, influences_of(seen), seen.treated)
