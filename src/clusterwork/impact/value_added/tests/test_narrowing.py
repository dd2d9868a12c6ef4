"""Fewer columns and levels of statistics are what the rows themselves would have given."""

import numpy as np
import pytest

from clusterwork.impact.value_added import cells_of
from clusterwork.impact.value_added.narrowing import NotInTheStatistics, narrowed
from clusterwork.impact.value_added.tests.made import pupils

DATA = pupils(5, 2)
CONSTANTS = {"a": 0.1, "b": -0.2, "y": 0.3}
LEVELS = ["authority", "school"]


def cells(covariates, levels, slope=None):
    return cells_of(
        DATA.frame,
        outcome="y",
        covariates=covariates,
        levels=levels,
        slope=slope,
        constants=CONSTANTS,
    )


class TestNarrowed:
    @pytest.mark.parametrize(
        ("covariates", "levels", "slope"),
        [
            (["a", "b"], LEVELS, "a"),
            (["a"], LEVELS, "a"),
            (["a"], ["school"], "a"),
            (["b"], LEVELS, None),
            ([], ["authority"], None),
        ],
    )
    def test_is_what_the_rows_would_give(self, covariates, levels, slope):
        found = narrowed(
            cells(["a", "b"], LEVELS, "a"), covariates=covariates, levels=levels, slope=slope
        )
        other = cells(covariates, levels, slope)
        assert found.columns == other.columns
        assert found.keys == other.keys
        for one, two in ((found.sums, other.sums), (found.slopes, other.slopes)):
            assert np.allclose(one, two, atol=1e-9)
        assert np.allclose(found.products, other.products, atol=1e-9)

    @pytest.mark.parametrize(
        ("covariates", "levels", "slope"),
        [
            (["c"], LEVELS, None),
            (["a"], ["county"], None),
            (["a"], [], None),
            (["b"], LEVELS, "a"),
            (["a"], ["authority"], "a"),
            (["a", "b"], LEVELS, "b"),
        ],
    )
    def test_refuses_what_was_never_summed(self, covariates, levels, slope):
        with pytest.raises(NotInTheStatistics):
            narrowed(
                cells(["a", "b"], LEVELS, "a"), covariates=covariates, levels=levels, slope=slope
            )
