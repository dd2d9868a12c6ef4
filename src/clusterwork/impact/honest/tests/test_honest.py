import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, stats

from clusterwork.impact.honest import (
    NotABend,
    NotACovariance,
    WeightsDoNotFit,
    YearsNotInARow,
    as_diagnostic,
    event_study,
    folded_quantile,
    honest_smooth,
    pretrends,
    shortest_interval,
)
from clusterwork.impact.honest.tests import medicaid
from clusterwork.impact.honest.tests.published import PROFITS, YEARS, covariance_of_profits


def profits():
    return event_study(YEARS, PROFITS, covariance_of_profits(), reference=2008)


def made(seed=0, before=3, after=2):
    rng = np.random.default_rng(seed)
    root = rng.normal(size=(before + after, before + after + 3)) / 10
    years = [*range(-before - 1, -1), *range(after)]
    return event_study(years, rng.normal(size=before + after) / 5, root @ root.T)


class TestTheQuantile:
    @pytest.mark.parametrize(
        ("bias", "value"), [(0.0, 1.960), (0.1, 1.970), (0.5, 2.181), (1.0, 2.646), (2.0, 3.645)]
    )
    def test_agrees_with_armstrong_and_kolesar(self, bias, value):
        """Table 1 of Armstrong and Kolesár 2020, Quantitative Economics 11 (to two decimals)."""
        assert folded_quantile(bias) == pytest.approx(value, abs=0.006)

    @settings(deadline=None)
    @given(st.floats(0, 20), st.sampled_from([0.9, 0.95, 0.99]))
    def test_leaves_what_it_says_outside(self, bias, level):
        at = folded_quantile(bias, level)
        inside = stats.norm.cdf(at - bias) - stats.norm.cdf(-at - bias)
        assert inside == pytest.approx(level, abs=1e-9)


class TestTheInterval:
    @pytest.mark.parametrize(
        ("bend", "low", "high"),
        [
            (0.0, 0.13145961506, 0.21611968747),
            (0.05, 0.16939783882, 0.36855437558),
            (0.1, 0.11939794048, 0.41855427392),
            (0.2, 0.01939794048, 0.51855427392),
            (0.3, -0.08060205952, 0.61855427392),
        ],
    )
    def test_agrees_with_another_program_on_restaurants(self, bend, low, high):
        """Python's diff-diff 3.13.0, which solves for the least bias at each variance."""
        told = shortest_interval(profits(), np.eye(4)[0], bend, 0.95)
        assert (told.low, told.high) == pytest.approx((low, high), abs=1e-9)

    @pytest.mark.parametrize(
        ("bend", "low", "high"),
        [
            (0.00, 0.0259, 0.0607),
            (0.01, 0.0132, 0.0787),
            (0.02, 0.00286, 0.0907),
            (0.03, -0.00714, 0.101),
            (0.04, -0.0171, 0.111),
            (0.05, -0.0271, 0.121),
        ],
    )
    def test_agrees_with_what_r_prints_for_medicaid(self, bend, low, high):
        """The README of R's HonestDiD, whose folded quantiles are drawn: 1e-4, or as printed."""
        study = event_study(medicaid.YEARS, *medicaid.estimates_and_covariance(), reference=2013)
        told = shortest_interval(study, np.eye(2)[0], bend, 0.95)
        assert told.low == pytest.approx(low, abs=1e-4)
        assert told.high == pytest.approx(high, abs=5e-4 if high > 0.1 else 1e-4)

    def test_agrees_with_it_on_the_mean_of_all_years(self):
        told = shortest_interval(profits(), np.full(4, 0.25), 0.05, 0.95)
        assert (told.low, told.high) == pytest.approx((0.06357472023, 0.73830476022), abs=1e-9)

    @pytest.mark.parametrize("seed", range(6))
    @pytest.mark.parametrize("bend", [0.0, 0.02, 0.2])
    def test_no_search_over_all_estimators_finds_a_shorter_one(self, seed, bend):
        """Brute force: the bias of v by a linear programme, v by a simplex search."""
        study = made(seed)
        weights = np.array([0.3, 0.7])
        told = shortest_interval(study, weights, bend, 0.95)

        def half(free):
            v = unsloped(free, weights)
            sd = float(np.sqrt(v @ study.covariance @ v))
            return sd * folded_quantile(bend * worst_bias(v) / sd)

        found = min(
            optimize.minimize(half, start, method="Nelder-Mead", options={"fatol": 1e-10}).fun
            for start in (np.zeros(2), np.array([0.5, -0.5]))
        )
        assert (told.high - told.low) / 2 <= found * (1 + 1e-6)
        assert (told.high - told.low) / 2 == pytest.approx(found, rel=2e-3)

    def test_covers_at_the_worst_departure(self):
        study = made(2)
        weights = np.array([1.0, 0.0])
        rng = np.random.default_rng(5)
        departure = np.array([0.9, 0.4, 0.1, 0.1, 0.4]) * 1.0  # bends by 0.2 every year
        root = np.linalg.cholesky(study.covariance)
        covered = 0
        for _ in range(150):
            values = departure + root @ rng.normal(size=5)
            drawn = event_study([-4, -3, -2, 0, 1], values, study.covariance)
            told = shortest_interval(drawn, weights, 0.2, 0.95)
            covered += told.low <= 0.0 <= told.high
        assert covered >= 0.91 * 150

    @settings(max_examples=25, deadline=None)
    @given(st.floats(-2, 2), st.sampled_from([0.01, 100.0]), st.integers(0, 50))
    def test_a_straight_drift_and_units_do_not_matter(self, slope, unit, seed):
        study = made(seed)
        years = np.array([-3.0, -2.0, -1.0, 1.0, 2.0])
        first = shortest_interval(study, np.array([1.0, 0.0]), 0.1, 0.95)
        moved = event_study(
            [-4, -3, -2, 0, 1], unit * (study.estimates + slope * years), unit**2 * study.covariance
        )
        told = shortest_interval(moved, np.array([1.0, 0.0]), 0.1 * unit, 0.95)
        assert told.low / unit == pytest.approx(first.low, abs=1e-5)
        assert told.high / unit == pytest.approx(first.high, abs=1e-5)


def unsloped(free, weights):
    """Estimators (3 before, 2 after) that leave no slope, by two free weights."""
    nearest = weights @ [1.0, 2.0] - free @ [3.0, 2.0]
    return np.concatenate([free, [nearest], weights])


def worst_bias(v):
    """The largest v'δ over departures that bend by at most 1: the reference year is the fourth."""
    bends = np.array([[1.0 * (k == c) - 2 * (k == c + 1) + (k == c + 2) for k in range(6)]
                      for c in range(4)])  # fmt: skip
    bends = np.delete(bends, 3, axis=1)
    found = optimize.linprog(
        -v, A_ub=np.vstack([bends, -bends]), b_ub=np.ones(8), bounds=[(None, None)] * 5
    )
    return -found.fun


class TestWhatIsSaid:
    def test_how_far_it_may_bend_before_the_effect_goes(self):
        told = honest_smooth(profits())
        at = shortest_interval(profits(), np.eye(4)[0], told.breakdown, 0.95)
        assert at.low == pytest.approx(0.0, abs=1e-5)
        assert told.breakdown == pytest.approx(0.2194, abs=1e-4)
        assert told.seen == pytest.approx(abs(-2 * 0.0730149895 - 0.0064729722))
        assert "A bend of 0.219 a year is needed" in told.sentence()

    def test_minus_is_a_true_one(self):
        told = honest_smooth(event_study([-3, -2, 0], [0.0, 0.0, -0.4], np.eye(3))).sentence()
        assert "\u2212" in told
        assert " -" not in told

    def test_no_effect_needs_no_bend(self):
        study = event_study([-3, -2, 0], [0.0, 0.0, 0.1], np.eye(3))
        told = honest_smooth(study)
        assert told.breakdown == 0.0
        assert "Not even a straight drift is needed" in told.sentence()

    def test_one_year_before_shows_no_bend(self):
        study = event_study([-2, 0], [0.1, 2.0], np.eye(2) / 100)
        told = honest_smooth(study, bends=[0.0, 0.1])
        # β(0) + β(-2), as far off as M.
        sd = 0.02**0.5
        assert told.by_bend[0][1].estimate == pytest.approx(2.1)
        half = told.by_bend[1][1].high - 2.1
        assert half == pytest.approx(sd * folded_quantile(0.1 / sd))
        assert "cannot be seen from one year" in told.sentence()


class TestTrendsBefore:
    def test_agree_with_r(self):
        """R's mvtnorm::pmvnorm and pchisq, solved by uniroot for the slope."""
        told = pretrends(profits())
        assert told.wald == pytest.approx(29.06601, abs=1e-4)
        assert told.p == pytest.approx(7.579676e-06, rel=1e-4)
        half, most = told.slopes
        assert half.joint == pytest.approx(0.01727966, abs=1e-7)
        assert most.joint == pytest.approx(0.02356144, abs=1e-7)
        assert half.any_year == pytest.approx(0.01161081, rel=1e-3)
        assert most.any_year == pytest.approx(0.01797713, rel=1e-3)
        assert not told.passed
        assert "already moved apart (p < 0.001)" in told.sentence()

    def test_simulated_drift_is_found_as_often_as_said(self):
        study = made(3)
        told = pretrends(study)
        rng = np.random.default_rng(8)
        covariance = study.covariance[:3, :3]
        drift = told.slopes[1].joint * np.array([-3.0, -2.0, -1.0])
        drawn = rng.multivariate_normal(drift, covariance, size=4000)
        wald = np.einsum("ij,jk,ik->i", drawn, np.linalg.inv(covariance), drawn)
        assert (wald > stats.chi2.ppf(0.95, 3)).mean() == pytest.approx(0.8, abs=0.02)

    def test_not_found_is_not_called_none(self):
        study = event_study([-3, -2, 0], [0.01, -0.01, 0.1], np.eye(3))
        told = pretrends(study)
        assert told.passed
        assert "does not show that there was none" in told.sentence()
        assert "would be missed in 20 of 100" in told.sentence()
        assert as_diagnostic(told).passed


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        "years", [[-3, -2, 1], [-3, -3, 0], [-4, -3, -2], [0, 1, 2], [-4, -2, 0]]
    )
    def test_years_with_holes(self, years):
        with pytest.raises(YearsNotInARow, match="not years in a row"):
            event_study(years, [0.1, 0.2, 0.3], np.eye(3))

    @pytest.mark.parametrize(
        "matrix",
        [
            np.eye(2),
            np.zeros((3, 3)),
            np.ones((3, 3)),
            np.triu(np.ones((3, 3))),
            np.eye(3) * np.nan,
        ],
    )
    def test_what_is_no_covariance(self, matrix):
        with pytest.raises(NotACovariance, match="no covariance"):
            event_study([-3, -2, 0], [0.1, 0.2, 0.3], matrix)

    def test_the_reference_year_may_be_given_and_order_does_not_matter(self):
        order = [3, 0, 2, 1]
        covariance = np.diag([0.1, 0.2, 1e-9, 0.3])[np.ix_(order, order)]
        years = np.array([-3, -2, -1, 0])[order].tolist()
        study = event_study(years, np.array([0.1, 0.2, 0.0, 0.3])[order], covariance)
        assert study.before.tolist() == [0.1, 0.2]
        assert np.diag(study.covariance).tolist() == [0.1, 0.2, 0.3]

    def test_bounds_and_weights(self):
        with pytest.raises(NotABend):
            honest_smooth(profits(), bends=[-0.1])
        for weights in ([1.0], [0.0] * 4, [1.0, np.nan, 0.0, 0.0]):
            with pytest.raises(WeightsDoNotFit):
                honest_smooth(profits(), weights=weights)
