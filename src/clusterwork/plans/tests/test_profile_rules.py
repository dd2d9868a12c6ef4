"""Pooling schools, and the clusters most like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterwork.plans.rules.profile import FIELDS, School, nearest, pooled

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


class TestTheNearest:
    def pools(self, *told):
        return {number: pooled([school(*each)]) for number, each in enumerate(told)}

    def test_are_like_in_size_and_meals(self):
        pools = self.pools((100, 0.2), (110, 0.21), (100, 0.6), (900, 0.2))
        assert nearest(0, pools, 1) == [1]
        assert 0 not in nearest(0, pools, 9)

    def test_leave_out_what_is_not_known(self):
        assert nearest(0, self.pools((100, 0.2), (100, None)), 5) == []
        assert nearest(0, self.pools((100, None), (100, 0.2)), 5) == []

    def test_take_the_lower_number_of_two_alike(self):
        assert nearest(0, self.pools((100, 0.2), (90, 0.3), (90, 0.3)), 1) == [1]
