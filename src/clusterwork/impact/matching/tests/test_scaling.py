"""Distances are those of the formulas, whatever the units; propensities those of the likelihood."""

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.spatial.distance import mahalanobis as scipy_mahalanobis

from clusterwork.impact.matching.propensity import Separated, scores_of, separated
from clusterwork.impact.matching.reading import units_of
from clusterwork.impact.matching.scaling import (
    NothingToCompareBy,
    TellsThemApart,
    euclidean,
    mahalanobis,
)
from clusterwork.impact.matching.tests.made import COVARIATES, in_r, needs_r, schools


def units(frame, covariates=COVARIATES):
    return units_of(frame, unit="urn", treated="took", covariates=covariates)


def spread(values, took, whose):
    if whose == "all":
        return np.cov(values.T)
    one, other = np.cov(values[took].T), np.cov(values[~took].T)
    if whose == "control":
        return other
    n, m = took.sum(), (~took).sum()
    return ((n - 1) * one + (m - 1) * other) / (n + m - 2)


@pytest.mark.parametrize("whose", ["within", "control", "all"])
class TestDistances:
    def test_of_mahalanobis(self, whose):
        data = units(schools(1))
        points = mahalanobis(data, whose).points
        inverse = np.linalg.inv(spread(data.values, data.treated, whose))
        assert np.linalg.norm(points[3] - points[7]) == pytest.approx(
            scipy_mahalanobis(data.values[3], data.values[7], inverse)
        )

    def test_of_euclid_are_standardised(self, whose):
        data = units(schools(1))
        points = euclidean(data, whose).points
        variances = np.diag(spread(data.values, data.treated, whose))
        apart = (data.values[3] - data.values[7]) ** 2 / variances
        assert np.linalg.norm(points[3] - points[7]) == pytest.approx(np.sqrt(apart.sum()))


class TestWhatIsNoNews:
    def test_a_constant_column_has_no_weight_and_is_said(self):
        frame = schools(2).with_columns(flat=1.0)
        plain, more = units(schools(2)), units(frame, (*COVARIATES, "flat"))
        for way in (euclidean, mahalanobis):
            assert way(more, "within").constant == ("flat",)
            assert way(more, "within").points == pytest.approx(way(plain, "within").points)

    def test_a_sum_of_columns_adds_nothing_to_mahalanobis(self):
        frame = schools(2).with_columns(both=schools(2)["pupils"] + 2 * schools(2)["need"])
        plain, more = units(schools(2)), units(frame, (*COVARIATES, "both"))
        one, other = mahalanobis(plain, "within"), mahalanobis(more, "within")
        assert other.combinations == 1
        assert np.linalg.norm(other.points[0] - other.points[9]) == pytest.approx(
            np.linalg.norm(one.points[0] - one.points[9])
        )

    def test_a_mix_counts_as_one_covariate(self):
        """Two shares that mirror each other count as much as one number would."""
        frame = schools(2).with_columns(a=schools(2)["need"], b=-schools(2)["need"])
        alone, mixed = units(frame, ["need"]), units(frame, [("a", "b")])
        one, other = euclidean(alone, "all").points, euclidean(mixed, "all").points
        assert np.linalg.norm(other[0] - other[9]) == pytest.approx(abs(one[0] - one[9])[0])

    def test_all_alike_are_refused(self):
        with pytest.raises(NothingToCompareBy):
            euclidean(units(schools(2).with_columns(flat=1.0), ["flat"]), "all")

    @pytest.mark.parametrize("way", [euclidean, mahalanobis])
    def test_a_column_that_is_who_takes_part_is_refused(self, way):
        frame = schools(2).with_columns(again=schools(2)["took"])
        with pytest.raises(TellsThemApart, match="again"):
            way(units(frame, ["need", "again"]), "within")


class TestPropensity:
    @pytest.mark.parametrize("seed", range(4))
    def test_is_at_the_maximum_of_the_likelihood(self, seed):
        data = units(schools(seed, 150))
        design = np.column_stack([np.ones(150), data.values])
        sign = np.where(data.treated, -1.0, 1.0)
        best = minimize(
            lambda b: np.logaddexp(0.0, sign * (design @ b)).sum(), np.zeros(4), tol=1e-12
        )
        assert scores_of(data).logits == pytest.approx(design @ best.x, abs=1e-4)

    def test_has_the_treated_share_as_its_mean(self):
        data = units(schools(3, 150))
        assert scores_of(data).propensities.mean() == pytest.approx(data.treated.mean())

    def test_is_that_of_r(self, tmp_path):
        needs_r('"stats"')
        frame = schools(3, 150)
        told = in_r(
            "fit <- glm(took ~ pupils + need + language + phase, binomial, rows,"
            " control = glm.control(epsilon = 1e-14))\n"
            'cat("[", paste(sprintf("%.12g", fit$linear.predictors), collapse = ","), "]")',
            tmp_path,
            frame,
        )
        logits = scores_of(units(frame, (*COVARIATES, "phase"))).logits
        assert logits == pytest.approx(told, abs=1e-8)

    def test_separation_is_seen(self):
        frame = schools(3, 80)
        data = units(frame.with_columns(need=frame["took"] * 2.0 + frame["language"].clip(0, 1)))
        with pytest.raises(Separated, match="exactly"):
            scores_of(data)

    def test_half_a_separation_is_seen_too(self):
        took = np.array([1, 1, 1, 0, 0, 0], dtype=bool)
        partly = np.array([1.0, 0.0, 0.0, 0.0, 0.0, 0.0])
        design = np.column_stack([np.ones(6), partly])
        assert separated(design, took)
        assert not separated(np.column_stack([np.ones(6), [1.0, 0, 2, 0, 2, 1]]), took)
