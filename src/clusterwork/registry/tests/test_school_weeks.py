"""School days, and when a question to schools may close."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterwork.registry.rules.school_weeks import (
    ClosesInThePast,
    ClosesOutsideSchool,
    NoSchoolDays,
    UsualHoliday,
    closing_date,
    is_school_day,
    not_entered,
    refusal_for,
    school_days_between,
    usual_holidays,
)
from clusterwork.registry.selectors.holidays import bank_holidays

BANK = bank_holidays(dt.date(2026, 1, 1), dt.date(2028, 1, 1))
DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31))


def holiday(start, end):
    return UsualHoliday("", start, end)


HALF_TERM = holiday(dt.date(2027, 2, 15), dt.date(2027, 2, 22))
HOLIDAYS = st.lists(
    st.builds(
        lambda start, n: holiday(start, start + dt.timedelta(days=n)), DAYS, st.integers(1, 45)
    ),
    max_size=8,
)


class TestASchoolDay:
    @pytest.mark.parametrize(
        ("day", "is_one"),
        [
            (dt.date(2027, 2, 12), True),  # the Friday before half-term
            (dt.date(2027, 2, 13), False),  # a Saturday
            (dt.date(2027, 2, 15), False),  # the first day of the holiday
            (dt.date(2027, 2, 19), False),  # its last weekday
            (dt.date(2027, 2, 22), True),  # the first day back
            (dt.date(2027, 5, 3), False),  # a bank holiday
        ],
    )
    def test_is_no_weekend_holiday_or_bank_holiday(self, day, is_one):
        assert is_school_day(day, [HALF_TERM], BANK) is is_one

    def test_of_a_week_with_a_holiday_in_it_counts_what_is_left(self):
        start, end = dt.date(2027, 2, 8), dt.date(2027, 3, 1)
        assert school_days_between(start, end, [HALF_TERM], BANK) == 10

    def test_none_lies_in_a_period_that_ends_before_it_starts(self):
        assert school_days_between(dt.date(2027, 3, 1), dt.date(2027, 2, 1), [], BANK) == 0


class TestTheClosingDate:
    def test_of_one_week_from_a_monday_is_the_next_monday(self):
        assert closing_date(dt.date(2027, 3, 1), 1, [], BANK) == dt.date(2027, 3, 8)

    def test_jumps_over_half_term(self):
        opened = dt.date(2027, 2, 8)
        assert closing_date(opened, 1, [HALF_TERM], BANK) == dt.date(2027, 2, 22)
        assert closing_date(opened, 2, [HALF_TERM], BANK) == dt.date(2027, 3, 1)

    @given(DAYS, st.integers(0, 8), HOLIDAYS)
    def test_is_a_school_day_with_all_its_weeks_before_it(self, start, weeks, holidays):
        day = closing_date(start, weeks, holidays, BANK)
        assert is_school_day(day, holidays, BANK)
        assert school_days_between(start, day, holidays, BANK) == 5 * weeks

    @given(DAYS, st.integers(1, 8), HOLIDAYS, st.integers(0, 200))
    def test_is_the_first_that_is_not_refused(self, start, weeks, holidays, n):
        day = closing_date(start, weeks, holidays, BANK)
        assert refusal_for(day, start, weeks, holidays, BANK) is None
        earlier = day - dt.timedelta(days=n + 1)
        assert refusal_for(earlier, start, weeks, holidays, BANK) is not None

    @given(DAYS, st.integers(0, 8), HOLIDAYS, st.integers(0, 200))
    def test_later_is_refused_only_outside_school(self, start, weeks, holidays, n):
        later = closing_date(start, weeks, holidays, BANK) + dt.timedelta(days=n)
        refused = refusal_for(later, start, weeks, holidays, BANK)
        assert (refused is None) is is_school_day(later, holidays, BANK)
        assert refused is None or isinstance(refused, ClosesOutsideSchool)

    def test_too_soon_says_how_many_days_and_the_earliest_day(self):
        refused = refusal_for(dt.date(2027, 2, 24), dt.date(2027, 2, 8), 2, [HALF_TERM], BANK)
        assert "School days before it: 7." in str(refused)
        assert "2027-03-01" in str(refused)

    def test_outside_school_says_the_next_school_day(self):
        refused = refusal_for(dt.date(2027, 2, 17), dt.date(2027, 2, 1), 2, [HALF_TERM], BANK)
        assert "The next school day: 2027-02-22." in str(refused)

    def test_is_not_sought_for_ever(self):
        always = holiday(dt.date(2000, 1, 1), dt.date(2100, 1, 1))
        with pytest.raises(NoSchoolDays):
            closing_date(dt.date(2027, 2, 1), 1, [always], BANK)
        far = dt.date(2099, 1, 1)
        assert isinstance(refusal_for(far, dt.date(2027, 2, 1), 1, [], BANK), NoSchoolDays)

    @pytest.mark.parametrize("weeks", [0, 1, 3])
    def test_never_a_day_that_has_passed(self, weeks):
        before, start = dt.date(2027, 1, 29), dt.date(2027, 2, 1)
        refused = refusal_for(before, start, weeks, [], BANK)
        assert isinstance(refused, ClosesInThePast)


class TestTheUsualHolidays:
    def test_of_a_school_year_are_seven_with_both_summers(self):
        names = [each.name for each in usual_holidays(dt.date(2026, 8, 1), dt.date(2027, 8, 1))]
        assert names == [
            "Summer holiday",
            "October half-term",
            "Christmas holiday",
            "February half-term",
            "Easter holiday",
            "May half-term",
            "Summer holiday",
        ]

    def test_lie_where_most_authorities_put_them(self):
        """As published for 2025/26 by many English counties."""
        found = {
            each.name: each for each in usual_holidays(dt.date(2025, 9, 1), dt.date(2026, 8, 1))
        }
        assert found["October half-term"].start_on == dt.date(2025, 10, 27)
        assert found["Christmas holiday"].start_on == dt.date(2025, 12, 22)
        assert found["Christmas holiday"].end_on == dt.date(2026, 1, 5)
        assert found["February half-term"].start_on == dt.date(2026, 2, 16)
        assert found["Easter holiday"].start_on == dt.date(2026, 3, 30)
        assert found["Easter holiday"].end_on == dt.date(2026, 4, 13)
        assert found["May half-term"].start_on == dt.date(2026, 5, 25)
        assert found["Summer holiday"].start_on == dt.date(2026, 7, 20)

    @given(st.integers(2000, 2100))
    def test_never_overlap(self, year):
        found = usual_holidays(dt.date(year, 1, 1), dt.date(year + 2, 1, 1))
        assert all(one.end_on <= two.start_on for one, two in pairwise(found))

    def test_are_missing_where_nobody_entered_one_near(self):
        start, end = dt.date(2027, 2, 1), dt.date(2027, 4, 1)
        missing = not_entered(start, end, [HALF_TERM])
        assert [each.name for each in missing] == ["Easter holiday"]

    def test_are_not_missing_where_the_authority_has_them_a_week_later(self):
        later = holiday(dt.date(2027, 2, 22), dt.date(2027, 3, 1))
        assert not not_entered(dt.date(2027, 2, 1), dt.date(2027, 3, 15), [later])
