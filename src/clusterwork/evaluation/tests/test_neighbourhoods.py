"""Neighbourhoods: everybody in one, none too large, and nobody far away among others."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from clusterwork.evaluation.rules.neighbourhoods import neighbourhoods

places = st.dictionaries(
    st.integers(1, 500), st.tuples(st.integers(0, 9999), st.integers(0, 9999)), max_size=60
)


class TestNeighbourhoods:
    @given(places, st.integers(1, 12))
    def test_everybody_is_in_one_and_none_is_too_large(
        self, given_: dict[int, tuple[int, int]], most: int
    ) -> None:
        found = neighbourhoods(given_, most)
        assert found.keys() == given_.keys()
        sizes = Counter(found.values())
        assert all(size <= most for size in sizes.values())
        assert not sizes or max(sizes.values()) <= 2 * min(sizes.values())

    @given(places, st.integers(1, 12))
    def test_the_order_makes_no_difference(
        self, given_: dict[int, tuple[int, int]], most: int
    ) -> None:
        turned = dict(reversed(given_.items()))
        assert neighbourhoods(turned, most) == neighbourhoods(given_, most)

    def test_two_villages_are_parted(self) -> None:
        east = {n: (90_000 + n, 10) for n in range(1, 5)}
        west = {n: (10_000 + n, 20) for n in range(5, 9)}
        found = neighbourhoods({**east, **west}, 4)
        assert len({found[n] for n in east}) == 1
        assert len({found[n] for n in west}) == 1
        assert found[1] != found[5]
