"""Which clusters are most like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterwork.clusters.rules.likeness import Member, by_likeness

members = st.builds(
    Member,
    st.sampled_from(["primary", "secondary", "special"]),
    st.sampled_from(["", "WM", "EM"]),
    st.none() | st.integers(0, 2_000),
    st.none() | st.floats(0, 1),
)
clusters = st.dictionaries(
    st.integers(1, 20), st.lists(members, min_size=1, max_size=6), min_size=1, max_size=6
)


def primaries(n: int, pupils: int | None = 100, meals: float | None = 0.2) -> list[Member]:
    return [Member("primary", "EM", pupils, meals)] * n


class TestTheLikest:
    @pytest.mark.parametrize(
        "other",
        [
            primaries(12),
            primaries(6, pupils=800),
            primaries(6, meals=0.6),
            [*primaries(5), Member("secondary", "EM", 100, 0.2)],
            [*primaries(5), Member("primary", "WM", 100, 0.2)],
            primaries(6, meals=None),
        ],
        ids=["schools", "pupils", "need", "phase", "language", "unknown"],
    )
    def test_is_one_like_it_in_everything(self, other):
        told = {1: primaries(6), 2: other, 3: primaries(6), 4: primaries(3, 20, 0.1)}
        assert by_likeness(1, told)[0] == 3

    def test_none_of_the_facts_outweighs_another(self):
        apart = {1: primaries(6), 2: primaries(6, pupils=200), 3: primaries(6, meals=0.21)}
        assert by_likeness(1, apart) == [2, 3]  # each the whole spread of its fact

    def test_what_is_not_known_counts_as_at_random(self):
        told = {
            1: primaries(6, meals=0.2),
            2: primaries(6, meals=None),
            3: primaries(6, meals=0.2),
            4: primaries(6, meals=0.9),
        }
        assert by_likeness(1, told) == [3, 2, 4]

    def test_a_cluster_without_schools_is_like_none(self):
        assert by_likeness(1, {1: [], 2: primaries(6)}) == []
        assert by_likeness(1, {1: primaries(6), 2: []}) == []

    @given(clusters, st.data())
    def test_are_all_the_others_once_in_whatever_order_they_come(self, told, data):
        one = data.draw(st.sampled_from(sorted(told)))
        found = by_likeness(one, told)
        assert sorted(found) == sorted(told.keys() - {one})
        assert by_likeness(one, dict(reversed(told.items()))) == found

    @given(clusters, st.data())
    def test_a_twin_comes_before_all_that_differ(self, told, data):
        one = data.draw(st.sampled_from(sorted(told)))
        is_known = any(each.pupils and each.meals is not None for each in told[one])
        found = by_likeness(one, {**told, 0: told[one]})
        assert found[0] == 0 or not is_known
