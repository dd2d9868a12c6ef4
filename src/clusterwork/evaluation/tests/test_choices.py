"""Which years, days and alternatives can be chosen, on plain values."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterwork.evaluation.rules import choices
from clusterwork.evaluation.rules.choices import (
    Ground,
    alternatives_that_fit,
    check_reach,
    check_too_early,
    check_years,
    usual_too_early,
)

GROUND = Ground({2014: 9, 2015: 9, 2016: 9, 2018: 8, 2019: 9}, (2017, 2018))
MAIN = {
    "comparison": "schools",
    "where": "nation",
    "neighbours": 3,
    "alike_by": ("pupils", "meals", "before"),
    "starts": (2017, 2018),
    "last_year": 2019,
}


class TestYears:
    def test_are_taken_where_figures_lie_on_both_sides_of_the_start(self) -> None:
        check_years(GROUND, 2014, 2019)
        check_years(GROUND, 2016, 2018)

    @pytest.mark.parametrize(
        ("first", "last", "refused"),
        [
            (2019, 2014, choices.YearsTurned),
            (2016, 2016, choices.YearsTurned),
            (2018, 2019, choices.NothingBeforeTheStart),
            (2014, 2016, choices.NothingAfterTheStart),
            (2014, 2017, choices.YearWithoutFigures),
            (2013, 2019, choices.YearWithoutFigures),
        ],
    )
    def test_are_refused_where_nothing_could_be_seen(self, first, last, refused) -> None:
        with pytest.raises(refused):
            check_years(GROUND, first, last)

    def test_are_refused_without_a_start(self) -> None:
        with pytest.raises(choices.NothingBeforeTheStart):
            check_years(Ground({2014: 9, 2015: 9}, ()), 2014, 2015)

    @given(st.integers(2010, 2022), st.integers(2010, 2022))
    def test_that_pass_always_hold_the_first_start_between_them(self, first, last) -> None:
        try:
            check_years(GROUND, first, last)
        except choices.Problem:
            return
        assert first < GROUND.starts[0] <= last
        assert {first, last} <= GROUND.years.keys()


class TestTooEarly:
    def test_is_the_first_target_that_takes_its_time(self) -> None:
        days = [dt.date(2022, 7, 31), dt.date(2021, 7, 31)]
        found = usual_too_early(days, 2017, 2019)
        assert (found.day, found.source) == (dt.date(2021, 7, 31), choices.TARGETS)

    def test_is_two_school_years_after_the_start_without_a_target(self) -> None:
        found = usual_too_early([], 2019, 2020)
        assert (found.day, found.source) == (dt.date(2020, 9, 1), choices.TWO_YEARS)

    @given(st.lists(st.dates()), st.integers(2000, 2030), st.integers(2000, 2030))
    def test_usual_day_can_always_be_chosen(self, days, start, last) -> None:
        check_too_early(usual_too_early(days, start, last).day, last)

    def test_never_lies_before_the_last_results(self) -> None:
        with pytest.raises(choices.TooEarlyDay):
            check_too_early(dt.date(2019, 7, 31), 2019)
        check_too_early(dt.date(2019, 8, 1), 2019)


class TestReach:
    @pytest.mark.parametrize(
        ("reached", "expected", "sd"),
        [(0, 1, 1), (1.1, 1, 1), (0.5, 0, 1), (0.5, -1, 1), (0.5, 1, 0), (0.5, float("inf"), 1)],
    )
    def test_refuses_what_cannot_be(self, reached, expected, sd) -> None:
        with pytest.raises(choices.ReachImpossible):
            check_reach(reached, expected, sd)

    def test_takes_what_is_not_said(self) -> None:
        check_reach(1, None, None)


class TestAlternatives:
    def test_are_all_offered_beside_the_usual_choice(self) -> None:
        assert len(alternatives_that_fit(**MAIN)) == 7

    @pytest.mark.parametrize(
        ("chosen", "gone"),
        [
            ({"neighbours": 1}, {"one"}),
            ({"neighbours": 10}, {"ten"}),
            ({"where": "area"}, {"area"}),
            ({"alike_by": ("pupils",)}, {"without_before", "without_meals"}),
            ({"alike_by": ("before",)}, {"without_before", "without_meals"}),
            ({"starts": (2019,)}, {"yearly", "later_years"}),
        ],
    )
    def test_that_are_the_main_choice_over_again_are_not_offered(self, chosen, gone) -> None:
        assert (
            set(alternatives_that_fit(**MAIN)) - set(alternatives_that_fit(**{**MAIN, **chosen}))
            == gone
        )

    def test_of_similar_schools_stand_only_beside_similar_schools(self) -> None:
        fit = alternatives_that_fit(**{**MAIN, "comparison": "later"})
        assert fit == ("yearly", "later_years")
