"""A change of who is there is told apart from a change of what they reach."""

import numpy as np
import polars as pl
import pytest

from clusterwork.impact.diagnostics import composition_change
from clusterwork.impact.diagnostics.composition import NotFourGroups
from clusterwork.impact.frames import NoSuchColumn

FRAME = pl.DataFrame(
    {
        "took": [1, 1, 1, 1, 0, 0, 0, 0],
        "after": [0, 0, 1, 1, 0, 0, 1, 1],
        "meals": [10.0, 20.0, 20.0, 30.0, 10.0, 30.0, 14.0, 30.0],
        "size": [100.0, 200.0, 100.0, 200.0, 90.0, 210.0, 90.0, 210.0],
    }
)


def changed(frame=FRAME, covariates=("meals", "size")):
    return composition_change(frame, treated="took", after="after", covariates=covariates)


class TestByHand:
    def test_the_change_of_one_less_that_of_the_other(self):
        rows = {row["covariate"]: row for row in changed().table.to_dicts()}
        deviation = np.std([10, 20], ddof=1)
        assert rows["meals"]["apart"] == pytest.approx((10.0 - 2.0) / deviation)
        assert rows["meals"]["apart"] == pytest.approx(1.13, abs=0.005)  # in the document
        assert rows["size"]["apart"] == 0.0

    def test_the_rule(self):
        assert changed().passed is False
        assert changed(covariates=["size"]).passed is True
        some = FRAME.with_columns(size=pl.col("size") + 12.0 * pl.col("took") * pl.col("after"))
        assert changed(some, ["size"]).passed is None

    def test_a_shift_or_another_unit_changes_nothing(self):
        moved = FRAME.with_columns(pl.col("meals") * 100.0 - 7.0)
        assert changed(moved).table.rows[0][-1] == pytest.approx(changed().table.rows[0][-1])

    def test_codes_are_no_figures(self):
        texts = FRAME.with_columns(
            meals=pl.Series(["10", "20", "20", "30", "10", "30", "14", "SUPP"])
        )
        assert changed(texts).table.rows[0][4] == 14.0

    def test_pandas_gives_the_same(self):
        assert changed(FRAME.to_pandas()).table == changed().table


class TestRefusals:
    def test_a_group_that_is_not_there(self):
        with pytest.raises(NotFourGroups, match="2, 2, 2, 0"):
            changed(FRAME.head(6))

    def test_a_column_that_is_not_there(self):
        with pytest.raises(NoSuchColumn):
            changed(covariates=["wealth"])

    def test_a_covariate_without_figures_afterwards_cannot_be_told(self):
        none = FRAME.with_columns(
            meals=pl.when(pl.col("after") == 1).then(None).otherwise(pl.col("meals"))
        )
        told = changed(none, ["meals"])
        assert told.passed is None
        assert told.table.rows[0][2] is None
