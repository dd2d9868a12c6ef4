"""Where the search begins: by hand, near what is found, and somewhere whatever the data are."""

import numpy as np
import polars as pl
import pytest

from clusterwork.impact.value_added import cells_of
from clusterwork.impact.value_added.nesting import tree_of
from clusterwork.impact.value_added.scaling import scaled
from clusterwork.impact.value_added.searching import least, theta_of
from clusterwork.impact.value_added.starting import LEAST, UNKNOWN, start_of


def sums(frame: pl.DataFrame, covariates=(), levels=("school",), slope=None):
    cells = cells_of(frame, outcome="y", covariates=covariates, levels=levels, slope=slope)
    return scaled(cells, tree_of(cells.columns.levels, cells.keys)).sums


def drawn(seed: int, between: float) -> pl.DataFrame:
    rng = np.random.default_rng(seed)
    authority, school = np.arange(12_000) // 600, np.arange(12_000) // 30
    x = rng.normal(size=12_000)
    y = 0.5 * x + between * rng.normal(size=20)[authority] + between * rng.normal(size=400)[school]
    y = y + between * rng.normal(size=400)[school] * x + rng.normal(size=12_000)
    return pl.DataFrame({"authority": authority, "school": school, "x": x, "y": y})


class TestStart:
    def test_by_hand(self):
        """Totals -4, -1 and 5 of two pupils each: 21; within 1.5; (21 / 1.5 - 3) / 6."""
        frame = pl.DataFrame({"school": list("aabbcc"), "y": [1.0, 2.0, 2.0, 4.0, 5.0, 7.0]})
        assert start_of(sums(frame)) == pytest.approx([np.sqrt(11 / 6)])

    @pytest.mark.parametrize("slope", [None, "x"])
    def test_is_near_what_is_found(self, slope):
        given = sums(drawn(1, 0.4), ["x"], ["authority", "school"], slope)
        start, found = start_of(given), theta_of(least(given))
        assert start == pytest.approx(found, abs=0.08)

    def test_is_off_the_boundary_where_groups_are_alike(self):
        given = sums(drawn(2, 0.0), ["x"], ["authority", "school"], "x")
        assert start_of(given)[[0, 1, 3]].min() == pytest.approx(np.sqrt(LEAST))

    def test_is_the_middle_where_every_school_has_one_pupil(self):
        frame = pl.DataFrame({"school": list("abcd"), "y": [1.0, 2.0, 4.0, 3.0]})
        assert start_of(sums(frame)) == pytest.approx([np.sqrt(UNKNOWN)])
