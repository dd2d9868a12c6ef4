"""Years together, funnels, bands and grades."""

import itertools

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from clusterwork.impact.small import (
    BandsNotInOrder,
    NoSuchKind,
    NoSuchTarget,
    NotACount,
    NothingLeft,
    YearsNotThreeToFive,
    binomial_limits,
    by_size_band,
    funnel,
    grade_shares,
    overdispersion,
    poisson_limits,
    pool_years,
)

SCHOOL_A = [(2021, 3, 8), (2022, 5, 9), (2023, 4, 7)]


def of_years(schools):
    rows = [(name, *row) for name, years in schools.items() for row in years]
    return pl.DataFrame(rows, schema=["school", "year", "x", "n"], orient="row")


def pooled(schools, **choices):
    return pool_years(of_years(schools), unit="school", year="year", count="x", of="n", **choices)


class TestYearsTogether:
    def test_adds_pupils_up_and_says_the_years(self):
        told = pooled({"A": SCHOOL_A})
        (unit,) = told.units
        assert (unit.count, unit.of, unit.share) == (12, 24, 0.5)
        assert told.years == ("2021", "2022", "2023")
        assert "2021, 2022, 2023" in told.sentence()
        assert told.alike

    def test_p_is_that_of_every_table_with_these_margins(self):
        """All tables of 12 in 8, 9 and 7, weighed by how many ways there are to each."""
        p = pooled({"A": [(1, 6, 8), (2, 5, 9), (3, 1, 7)]}).units[0].p_alike
        sizes = np.array([8, 9, 7])

        def far(counts):
            return float(((np.array(counts) - sizes / 2) ** 2 / (sizes / 4)).sum())

        tables = [
            counts
            for counts in itertools.product(range(9), range(10), range(8))
            if sum(counts) == 12
        ]
        chance = [stats.multivariate_hypergeom.pmf(each, sizes, 12) for each in tables]
        exact = sum(
            weight
            for weight, each in zip(chance, tables, strict=True)
            if far(each) >= far((6, 5, 1)) - 1e-9
        )
        assert p == pytest.approx(exact, abs=0.02)

    def test_large_numbers_use_pearsons_chi_squared(self):
        told = pooled({"A": [(1, 40, 100), (2, 50, 100), (3, 60, 100)]}).units[0].p_alike
        table = [[40, 50, 60], [60, 50, 40]]
        assert told == pytest.approx(stats.chi2_contingency(table, correction=False).pvalue)

    def test_a_trend_in_all_is_found_and_said(self):
        told = pooled({name: [(1, 40, 100), (2, 50, 100), (3, 60, 100)] for name in "ABC"})
        assert told.p_trend < 0.001
        assert not told.alike
        assert "trend over the years (p < 0.001)" in told.sentence()

    def test_chance_alone_is_called_alike_as_often_as_it_should(self):
        rng = np.random.default_rng(3)
        alike = 0
        for _ in range(60):
            shares = rng.beta(6, 4, 30)
            schools = {
                f"{k:02}": [(y, int(rng.binomial(n, shares[k])), int(n)) for y, n in sizes]
                for k in range(30)
                for sizes in [list(zip((1, 2, 3), rng.integers(4, 20, 3), strict=True))]
            }
            alike += pooled(schools).alike
        assert alike >= 48

    def test_a_year_that_a_school_lacks_is_said(self):
        told = pooled({"A": SCHOOL_A, "B": SCHOOL_A[:2]})
        assert told.units[1].years == ("2021", "2022")
        assert "without figures for some of the years: 1." in told.sentence()

    @pytest.mark.parametrize("n", [1, 2, 6])
    def test_refuses_too_few_or_too_many_years(self, n):
        with pytest.raises(YearsNotThreeToFive, match="Three to five years"):
            pooled({"A": [(year, 1, 2) for year in range(n)]})

    def test_refuses_what_was_not_counted(self):
        with pytest.raises(NotACount):
            pooled({"A": [(1, 1.5, 2.0), (2, 1.0, 2.0), (3, 1.0, 2.0)]})


class TestLimits:
    @settings(deadline=None, max_examples=50)
    @given(st.floats(0.05, 0.95), st.integers(1, 400), st.sampled_from([0.025, 0.001]))
    def test_lie_where_the_joined_distribution_function_is_the_tail(self, target, size, tail):
        low, _ = binomial_limits(target, np.array([float(size)]), tail)
        reached = low[0] * size
        below = np.floor(reached + 1e-9)
        at = stats.binom(size, target)
        joined = at.cdf(below) + (reached - below) * at.pmf(below + 1)
        assert joined == pytest.approx(tail, abs=1e-6) or low[0] == 0.0

    def test_a_limit_by_hand(self):
        """n 10, target 0.5: P(R ≤ 1) = 11/1024, P(R ≤ 2) = 56/1024; 25.6 of 1024 between them."""
        low, high = binomial_limits(0.5, np.array([10.0]), 0.025)
        assert low[0] == pytest.approx((1 + (25.6 - 11) / 45) / 10)
        # P(R ≤ 7) = 968/1024, P(R ≤ 8) = 1013/1024, and 998.4 between them.
        assert high[0] == pytest.approx((7 + (998.4 - 968) / 45) / 10)

    def test_close_in_on_the_normal_ones(self):
        low, high = binomial_limits(0.4, np.array([1e6]), 0.025)
        half = 1.959964 * np.sqrt(0.24 / 1e6)
        assert (low[0], high[0]) == pytest.approx((0.4 - half, 0.4 + half), abs=1e-6)
        low, high = poisson_limits(1.0, np.array([1e6]), 0.001)
        assert high[0] - 1 == pytest.approx(3.090232e-3, rel=1e-3)

    def test_overdispersion_counts_only_beyond_chance(self):
        rng = np.random.default_rng(2)
        assert overdispersion(rng.normal(size=400)) == 1.0
        assert overdispersion(2 * rng.normal(size=400)) > 2.0
        assert overdispersion(np.array([0.0] * 19 + [30.0])) == 1.0


class TestAFunnel:
    def made(self, spread=0.0):
        rng = np.random.default_rng(5)
        sizes = rng.integers(5, 80, 400)
        shares = np.clip(0.6 + spread * rng.normal(size=400), 0, 1)
        counts = rng.binomial(sizes, shares)
        return pl.DataFrame({"u": [f"{k:03}" for k in range(400)], "x": counts, "n": sizes})

    def test_chance_alone_puts_about_one_in_twenty_outside(self):
        told = funnel(self.made(), unit="u", value="x", size="n", target=0.6)
        outside = [each for each in told.places if each.place != "in"]
        assert told.factor == 1.0
        assert 6 <= len(outside) <= 34
        assert "does not rank" in told.sentence()

    def test_differences_in_all_widen_it(self):
        frame = self.made(spread=0.15)
        wide = funnel(frame, unit="u", value="x", size="n")
        narrow = funnel(frame, unit="u", value="x", size="n", widen=False)
        assert wide.factor > 1.5
        assert sum(each.place != "in" for each in wide.places) < sum(
            each.place != "in" for each in narrow.places
        )
        assert all(0 <= each.low998 <= each.low95 <= each.high95 <= 1 for each in wide.places)

    def test_stands_in_the_order_of_size(self):
        sizes = [
            row[1] for row in funnel(self.made(), unit="u", value="x", size="n").tables[0].rows
        ]
        assert sizes == sorted(sizes)

    def test_of_means_and_rates(self):
        frame = pl.DataFrame({"u": ["A", "B"], "y": [0.1, -0.1], "se": [0.1, 0.1]})
        told = funnel(frame, unit="u", value="y", size="se", kind="mean")
        assert told.target == pytest.approx(0.0)
        assert told.places[0].high95 == pytest.approx(0.1959964)
        frame = pl.DataFrame({"u": ["A", "B"], "x": [30, 10], "e": [20.0, 20.0]})
        assert funnel(frame, unit="u", value="x", size="e", kind="rate").target == 1.0

    def test_refusals(self):
        frame = pl.DataFrame({"u": ["A", "B"], "x": [0, 0], "n": [5, 5]})
        with pytest.raises(NoSuchKind):
            funnel(frame, unit="u", value="x", size="n", kind="league table")
        with pytest.raises(NoSuchTarget, match="cannot stand"):
            funnel(frame, unit="u", value="x", size="n")
        with pytest.raises(NotACount):
            funnel(frame.with_columns(x=6), unit="u", value="x", size="n")


def lincolnshire(n=60, seed=4):
    rng = np.random.default_rng(seed)
    roll = rng.integers(30, 420, n)
    of = np.maximum(roll // 7, 1)
    return pl.DataFrame(
        {
            "urn": [f"{k:03}" for k in range(n)],
            "roll": roll,
            "x": rng.binomial(of, rng.beta(12, 6, n)),
            "n": of,
        }
    )


COLUMNS = {"unit": "urn", "size": "roll", "count": "x", "of": "n"}


class TestBands:
    def test_every_pupil_is_in_one_band_and_in_the_total(self):
        told = by_size_band(lincolnshire(), **COLUMNS, floor=0.65)
        *bands, whole = told.bands
        assert [band.band for band in told.bands] == ["-90", "91-180", "181-270", "271-", "total"]
        for name in ("schools", "pupils", "reached", "under"):
            assert sum(getattr(band, name) for band in bands) == getattr(whole, name)

    def test_a_school_at_the_end_of_a_band_is_in_it(self):
        frame = pl.DataFrame({"urn": list("AB"), "roll": [90, 91], "x": [9, 9], "n": [20, 20]})
        told = by_size_band(frame, **COLUMNS, smallest=0)
        assert [band.schools for band in told.bands] == [1, 1, 2]

    def test_the_interval_knows_that_pupils_come_by_school(self):
        alike = pl.DataFrame(
            {"urn": list("ABCDEF"), "roll": [50] * 6, "x": [10] * 6, "n": [20] * 6}
        )
        apart = alike.with_columns(x=pl.Series([2, 18, 4, 16, 1, 19]))
        one = by_size_band(alike, **COLUMNS).bands[0]
        other = by_size_band(apart, **COLUMNS).bands[0]
        assert one.share == other.share == 0.5
        assert one.high - one.low == pytest.approx(0.176, abs=0.001)  # Wilson, 60 of 120
        assert other.high - other.low > 2 * (one.high - one.low)

    def test_a_school_at_the_floor_is_not_under_it(self):
        frame = pl.DataFrame(
            {"urn": list("ABC"), "roll": [50] * 3, "x": [12, 13, 14], "n": [20] * 3}
        )
        band = by_size_band(frame, **COLUMNS, floor=0.65).bands[0]
        assert (band.under, round(band.under_low, 4), round(band.under_high, 4)) == (
            1,
            0.0084,
            0.9057,
        )

    def test_floors_go_by_year(self):
        frame = pl.concat([lincolnshire().with_columns(year=y) for y in (2012, 2013)])
        told = by_size_band(frame, **COLUMNS, year="year", floor={"2012": 0.60, "2013": 0.65})
        by_year = [band.under for band in told.bands if band.band == "total"]
        assert by_year[0] <= by_year[1]

    def test_few_pupils_hide_and_one_more_so_that_they_stay_hidden(self):
        frame = pl.concat(
            [
                lincolnshire(),
                pl.DataFrame({"urn": ["S"], "roll": [900], "x": [2], "n": [4]}),
            ]
        )
        told = by_size_band(frame, **COLUMNS, ends=(90, 180, 500))
        hidden = [band.band for band in told.bands if band.hidden]
        assert "501-" in hidden
        assert len(hidden) >= 2
        shown = {row[1]: row for row in told.tables[0].rows}
        assert shown["501-"][3:] == ("c",) * 8

    def test_nothing_is_hidden_where_nothing_is_small(self):
        assert not any(band.hidden for band in by_size_band(lincolnshire(), **COLUMNS).bands)

    def test_refusals(self):
        with pytest.raises(BandsNotInOrder, match="no bands"):
            by_size_band(lincolnshire(), **COLUMNS, ends=(180, 90))
        with pytest.raises(NotACount):
            by_size_band(lincolnshire().with_columns(x=500), **COLUMNS)


class TestGrades:
    frame = pl.DataFrame(
        {
            "when": ["after"] * 65 + ["before"] * 65,
            "grade": ["2"] * 40 + ["3"] * 20 + ["1"] * 5 + ["2"] * 25 + ["3"] * 35 + ["1"] * 5,
        }
    )

    def test_shares_with_intervals_in_the_order_given(self):
        told = grade_shares(self.frame, group="when", grade="grade", order=["1", "2", "3", "4"])
        assert [each.grade for each in told.grades[:4]] == ["1", "2", "3", "4"]
        good = told.grades[1]
        assert (good.schools, good.share) == (40, pytest.approx(40 / 65))
        assert good.low < 40 / 65 < good.high
        assert told.grades[3].high == pytest.approx(1.959964**2 / (65 + 1.959964**2))
        assert "no effect of anything" in told.sentence()

    def test_hides_where_asked_to(self):
        told = grade_shares(self.frame, group="when", grade="grade", smallest=6)
        assert sum(each.hidden for each in told.grades) >= 4

    def test_rows_without_a_grade(self):
        frame = pl.DataFrame({"when": ["a", "a"], "grade": ["2", "NE"]})
        told = grade_shares(frame, group="when", grade="grade")
        assert [each.grade for each in told.grades] == ["2"]
        with pytest.raises(NothingLeft):
            grade_shares(frame.with_columns(grade=pl.lit("NE")), group="when", grade="grade")


class TestWhateverTheFrame:
    def test_engines_agree(self):
        duckdb = pytest.importorskip("duckdb")
        frame = lincolnshire()
        others = [frame.lazy(), frame.to_pandas(), frame.to_arrow()]
        others.append(duckdb.connect().from_arrow(frame.to_arrow()))
        first = by_size_band(frame, **COLUMNS, floor=0.65)
        drawn = funnel(frame, unit="urn", value="x", size="n")
        for other in others:
            assert by_size_band(other, **COLUMNS, floor=0.65) == first
            assert funnel(other, unit="urn", value="x", size="n") == drawn
            assert (
                sum(each.schools for each in grade_shares(other, group="urn", grade="n").grades)
                == 60
            )
