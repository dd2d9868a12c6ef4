import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, stats

from clusterwork.impact.small import (
    NoSuchWay,
    NotACount,
    NotAStandardError,
    NotFinite,
    NothingLeft,
    TooFewToShrink,
    TwiceThere,
    shrink_means,
    shrink_rates,
    shrink_shares,
)
from clusterwork.impact.small.tests.published import (
    AT_BAT,
    BCG,
    BIRTHS,
    DEATHS,
    EIGHT_SCHOOLS,
    HITS,
)

WAYS = ["moments", "likelihood"]


def named(**columns):
    (n,) = {len(values) for values in columns.values()}
    return pl.DataFrame({"school": [f"S{place:03}" for place in range(n)], **columns})


def shares(counts, sizes, **choices):
    return shrink_shares(named(x=counts, n=sizes), unit="school", count="x", of="n", **choices)


def rates(counts, expected, **choices):
    frame = named(x=counts, e=expected)
    return shrink_rates(frame, unit="school", count="x", expected="e", **choices)


def means(values, errors, **choices):
    return shrink_means(named(y=values, se=errors), unit="school", estimate="y", se="se", **choices)


class TestMeans:
    def test_is_the_james_stein_estimate_of_efron_and_morris(self):
        """Scientific American 1977: the factor is .212 and Clemente's .400 becomes .294."""
        average = sum(HITS) / len(HITS) / AT_BAT
        error = (average * (1 - average) / AT_BAT) ** 0.5
        told = means([hits / AT_BAT for hits in HITS], [error] * 18, by="moments")
        assert told.mean == pytest.approx(0.265, abs=5e-4)
        assert told.effects[0].weight == pytest.approx(0.212, abs=5e-4)
        assert told.effects[0].estimate == pytest.approx(0.294, abs=5e-4)

    @pytest.mark.parametrize(("by", "spread"), [("moments", 0.3181), ("likelihood", 0.3132)])
    def test_finds_the_spread_of_the_vaccine_trials(self, by, spread):
        """0.3132 and the mean -0.7145 are printed in Viechtbauer 2010, J. Statistical Software."""
        told = means(BCG[0], [variance**0.5 for variance in BCG[1]], by=by)
        assert told.spread**2 == pytest.approx(spread, abs=2e-4)
        if by == "likelihood":
            assert told.mean == pytest.approx(-0.7145, abs=2e-4)

    @pytest.mark.parametrize("by", WAYS)
    def test_says_that_eight_schools_differ_by_chance(self, by):
        """The common mean 7.7 of Rubin 1981."""
        told = means(*EIGHT_SCHOOLS, by=by)
        assert told.spread == 0.0
        assert told.mean == pytest.approx(7.7, abs=0.05)
        assert "no more than chance" in told.sentence()

    def test_intervals_cover_as_often_as_they_say(self):
        rng = np.random.default_rng(6)
        covered = []
        for _ in range(200):
            errors = rng.uniform(0.5, 2.0, 20)
            true = rng.normal(3.0, 1.0, 20)
            told = means((true + errors * rng.normal(size=20)).tolist(), errors.tolist())
            covered += [
                each.low <= value <= each.high
                for each, value in zip(told.effects, true, strict=True)
            ]
        assert 0.925 < np.mean(covered) < 0.985

    @settings(max_examples=20, deadline=None)
    @given(st.floats(-1e3, 1e3), st.sampled_from([0.001, 1.0, 1e4]))
    def test_goes_with_shifts_and_units(self, shift, unit):
        first = means(BCG[0], [variance**0.5 for variance in BCG[1]])
        moved = means(
            [unit * (value + shift) for value in BCG[0]],
            [unit * variance**0.5 for variance in BCG[1]],
        )
        assert moved.spread == pytest.approx(unit * first.spread, rel=1e-4)
        assert moved.effects[3].estimate == pytest.approx(
            unit * (first.effects[3].estimate + shift), rel=1e-4, abs=unit * 1e-4
        )


class TestShares:
    @pytest.mark.parametrize("by", WAYS)
    def test_finds_the_spread_that_is_there(self, by):
        rng = np.random.default_rng(1)
        sizes = rng.integers(5, 60, 3000)
        counts = rng.binomial(sizes, rng.beta(6, 4, 3000))
        told = shares(counts, sizes, by=by)
        assert told.mean == pytest.approx(0.6, abs=0.01)
        assert told.spread == pytest.approx((0.24 / 11) ** 0.5, abs=0.006)

    def test_is_where_a_search_over_the_distribution_ends(self):
        told = shares(HITS, [AT_BAT] * 18)
        found = optimize.minimize(
            lambda at: -stats.betabinom.logpmf(HITS, AT_BAT, *np.exp(at)).sum(),
            x0=[4.0, 5.0],
            method="Nelder-Mead",
            options={"xatol": 1e-9, "fatol": 1e-12, "maxiter": 5000},
        )
        a, b = np.exp(found.x)
        assert told.mean == pytest.approx(a / (a + b), rel=1e-4)
        best = told.effects[0]
        assert best.weight == pytest.approx(45 / (45 + a + b), rel=2e-3)
        assert best.estimate == pytest.approx((a + 18) / (a + b + 45), rel=1e-4)

    def test_moments_are_kleinmans_by_hand(self):
        told = shares([1, 5, 9, 5], [10, 10, 10, 10], by="moments")
        # Equal sizes: S = 10·0.32 = 3.2; (3.2 - 0.75) / (0.75·9) for the correlation.
        correlation = (3.2 - 0.75) / (0.75 * 9)
        assert told.spread == pytest.approx((0.25 * correlation) ** 0.5)
        assert told.effects[0].weight == pytest.approx(10 / (10 + 1 / correlation - 1))

    @pytest.mark.parametrize("by", WAYS)
    def test_pure_chance_leaves_one_share(self, by):
        told = shares([5, 5, 6, 5, 5], [10, 10, 12, 10, 10], by=by)
        assert told.spread == 0.0
        assert {each.estimate for each in told.effects} == {0.5}
        assert told.effects[0].low < 0.5 < told.effects[0].high

    @pytest.mark.parametrize("by", WAYS)
    @pytest.mark.parametrize("counts", [[0, 0, 0, 0], [4, 9, 2, 7]])
    def test_all_or_nobody_is_no_trouble(self, by, counts):
        told = shares(counts, [4, 9, 2, 7], by=by)
        assert told.spread == 0.0
        assert told.mean in (0.0, 1.0)

    def test_the_smallest_is_drawn_most_and_all_stay_between(self):
        told = shares([3, 60, 1, 20, 9], [4, 90, 9, 80, 10])
        weights = {each.unit: each.weight for each in told.effects}
        assert min(weights, key=weights.__getitem__) == "S000"
        for each in told.effects:
            assert min(each.raw, told.mean) <= each.estimate <= max(each.raw, told.mean)

    def test_says_what_it_did_in_words(self):
        said = shares([3, 60, 1, 20, 9], [4, 90, 9, 80, 10]).sentence()
        assert said.startswith("Behind the 5 figures lies a mean of ")
        assert "drawn towards the mean" in said


class TestRates:
    def test_agrees_with_clayton_and_kaldors_equations_iterated_in_r(self):
        """Also what R's DCluster prints for these data: ν 4.63, α 4.40."""
        expected = [births * sum(DEATHS) / sum(BIRTHS) for births in BIRTHS]
        told = rates(DEATHS, expected, by="moments")
        assert told.mean == pytest.approx(4.630749 / 4.395741, rel=1e-6)
        assert told.spread == pytest.approx(4.630749**0.5 / 4.395741, rel=1e-6)
        assert told.effects[0].estimate == pytest.approx(
            (1 + 4.630749) / (expected[0] + 4.395741), rel=1e-6
        )

    def test_agrees_with_the_negative_binomial_of_r(self):
        """MASS::glm.nb: θ 6.37197675 and mean 1.05056677."""
        expected = [births * sum(DEATHS) / sum(BIRTHS) for births in BIRTHS]
        told = rates(DEATHS, expected, by="likelihood")
        assert told.mean == pytest.approx(1.05056677, rel=1e-5)
        assert told.spread == pytest.approx(1.05056677 / 6.37197675**0.5, rel=1e-4)

    @pytest.mark.parametrize("by", WAYS)
    def test_pure_chance_leaves_one_rate(self, by):
        told = rates([4, 5, 6, 5], [10.0, 10.0, 12.0, 10.0], by=by)
        assert told.spread == 0.0
        assert rates([0, 0, 0, 0], [1.0, 2.0, 3.0, 4.0], by=by).mean == 0.0


class TestWhateverTheFrame:
    def test_order_and_codes_do_not_matter(self):
        frame = named(x=[3, 60, 1, 20, 9], n=[4, 90, 9, 80, 10])
        first = shrink_shares(frame, unit="school", count="x", of="n")
        turned = shrink_shares(frame.reverse().to_pandas(), unit="school", count="x", of="n")
        assert first == turned
        coded = pl.concat(
            [
                frame.select("school", pl.col("x").cast(str), "n"),
                pl.DataFrame({"school": ["S999"], "x": ["SUPP"], "n": [6]}),
            ]
        )
        told = shrink_shares(coded, unit="school", count="x", of="n")
        assert told.effects == first.effects
        assert told.left_out == 1


class TestWhatIsRefused:
    def test_too_few_units(self):
        with pytest.raises(TooFewToShrink, match="too few units"):
            shares([1, 2, 3], [4, 4, 4])

    @pytest.mark.parametrize("how", [shares, rates, means])
    def test_an_unknown_way(self, how):
        with pytest.raises(NoSuchWay, match="by magic"):
            how([1, 2, 3, 4], [4, 4, 4, 5], by="by magic")

    def test_more_counted_than_there_are(self):
        with pytest.raises(NotACount):
            shares([1, 2, 3, 9], [4, 4, 4, 4])
        with pytest.raises(NotACount):
            rates([1, 2, 3, 9], [4, 4, 4, 0])

    def test_an_error_of_nothing(self):
        with pytest.raises(NotAStandardError, match="no standard error"):
            means([1, 2, 3, 4], [1, 1, 0, 1])

    def test_rows_that_cannot_be_told(self):
        with pytest.raises(NotFinite):
            means([1.0, 2.0, np.inf, 4.0], [1.0] * 4)
        with pytest.raises(NothingLeft):
            means([np.nan, np.nan], [1.0, 1.0])
        frame = pl.DataFrame({"school": ["A", "A"], "y": [1.0, 2.0], "se": [1.0, 1.0]})
        with pytest.raises(TwiceThere, match="A"):
            shrink_means(frame, unit="school", estimate="y", se="se")
