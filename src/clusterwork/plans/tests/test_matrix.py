"""Needs and strengths side by side, and school years in words."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from clusterwork.plans.rules.matrix import BOTH, NEEDS, STRONG, matrix
from clusterwork.plans.rules.years import year_of, year_words

AREAS = ["literacy", "welsh", "science"]
lines = st.lists(
    st.tuples(st.sampled_from(AREAS), st.integers(1, 4), st.sampled_from((NEEDS, STRONG)))
)


class TestTheMatrix:
    def test_puts_what_most_need_first(self):
        rows = matrix(
            AREAS,
            [
                ("literacy", 1, NEEDS),
                ("welsh", 1, NEEDS),
                ("welsh", 2, NEEDS),
                ("welsh", 3, STRONG),
                ("literacy", 2, STRONG),
            ],
        )
        assert [row.area for row in rows] == ["welsh", "literacy"]
        assert (rows[0].n_need, rows[0].n_strong) == (2, 1)
        assert rows[0].said == {1: NEEDS, 2: NEEDS, 3: STRONG}

    def test_keeps_both_where_a_school_says_both(self):
        assert matrix(AREAS, [("welsh", 1, NEEDS), ("welsh", 1, STRONG)])[0].said == {1: BOTH}

    def test_says_where_one_could_meet_another(self):
        meets = {
            row.area: row.meets
            for row in matrix(
                AREAS,
                [
                    ("literacy", 1, NEEDS),
                    ("literacy", 2, STRONG),
                    ("welsh", 1, NEEDS),
                    ("welsh", 1, STRONG),
                    ("science", 1, NEEDS),
                    ("science", 2, NEEDS),
                ],
            )
        }
        assert meets == {"literacy": True, "welsh": False, "science": False}

    def test_is_empty_where_nothing_was_said(self):
        assert matrix(AREAS, []) == []

    @given(lines)
    def test_counts_every_school_once_an_area(self, said):
        for row in matrix(AREAS, said):
            needing = {school for area, school, kind in said if (area, kind) == (row.area, NEEDS)}
            strong = {school for area, school, kind in said if (area, kind) == (row.area, STRONG)}
            assert (row.n_need, row.n_strong) == (len(needing), len(strong))
            pairs = {(one, two) for one in needing for two in strong if one != two}
            assert row.meets == bool(pairs)


class TestSchoolYears:
    def test_begin_in_september(self):
        assert year_of(dt.date(2026, 8, 31)) == 2026
        assert year_of(dt.date(2026, 9, 1)) == 2027

    def test_are_written_as_people_do(self):
        assert year_words(2027) == "2026/27"
        assert year_words(2100) == "2099/00"
