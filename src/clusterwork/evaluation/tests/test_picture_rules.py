"""What pictures say: true words of intervals, bands, floors, grades and time lines."""

from __future__ import annotations

import datetime as dt
import statistics
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterwork.clusters.rules.likeness import Member
from clusterwork.evaluation.impact_adapter.bands import bands_of
from clusterwork.evaluation.impact_adapter.beside import alike_in, interval_of, years_together
from clusterwork.evaluation.impact_adapter.grades import shares_of
from clusterwork.evaluation.rules import bands, beside, grades, timeline
from clusterwork.evaluation.rules.bands import Band, NoBands, Pair, SchoolFigure
from clusterwork.evaluation.rules.pictures import Counted, Ends, Told
from clusterwork.evaluation.rules.told import interval_for, three_together, told_of
from clusterwork.measures.rules.rolling import By, Rolled
from clusterwork.measures.rules.showing import Shown

START = dt.date(2016, 9, 1)


def write(value: float) -> str:
    return f"{value:.1f}%"


def year(ends: int) -> str:
    return f"{ends - 1}/{ends % 100:02}"


def told(ends: int, value: float | None, of: int | None = 100, **facts) -> Told:
    counted = Counted(value, of) if value is not None and of else None
    facts = {"n_in": 5, "n_schools": 5, **facts}
    return Told(ends, value, of, interval_of(counted) if counted else None, **facts)


def line(*cells: Told) -> dict[int, Told]:
    return {each.year: each for each in cells}


def rolled(value: str | None, of: int | None, by: By = By.NUMBERS) -> Shown:
    number = None if value is None else Decimal(value)
    held = Rolled(number, by, 5, 5, 0, 0, (), of, frozenset())
    return Shown(2019, number, "" if value else "c", held)


class TestIntervals:
    def test_are_wilsons_as_newcombe_published_them(self):
        # Newcombe 1998, Statistics in Medicine 17, table I, method 3: 81/263 and 15/148, 0/20.
        for count, of, low, high in (
            (81, 263, 25.53, 36.62), (15, 148, 6.24, 16.05), (0, 20, 0.0, 16.11),
        ):  # fmt: skip
            ends = interval_of(Counted(100 * count / of, of))
            assert (round(ends.low, 2), round(ends.high, 2)) == (low, high)

    @given(st.floats(0, 100), st.integers(1, 5000))
    def test_hold_their_figure_within_0_and_100(self, value, of):
        ends = interval_of(Counted(value, of))
        assert 0 <= ends.low <= value + 1e-9 and value - 1e-9 <= ends.high <= 100

    def test_are_not_told_of_nobody(self):
        assert interval_of(Counted(0.0, 0)) is None

    def test_stand_beside_percentages_of_a_number_counted_only(self):
        assert told_of(rolled("61", 28), "percent", interval_of).ends
        assert told_of(rolled("61", 28), "score", interval_of).ends is None
        assert told_of(rolled("61", None, By.SCHOOLS), "percent", interval_of).ends is None

    def test_are_not_told_of_sessions_since_those_of_one_pupil_go_together(self):
        assert interval_for("pupils", interval_of)(Counted(93.8, 224_200))
        assert interval_for("sessions", interval_of)(Counted(93.8, 224_200)) is None
        sessions = {2019: Told(2019, 93.8, 224_200, None, n_in=5, n_schools=5)}
        told = beside.notes(sessions, None, str, True)
        assert "how far single pupils lie apart" in str(told[0])

    def test_are_not_told_of_what_hides(self):
        hidden = told_of(rolled(None, None), "percent", interval_of)
        assert (hidden.value, hidden.of, hidden.ends, hidden.symbol) == (None, None, None, "c")


class TestYearsTogether:
    def test_are_one_figure_of_all_their_pupils(self):
        found = years_together(
            {2017: Counted(50, 10), 2018: Counted(60, 10), 2019: Counted(70, 10)}
        )
        assert (found.value, found.of, found.years) == (60.0, 30, (2017, 2018, 2019))
        assert found.alike

    def test_stand_for_a_year_in_which_few_are_counted(self):
        few = line(*(told(each, 50, 12) for each in (2017, 2018, 2019)))
        many = line(*(told(each, 50, 40) for each in (2017, 2018, 2019)))
        assert three_together(few, years_together).of == 36
        assert three_together(many, years_together) is None

    def test_are_not_made_where_one_of_three_is_missing(self):
        held = line(told(2016, 50, 12), told(2018, 50, 12), told(2019, 50, 12))
        assert three_together(held, years_together) is None


class TestTheMiddle:
    @given(st.lists(st.floats(0, 100), min_size=4, max_size=20))
    def test_half_lies_between_the_quartiles(self, values):
        found = beside.middle_of(values)
        middle = statistics.median(values)
        assert min(values) <= found.half.low <= middle <= found.half.high <= max(values)
        assert found.mean == pytest.approx(statistics.fmean(values))

    def test_half_needs_four(self):
        assert beside.middle_of([1, 2, None, 3]).half is None

    def test_of_nothing_told_is_nothing(self):
        assert beside.middle_of([None, None]) is None


class TestWhatIsSaidBesideOthers:
    def said(self, held, others=None, together=None) -> str:
        found = {2019: beside.middle_of(others)} if others else {}
        return str(beside.finding(held, found, together, write, year))

    def test_names_the_interval_and_no_cause(self):
        text = self.said(line(told(2019, 60)), [61, 62, 63, 64])
        assert (
            text
            == "60.0% in 2018/19; mean of similar clusters: 62.5%, within the cluster’s interval"
        )

    def test_says_where_the_mean_lies_outside(self):
        assert "outside the cluster’s interval" in self.said(line(told(2019, 60)), [90, 91, 92, 93])

    def test_of_a_score_claims_no_interval(self):
        text = self.said(line(told(2019, 2, None)), [3, 3, 3, 3])
        assert "interval" not in text

    def test_of_few_speaks_of_three_years(self):
        held = line(*(told(each, 50, 12) for each in (2017, 2018, 2019)))
        together = three_together(held, years_together)
        assert "2016/17 to 2018/19 together" in self.said(held, [60, 60], together)

    def test_of_nothing_says_nothing(self):
        assert beside.finding(line(told(2019, None)), {}, None, write, year) is None


class TestWhatClustersAreAlikeIn:
    def test_stands_beside_the_mean_of_the_others(self):
        clusters = {
            1: [Member("primary", "", 100, 0.2), Member("primary", "", 200, 0.1)],
            2: [Member("primary", "", 300, 0.3)],
            3: [Member("primary", "", 100, None), Member("secondary", "", 500, 0.1)],
        }
        found = {(each.kind, each.category): each for each in alike_in(clusters, 1, [2, 3])}
        assert found["schools", ""].ours == 2 and found["schools", ""].others == 1.5
        assert found["pupils", ""].ours == 150 and found["pupils", ""].others == 300
        assert found["meals", ""].ours == pytest.approx(40 / 300)
        assert found["phase", "secondary"].others == 0.25

    def test_is_empty_without_schools(self):
        assert alike_in({1: []}, 1, [2]) == ()


class TestATimeLine:
    def test_says_before_and_after_and_whether_intervals_overlap(self):
        text = str(timeline.finding(line(told(2016, 50), told(2018, 55)), START, write, year))
        assert text.startswith("50.0% in 2015/16, before the start; 55.0% in 2017/18")
        assert text.endswith("the intervals overlap")

    def test_says_where_they_do_not_overlap(self):
        held = line(told(2016, 20, 400), told(2018, 80, 400))
        assert str(timeline.finding(held, START, write, year)).endswith("do not overlap")

    def test_calls_the_year_in_which_it_started_neither_before_nor_after(self):
        held = line(told(2016, 50), told(2017, 60))
        day = dt.date(2017, 1, 9)
        assert timeline.last_after(held, day) is None
        assert timeline.last_before(held, day).year == 2016
        assert "no figure from after the start yet" in str(timeline.finding(held, day, write, year))

    def test_claims_no_change_where_schools_are_missing(self):
        held = line(told(2016, 50, n_in=4), told(2018, 55))
        assert "not all schools have a figure in both" in str(
            timeline.finding(held, START, write, year)
        )

    def test_counts_a_shared_census_once_and_leaves_out_the_unknown(self):
        rolls = [timeline.Roll(100, 0.2), timeline.Roll(300, None), None]
        found = timeline.demography_of(2019, rolls)
        assert (found.pupils, found.n_pupils_of, found.n_schools) == (400, 2, 3)
        assert (found.meals, found.n_meals_of) == (0.2, 1)

    def test_leaves_out_no_year_between(self):
        assert timeline.years_shown([2016, 2019], 6) == (2016, 2017, 2018, 2019)
        assert timeline.years_shown([2005, 2019], 3) == (2017, 2018, 2019)
        assert timeline.years_shown([], 3) == ()


def rows(n: int, pupils: int, value: float, of: int = 20, first: int = 0) -> list[SchoolFigure]:
    return [SchoolFigure(2019, first + place, value, of, pupils) for place in range(n)]


class TestBands:
    def test_are_read_from_the_address(self):
        assert bands.ends_of("50, 100,200") == (50, 100, 200)

    @pytest.mark.parametrize("text", ["", "x", "100,50", "50,50", "0", "1,2,3,4,5,6,7", "-5"])
    def test_that_do_not_rise_are_refused(self, text):
        with pytest.raises(NoBands):
            bands.ends_of(text)

    @given(st.integers(0, 3000))
    def test_hold_each_size_once(self, pupils):
        least, most = bands.limits_of((50, 100, 200))[bands.band_of(pupils, (50, 100, 200))]
        assert (least is None or least <= pupils) and (most is None or pupils <= most)

    def told(self, held, **facts):
        facts = {"floor": 65.0, "is_lower_better": False, "smallest": 5, **facts}
        return bands_of(held, (50, 100), **facts)[2019]

    def test_put_schools_together_and_count_those_below_the_floor(self):
        held = [*rows(5, 40, 50), *rows(10, 90, 70, first=10), *rows(5, 300, 80, first=50)]
        small, middle, large, whole = self.told(held)
        assert (small.least, small.most, large.least, large.most) == (None, 50, 101, None)
        assert (small.value, middle.value, whole.n_schools) == (50.0, 70.0, 20)
        assert (small.under, middle.under, whole.under) == (5, 0, 5)
        assert whole.is_all and not small.is_hidden

    def test_never_count_a_school_at_the_floor_as_below_it(self):
        # 65 % of 28 are 18.2 pupils: 18 of 28 would be below 65 %.
        (_small, whole) = self.told(rows(5, 40, 65, of=28))
        assert whole.under == 0

    def test_count_above_where_lower_is_better(self):
        (_band, whole) = self.told(rows(6, 40, 70), is_lower_better=True)
        assert whole.under == 6

    def test_hide_bands_of_one_or_two_schools_and_no_others(self):
        held = [*rows(2, 40, 50), *rows(10, 90, 70, first=10), *rows(3, 300, 70, first=30)]
        assert [each.is_hidden for each in self.told(held)] == [True, False, False, False]

    def test_hide_few_pupils_and_what_would_give_them_away(self):
        # Three schools of one pupil each: 3 of 3 pupils, below the smallest number.
        few = [SchoolFigure(2019, place, 100.0, 1, 40) for place in range(3)]
        held = [*few, *rows(10, 90, 70, first=10), *rows(3, 300, 70, first=30)]
        hidden = [each.is_hidden for each in self.told(held)]
        assert hidden[0] and sum(hidden) > 1

    def test_floor_is_what_a_tenth_do_not_reach(self):
        assert bands.usual_floor(range(101), is_lower_better=False) == 10.0
        assert bands.usual_floor(range(101), is_lower_better=True) == 90.0
        assert bands.usual_floor([50.0], is_lower_better=False) is None


def band(value: float, width: float, least=None, most=50, **facts) -> Band:
    told = {"under": 2, "under_ends": Ends(1, 4), "is_hidden": False, **facts}
    ends = Ends(value - width / 2, value + width / 2)
    return Band(least, most, 10, 100, value, ends, **told)


class TestWhatIsSaidOfBands:
    def test_counts_bands_and_claims_no_difference(self):
        pairs = [
            Pair(None, 50, band(60, 20), band(65, 1)),
            Pair(51, None, band(60, 4, 51, None), band(65, 1, 51, None)),
        ]
        assert str(bands.finding(pairs)) == (
            "In 1 of the 2 bands that can be told the figure of all other schools lies within the "
            "interval of these"
        )

    def test_says_that_small_schools_had_wider_intervals(self):
        pairs = [
            Pair(None, 50, band(60, 20), None),
            Pair(51, None, band(60, 4, 51, None), None),
        ]
        assert str(bands.widths_said(pairs, lambda value: f"{value:.0f}")).startswith(
            "Small schools had wider intervals: 20 points among the smallest, 4 among the largest."
        )
        assert bands.widths_said(pairs[::-1], write) is None

    def test_is_silent_of_hidden_bands(self):
        pairs = [Pair(None, 50, band(60, 20, is_hidden=True), band(65, 1))]
        assert bands.finding(pairs) is None and pairs[0].told is None

    def test_says_how_many_lie_below_the_floor(self):
        whole = Pair(None, None, band(60, 4, None, None), band(60, 4, None, None, under=5))
        text = str(bands.floors_said([whole], "65%", is_lower_better=False))
        assert text == "Schools below 65%: 2 of these 10; of all others 50 in 100."


class TestGrades:
    def shares(self):
        before = {1: "Good", 2: "Weak", 3: "Weak", 7: "Good", 8: "Good"}
        after = {1: "Good", 2: "Good", 3: "Weak", 7: "Good", 8: "Weak", 9: "Good"}
        return shares_of(grades.rows_of(before, after, {1, 2, 3, 9}), ["Good", "Weak", "Other"])

    def test_count_schools_with_a_grade_on_both_sides_only(self):
        found = self.shares()
        assert sum(each.n_schools for each in found[grades.OURS_AFTER]) == 3
        assert [each.grade for each in found[grades.OURS_AFTER]] == ["Good", "Weak"]

    def test_say_both_sides_and_everybody_else(self):
        assert str(grades.finding(self.shares())) == (
            "Good: 33% of these schools before, 67% after; of all others 100% and 50%"
        )
        assert "overlap" in str(grades.overlap_said(self.shares()))

    def test_of_nobody_say_nothing(self):
        assert shares_of([], []) == {} and grades.finding({}) is None

    def test_take_the_day_by_which_half_had_started(self):
        days = [dt.date(2019, 9, 1), dt.date(2017, 9, 1), dt.date(2018, 9, 1)]
        assert grades.middle_day(days) == dt.date(2018, 9, 1)
        assert grades.middle_day([]) is None
