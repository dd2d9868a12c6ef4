from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusterwork.impact.few.methods import LEAST_INFLUENCE, LEAST_WILD
from clusterwork.impact.power import (
    Design,
    NotADesign,
    PanelDesign,
    detectable,
    fitting_test,
    least_effect,
    multiplier,
    power_of,
    satterthwaite,
    standard_error,
)
from clusterwork.impact.power.testing import FEW, MANY

REGION = Design(
    clusters=35, treated=17, schools=7, pupils=30, cluster_share=0.05, school_share=0.10
)


class TestPublished:
    @pytest.mark.parametrize(
        ("df", "factor"),
        [(2, 5.36), (5, 3.49), (10, 3.11), (15, 3.00), (20, 2.95), (30, 2.90), (10**6, 2.80)],
    )
    def test_blooms_multiplier(self, df, factor):
        """Schochet 2008, J. of Educational and Behavioral Statistics 33: two-sided, 80 % power."""
        assert multiplier(df) == pytest.approx(factor, abs=0.006)

    def test_power_of_a_t_test(self):
        """R's example power.t.test(n = 20, delta = 1, sd = 1): power 0.8689528."""
        assert power_of(1.0, (2 / 20) ** 0.5, 38, 0.05) == pytest.approx(0.8689528, abs=1e-6)

    def test_two_levels_by_hand(self):
        """Dong and Maynard 2013, CRA2_2: √((ρ(1-R²) + (1-ρ)(1-R²)/n) / P(1-P)J), J - g - 2."""
        design = Design(clusters=40, treated=20, pupils=60, cluster_share=0.2, covariates=1)
        design = replace(design, pupil_r2=0.5, cluster_r2=0.5)
        se = ((0.2 * 0.5 + 0.8 * 0.5 / 60) / (0.25 * 40)) ** 0.5
        assert standard_error(design) == pytest.approx(se)
        told = detectable(design)
        assert told.test.df == pytest.approx(37)
        assert told.least == pytest.approx(multiplier(37) * se, rel=0.005)

    def test_three_levels_by_hand(self):
        """CRA3_3: ρ3/P(1-P)K + ρ2/P(1-P)KJ + (1-ρ2-ρ3)/P(1-P)KJn."""
        weight = 17 / 35 * 18 / 35 * 35
        variance = 0.05 / weight + 0.10 / (weight * 7) + 0.85 / (weight * 7 * 30)
        assert standard_error(REGION) == pytest.approx(variance**0.5)

    def test_years_follow_burlig_preonas_and_woerman(self):
        """Equation 2 with the mean covariances before, after and across written out."""
        m, r, shock, rho, noise = 3, 2, 0.2, 0.6, 1 / (7 * 30)
        design = PanelDesign(
            clusters=20, treated=10, schools=7, pupils=30, before=m, after=r, shock=shock
        )
        design = replace(design, autocorrelation=rho)
        before = shock**2 * (2 * rho + rho**2) / 3
        after = shock**2 * rho
        across = shock**2 * np.mean([rho ** (b - a) for a in range(3) for b in (3, 4)])
        own = shock**2 + noise
        expected = (m + r) / (m * r) * own + (m - 1) / m * before + (r - 1) / r * after - 2 * across
        assert standard_error(design) == pytest.approx((expected / (0.25 * 20)) ** 0.5)


class TestSimulated:
    def test_the_t_of_clusters_has_the_power_told(self):
        rng = np.random.default_rng(11)
        design = replace(REGION, clusters=24, treated=12)
        told = detectable(design)
        noise = rng.normal(size=(4000, 24)) * design.variance_of_mean**0.5
        work = np.arange(24) < 12
        means = noise + told.least * work
        gap = means[:, work].mean(axis=1) - means[:, ~work].mean(axis=1)
        spread = (means[:, work].var(axis=1, ddof=1) + means[:, ~work].var(axis=1, ddof=1)) / 12
        found = np.abs(gap / spread**0.5) > 2.0738730679
        assert found.mean() == pytest.approx(0.8, abs=0.02)

    def test_changes_over_years_have_the_power_told(self):
        rng = np.random.default_rng(12)
        design = PanelDesign(clusters=30, treated=15, schools=5, pupils=20, autocorrelation=0.5)
        told = detectable(design)
        shocks = [0.1 * rng.normal(size=(3000, 30))]
        for _ in range(5):
            shocks.append(0.5 * shocks[-1] + 0.1 * 0.75**0.5 * rng.normal(size=(3000, 30)))
        years = np.array(shocks) + 0.1 * rng.normal(size=(6, 3000, 30))
        work = np.arange(30) < 15
        change = years[3:].mean(axis=0) - years[:3].mean(axis=0) + told.least * work
        gap = change[:, work].mean(axis=1) - change[:, ~work].mean(axis=1)
        spread = (change[:, work].var(axis=1, ddof=1) + change[:, ~work].var(axis=1, ddof=1)) / 15
        assert (np.abs(gap / spread**0.5) > 2.0484071).mean() == pytest.approx(0.8, abs=0.025)

    def test_randomisation_with_two_of_twelve_has_about_the_power_told(self):
        rng = np.random.default_rng(13)
        told = detectable(Design(clusters=12, treated=2, pupils=100, cluster_share=0.1))
        means = rng.normal(size=(2000, 12)) * told.design.variance_of_mean**0.5
        means[:, :2] += told.least
        gaps = np.array(
            [
                means[:, list(chosen)].mean(axis=1)
                - np.delete(means, list(chosen), axis=1).mean(axis=1)
                for chosen in combinations(range(12), 2)
            ]
        )
        p = (np.abs(gaps) >= np.abs(gaps[0]) - 1e-12).mean(axis=0)
        assert (p <= 0.05).mean() == pytest.approx(0.8, abs=0.05)


class TestWhichTest:
    @pytest.mark.parametrize(
        ("clusters", "treated", "method"),
        [
            (8, 1, "placebo_rank"),
            (8, 7, "placebo_rank"),
            (12, 2, "randomisation"),
            (6, 3, "randomisation"),
            (8, 4, "wild_bootstrap"),
            (20, 10, "wild_bootstrap"),
            (40, 12, "influence"),
        ],
    )
    def test_goes_by_the_smaller_arm(self, clusters, treated, method):
        assert fitting_test(clusters, treated, 0, 0.05).method == method

    def test_the_bounds_are_those_of_the_chooser(self):
        assert (FEW, MANY) == (LEAST_WILD, LEAST_INFLUENCE)

    def test_degrees_of_freedom_are_welchs_for_equal_spread(self):
        assert satterthwaite(20, 10) == pytest.approx(18)
        assert satterthwaite(12, 2) == pytest.approx(0.36 / (0.25 + 1 / 900), rel=1e-9)

    def test_six_with_three_can_never_be_significant(self):
        """20 ways, each as extreme as its mirror image: 2 of 20 at best."""
        told = detectable(Design(clusters=6, treated=3, pupils=100))
        assert told.least is None
        assert told.test.smallest_p == pytest.approx(0.1)
        assert told.sentence().startswith("No result could be significant: 3 of 6 clusters")

    def test_one_has_a_rank_only(self):
        told = detectable(Design(clusters=20, treated=1, pupils=100, expected=0.5))
        assert (told.least, told.power) == (None, 0.0)
        assert "no p-value" in told.sentence()

    def test_too_many_covariates_leave_nothing(self):
        told = detectable(Design(clusters=8, treated=4, pupils=50, covariates=6))
        assert told.least is None
        assert "covariates" in told.sentence()


class TestWhoIsReached:
    few = replace(REGION, reached=0.05, expected=0.3)

    def test_a_few_reached_cannot_move_the_whole_schools_mean(self):
        told = detectable(self.few)
        assert told.least_reached == pytest.approx(told.least / 0.05)
        assert told.too_large
        said = told.sentence()
        assert "no effect on whole schools could be seen" in said
        assert "Look at the pupils reached instead" in said or "could not be seen either" in said

    def test_the_target_group_is_those_pupils_alone(self):
        group = detectable(self.few).target_group
        assert group.design.pupils == pytest.approx(1.5)
        assert group.design.reached == 1.0
        assert group.least < detectable(self.few).least_reached

    def test_power_is_diluted(self):
        assert detectable(self.few).power == pytest.approx(
            detectable(replace(REGION, expected=0.015)).power
        )

    def test_all_reached_says_nothing_of_it(self):
        told = detectable(REGION)
        assert told.target_group is None
        assert "reaches" not in told.sentence()
        assert "0.26 standard deviations" in told.sentence()


class TestWhicheverNumbers:
    @settings(max_examples=40, deadline=None)
    @given(st.floats(1.5, 200), st.floats(0.55, 0.95), st.sampled_from([0.01, 0.05, 0.1]))
    def test_the_least_effect_has_the_power(self, df, power, alpha):
        least = least_effect(2.0, df, alpha, power)
        assert power_of(least, 2.0, df, alpha) == pytest.approx(power, abs=1e-6)

    def test_more_of_anything_finds_more(self):
        least = detectable(REGION).least
        for more in ({"clusters": 50, "treated": 25}, {"schools": 12}, {"pupils": 60}):
            assert detectable(replace(REGION, **more)).least < least
        for worse in ({"cluster_share": 0.2}, {"power": 0.9}, {"alpha": 0.01}):
            assert detectable(replace(REGION, **worse)).least > least


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        "wrong",
        [
            {"treated": 0},
            {"treated": 35},
            {"cluster_share": -0.1},
            {"cluster_share": 0.6, "school_share": 0.5},
            {"pupil_r2": 1.0},
            {"reached": 0.0},
            {"reached": 1.2},
            {"schools": 0.5},
            {"pupils": 0},
            {"alpha": 0.0},
            {"power": 0.02},
            {"covariates": -1},
            {"largest": 0.0},
        ],
    )
    def test_numbers_that_no_study_has(self, wrong):
        with pytest.raises(NotADesign, match="No study can have"):
            detectable(replace(REGION, **wrong))

    @pytest.mark.parametrize("wrong", [{"before": 0}, {"after": 0}, {"shock": -1.0}])
    def test_years_that_no_study_has(self, wrong):
        with pytest.raises(NotADesign):
            detectable(replace(PanelDesign(clusters=20, treated=10, pupils=9), **wrong))
        with pytest.raises(NotADesign):
            detectable(PanelDesign(clusters=20, treated=10, pupils=9, autocorrelation=1.0))
