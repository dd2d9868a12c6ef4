"""Where a version of an agreement stood on a day."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterwork.clusters.rules.agreements.standing import Days, state_on

START = dt.date(2026, 9, 1)


def on(n: int) -> dt.date:
    return START + dt.timedelta(n)


class TestTheStateOnADay:
    @pytest.mark.parametrize(
        ("n", "expected"),
        [
            (-1, None), (0, "draft"), (4, "draft"), (5, "signing"), (9, "signing"),
            (10, "in_force"), (29, "in_force"), (30, "superseded"), (99, "superseded"),
        ],
    )  # fmt: skip
    def test_follows_the_days_of_the_version(self, n, expected):
        days = Days(on(0), on(5), on(10), on(30), "superseded")
        assert state_on(days, on(n)) == expected

    def test_of_one_withdrawn_before_it_was_put_is_a_draft_until_then(self):
        days = Days(on(0), None, None, on(3), "withdrawn")
        assert [state_on(days, on(n)) for n in (2, 3)] == ["draft", "withdrawn"]

    @given(st.lists(st.integers(0, 400), min_size=4, max_size=4), st.integers(0, 400))
    def test_never_goes_back(self, gaps, n):
        gaps.sort()
        days = Days(*(on(each) for each in gaps), now="superseded")
        order = (None, "draft", "signing", "in_force", "superseded")
        today, tomorrow = state_on(days, on(n)), state_on(days, on(n + 1))
        assert order.index(today) <= order.index(tomorrow)
