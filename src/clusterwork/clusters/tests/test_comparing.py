"""Clusters of two proposals are matched by the schools that they share."""

from clusterwork.clusters.rules.comparing import Mover, matched, movers

FIRST = {1: 1, 2: 1, 3: 1, 4: 2, 5: 2, 6: 2}


class TestMatching:
    def test_follows_the_schools_and_not_the_numbers(self):
        swapped = {school: 3 - number for school, number in FIRST.items()}
        assert matched(FIRST, swapped) == {2: 1, 1: 2}
        assert movers(FIRST, swapped) == []

    def test_matches_a_cluster_once(self):
        second = {1: 1, 2: 1, 3: 2, 4: 3, 5: 3, 6: 3}
        assert matched(FIRST, second) == {1: 1, 3: 2}

    def test_prefers_the_lower_numbers_where_as_many_are_shared(self):
        assert matched({1: 1, 2: 2}, {1: 5, 2: 5}) == {5: 1}


class TestMovers:
    def test_are_those_whose_cluster_does_not_go_on(self):
        second = {**FIRST, 3: 2}
        assert movers(FIRST, second) == [Mover(3, 1, 2)]

    def test_include_who_is_left_out_and_who_comes_in(self):
        second = {**FIRST, 3: None, 7: 2}
        assert movers(FIRST, second) == [Mover(3, 1, None), Mover(7, None, 2)]

    def test_leave_out_who_is_in_none_in_both(self):
        assert movers({1: None}, {1: None}) == []
