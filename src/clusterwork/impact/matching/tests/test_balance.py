"""Balance is told with the deviation of those who take part, as the textbooks and R do."""

import numpy as np
import polars as pl
import pytest

from clusterwork.impact.matching import match
from clusterwork.impact.matching.balance import weighted_variance
from clusterwork.impact.matching.tests.made import COVARIATES, in_r, needs_r, schools

HAND = pl.DataFrame(
    {
        "urn": [1, 2, 3, 4, 5, 6, 7],
        "took": [1, 1, 1, 0, 0, 0, 0],
        "size": [100.0, 120.0, 140.0, 101.0, 119.0, 143.0, 400.0],
    }
)


class TestByHand:
    def test_one_covariate(self):
        line = match(HAND, "took", "urn", ["size"]).balance[0]
        assert (line.treated_before, line.control_before) == (120.0, 190.75)
        assert line.difference_before == pytest.approx(-70.75 / 20.0)
        assert line.control_after == pytest.approx((101 + 119 + 143) / 3)
        assert line.difference_after == pytest.approx(-1.0 / 20.0)
        assert line.ratio_after == pytest.approx(400.0 / np.var([101, 119, 143], ddof=1))

    @pytest.mark.parametrize("n", [1, 2])
    def test_of_one_or_two_it_is_told_in_deviations_of_the_others(self, n):
        rows = pl.concat([HAND.head(n), HAND.tail(4)])
        line = match(rows, "took", "urn", ["size"]).balance[0]
        apart = rows["size"].head(n).mean() - 190.75
        assert line.difference_before == pytest.approx(apart / HAND["size"].tail(4).std())
        assert line.difference_after is not None

    def test_a_variance_with_equal_weights_is_the_usual_one(self):
        values = np.array([1.0, 4.0, 9.0])
        assert weighted_variance(values, np.full(3, 7.0)) == pytest.approx(values.var(ddof=1))

    def test_one_unit_has_no_variance(self):
        assert np.isnan(weighted_variance(np.array([1.0, 2.0]), np.array([1.0, 0.0])))

    def test_categories_have_no_ratio(self):
        lines = match(schools(1), "took", "urn", ["need", "phase"]).balance
        assert [line.name for line in lines] == ["need", "phase: Primary", "phase: Secondary"]
        assert lines[1].ratio_after is None


class TestTheRule:
    def test_alike_passes(self):
        assert match(HAND, "took", "urn", ["size"]).diagnostics[0].passed is True

    def test_far_apart_fails_and_is_said(self):
        far = HAND.with_columns(size=pl.col("size") + 200.0 * pl.col("took"))
        first = match(far, "took", "urn", ["size"]).diagnostics[0]
        assert first.passed is False
        assert "Do not read" in str(first.said)


@pytest.mark.parametrize("k", [1, 3])
def test_is_that_of_matchit(k, tmp_path):
    needs_r('"MatchIt"')
    frame = schools(8, 120)
    program = f"""
    suppressMessages(library(MatchIt))
    fit <- matchit(took ~ pupils + need + language, rows, distance = "mahalanobis",
                   replace = TRUE, ratio = {k})
    told <- summary(fit)
    table <- cbind(told$sum.all[, 3:4], told$sum.matched[, 1:4])
    cat("[", paste(sprintf("%.12g", t(table)), collapse = ","), "]")
    """
    told = np.array(in_r(program, tmp_path, frame)).reshape(3, 6)
    matched = match(frame, "took", "urn", COVARIATES, k=k, metric="mahalanobis")
    mine = [
        (
            line.difference_before,
            line.ratio_before,
            line.treated_after,
            line.control_after,
            line.difference_after,
            line.ratio_after,
        )
        for line in matched.balance
    ]
    assert np.array(mine) == pytest.approx(told, abs=1e-9)
