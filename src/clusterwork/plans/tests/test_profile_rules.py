"""Pooling schools."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterwork.plans.rules.profile import FIELDS, School, pooled

NONE = (None,) * (len(FIELDS) - 1)
shares = st.none() | st.floats(0, 1)
schools = st.lists(
    st.builds(School, st.none() | st.integers(0, 2_000), st.tuples(*(shares for _ in FIELDS)))
)


def school(pupils: int | None, meals: float | None) -> School:
    return School(pupils, (meals, *NONE))


class TestPooling:
    def test_is_pupils_over_pupils(self):
        pool = pooled([school(50, 0.4), school(150, 0.2)])
        assert (pool.pupils, pool.mean_pupils) == (200, 100)
        assert pool.shares[0] == pytest.approx(0.25)

    def test_leaves_out_a_share_that_is_not_known(self):
        pool = pooled([school(50, 0.4), school(150, None), school(None, 0.9)])
        assert pool.shares[0] == pytest.approx(0.4)
        assert (pool.n_schools, pool.n_known[0]) == (2, 1)

    def test_of_nothing_is_not_known(self):
        pool = pooled([])
        assert (pool.mean_pupils, pool.shares) == (None, (None,) * len(FIELDS))

    @given(schools)
    def test_lies_between_the_lowest_and_the_highest(self, listed):
        pool = pooled(listed)
        for place, share in enumerate(pool.shares):
            told = [
                each.shares[place]
                for each in listed
                if each.pupils and each.shares[place] is not None
            ]
            assert (share is None) == (not told)
            if share is not None:
                assert min(told) - 1e-9 <= share <= max(told) + 1e-9

    @given(schools)
    def test_does_not_depend_on_the_order(self, listed):
        there, back = pooled(listed), pooled(listed[::-1])
        assert there.pupils == back.pupils
        assert there.shares == pytest.approx(back.shares)
