"""Whether a programme has time enough."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterwork.clusters.rules.programme_life import months_between, warnings_of

START = dt.date(2027, 9, 1)
LATE = dt.date(2028, 9, 1)


def said(ends_on=None, first_cycle_on=None, starts_on=START):
    return [str(each.what) for each in warnings_of(starts_on, ends_on, first_cycle_on)]


class TestTheLife:
    def test_of_five_years_is_long_enough(self):
        assert said(dt.date(2032, 9, 1)) == []

    def test_of_a_day_less_says_so(self):
        assert said(dt.date(2032, 8, 31)) == [
            "The programme lasts less than five years: 59 months."
        ]

    def test_without_end_gives_no_warning(self):
        assert said(None) == []

    def test_counts_five_years_from_a_leap_day(self):
        assert said(dt.date(2033, 2, 28), starts_on=dt.date(2028, 2, 29)) == []

    def test_says_where_that_was_found(self):
        (found,) = warnings_of(START, LATE, None)
        assert "Excellence Clusters, 7.7" in str(found.why)


class TestTheLeadIn:
    @pytest.mark.parametrize("first", [START, dt.date(2027, 8, 1)])
    def test_of_none_says_so(self, first):
        assert said(first_cycle_on=first) == ["There is no lead-in before the first cycle."]

    def test_of_a_few_months_says_how_many(self):
        assert said(first_cycle_on=dt.date(2028, 1, 10)) == [
            "The lead-in before the first cycle is short: 4 months."
        ]

    def test_of_half_a_year_is_enough(self):
        assert said(first_cycle_on=dt.date(2028, 3, 1)) == []

    def test_says_why_evaluations_come_too_soon(self):
        (found,) = warnings_of(START, None, START)
        assert "EAS clusters, 4.2.5" in str(found.why)


@given(st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)), st.integers(0, 200))
def test_months_are_whole(start, n):
    years, month = divmod(start.month - 1 + n, 12)
    first = dt.date(start.year + years, month + 1, 1)
    assert months_between(start.replace(day=1), first) == n
