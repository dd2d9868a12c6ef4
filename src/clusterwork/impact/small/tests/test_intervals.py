import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from clusterwork.impact.small import (
    NotACount,
    NotALevel,
    clopper_pearson,
    exact_poisson,
    wilson,
)

# Newcombe 1998, Statistics in Medicine 17, table I: methods 3 and 5.
NEWCOMBE = [
    (81, 263, (0.2553, 0.3662), (0.2527, 0.3676)),
    (15, 148, (0.0624, 0.1605), (0.0578, 0.1617)),
    (0, 20, (0.0000, 0.1611), (0.0000, 0.1684)),
    (1, 29, (0.0061, 0.1718), (0.0009, 0.1776)),
]
# Garwood 1936; as tabled in Ulm 1990, American Journal of Epidemiology 131.
GARWOOD = [(0, 0.0, 3.689), (1, 0.0253, 5.572), (5, 1.623, 11.668), (10, 4.795, 18.390)]


class TestAShare:
    @pytest.mark.parametrize(("count", "of", "score", "exact"), NEWCOMBE)
    def test_agrees_with_newcombe(self, count, of, score, exact):
        told = wilson(count, of)
        assert (round(told.low, 4), round(told.high, 4)) == score
        told = clopper_pearson(count, of)
        assert (round(told.low, 4), round(told.high, 4)) == exact

    def test_none_of_none_may_be_anything(self):
        assert (wilson(0, 0).low, wilson(0, 0).high) == (0.0, 1.0)
        assert math.isnan(clopper_pearson(0, 0).estimate)

    @settings(deadline=None)
    @given(st.integers(1, 300), st.integers(0, 300), st.sampled_from([0.8, 0.95, 0.998]))
    def test_mirrors_when_those_who_did_not_are_counted(self, of, count, level):
        count = min(count, of)
        for interval in (wilson, clopper_pearson):
            one = interval(count, of, level=level)
            other = interval(of - count, of, level=level)
            assert one.low == pytest.approx(1 - other.high, abs=1e-9)
            assert 0 <= one.low <= one.estimate <= one.high <= 1

    @settings(deadline=None, max_examples=30)
    @given(st.integers(1, 40), st.floats(0.01, 0.99))
    def test_the_exact_one_covers_whatever_the_share(self, of, share):
        covered = sum(
            stats.binom.pmf(count, of, share)
            for count in range(of + 1)
            if clopper_pearson(count, of).low <= share <= clopper_pearson(count, of).high
        )
        assert covered >= 0.95 - 1e-9

    def test_wilsons_ends_are_where_the_score_test_just_rejects(self):
        told = wilson(7, 31)
        for end in (told.low, told.high):
            score = (7 / 31 - end) / math.sqrt(end * (1 - end) / 31)
            assert abs(score) == pytest.approx(1.959963985, abs=1e-8)


class TestARate:
    @pytest.mark.parametrize(("count", "low", "high"), GARWOOD)
    def test_agrees_with_garwood(self, count, low, high):
        told = exact_poisson(count)
        assert told.low == pytest.approx(low, abs=5e-4)
        assert told.high == pytest.approx(high, abs=5e-4)

    def test_ends_leave_half_of_the_rest_in_each_tail(self):
        told = exact_poisson(6, 100.0)
        assert stats.poisson.sf(5, told.low * 100) == pytest.approx(0.025)
        assert stats.poisson.cdf(6, told.high * 100) == pytest.approx(0.025)

    def test_goes_with_the_unit_of_exposure(self):
        assert exact_poisson(4, 200.0).high == pytest.approx(exact_poisson(4, 2.0).high / 100)


class TestWhatIsRefused:
    @pytest.mark.parametrize(("count", "of"), [(-1, 5), (6, 5), (math.nan, 5), (1, -1)])
    def test_numbers_that_cannot_have_been_counted(self, count, of):
        for interval in (wilson, clopper_pearson):
            with pytest.raises(NotACount, match="cannot have been counted"):
                interval(count, of)

    @pytest.mark.parametrize("exposure", [0.0, -2.0, math.inf, math.nan])
    def test_exposures_that_are_none(self, exposure):
        with pytest.raises(NotACount):
            exact_poisson(1, exposure)

    @pytest.mark.parametrize("level", [0.0, 1.0, 95])
    def test_levels_that_are_none(self, level):
        for interval in (wilson, clopper_pearson):
            with pytest.raises(NotALevel, match="no level"):
                interval(1, 5, level=level)
