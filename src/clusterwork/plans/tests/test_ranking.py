"""Ranking together: means, spread, agreement and whom the leading proposals serve."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from clusterwork.plans.rules.ranking import (
    agreement,
    by_chance,
    full_places,
    served_by,
    standings,
    unserved,
)

numbers = st.integers(2, 7)


@st.composite
def choices(draw):
    """Proposals, and ballots that each rank some of them."""
    n = draw(numbers)
    candidates = list(range(1, n + 1))
    ballot = st.permutations(candidates).flatmap(
        lambda order: st.integers(0, n).map(
            lambda k: {each: place for place, each in enumerate(order[:k], 1)}
        )
    )
    ballots = draw(st.lists(ballot, min_size=0, max_size=6))
    return candidates, dict(enumerate(ballots))


def ballots_of(*rows):
    """From each judge's row of places, halves doubled so that numbers stay whole."""
    return {
        judge: {n: int(2 * place) for n, place in enumerate(row)} for judge, row in enumerate(rows)
    }


class TestAgreement:
    def test_of_six_applicants_is_as_published(self):
        """Siegel, Nonparametric Statistics (1956), three executives and six applicants."""
        rows = ballots_of((1, 6, 3, 2, 5, 4), (1, 5, 6, 4, 2, 3), (6, 3, 2, 5, 4, 1))
        assert agreement(range(6), rows) == pytest.approx(0.162, abs=0.0005)

    def test_with_ties_is_as_published(self):
        """Kendall's three rankings of ten with ties: 591 / 714."""
        rows = ballots_of(
            (1, 4.5, 2, 4.5, 3, 7.5, 6, 9, 7.5, 10),
            (2.5, 1, 2.5, 4.5, 4.5, 8, 9, 6.5, 10, 6.5),
            (2, 1, 4.5, 4.5, 4.5, 4.5, 8, 8, 8, 10),
        )
        assert agreement(range(10), rows) == pytest.approx(591 / 714)

    def test_of_the_same_order_is_whole(self):
        assert agreement([1, 2, 3], {1: {1: 1, 2: 2, 3: 3}, 2: {1: 1, 2: 2, 3: 3}}) == 1

    def test_of_two_opposite_orders_is_none_at_all(self):
        assert agreement([1, 2], {1: {1: 1, 2: 2}, 2: {1: 2, 2: 1}}) == 0

    def test_is_not_said_of_one_school_or_one_proposal(self):
        assert agreement([1, 2], {1: {1: 1}}) is None
        assert agreement([1], {1: {1: 1}, 2: {1: 1}}) is None
        assert agreement([1, 2], {}) is None

    @given(choices())
    def test_follows_from_friedmans_statistic(self, choice):
        """The second route: chi-squared of Friedman's test is m (n - 1) W, ties included."""
        candidates, ballots = choice
        rows = [full_places(candidates, each) for each in ballots.values() if each]
        found = agreement(candidates, ballots)
        if len(rows) < 2 or len(candidates) < 3 or found is None:
            return
        columns = [[row[each] for row in rows] for each in candidates]
        chi = stats.friedmanchisquare(*columns).statistic
        assert found == pytest.approx(chi / (len(rows) * (len(candidates) - 1)))

    @given(choices(), st.randoms())
    def test_does_not_depend_on_names_or_order(self, choice, chance: random.Random):
        candidates, ballots = choice
        names = dict(zip(candidates, chance.sample(range(100, 200), len(candidates)), strict=True))
        named = {s: {names[c]: p for c, p in each.items()} for s, each in ballots.items()}
        turned = dict(chance.sample(sorted(named.items()), len(named)))
        one, two = agreement(candidates, ballots), agreement(sorted(names.values()), turned)
        assert one == (None if two is None else pytest.approx(two))

    @given(choices())
    def test_lies_between_nothing_and_all(self, choice):
        found = agreement(*choice)
        assert found is None or 0 <= found <= 1

    def test_by_chance_would_be_one_part_of_the_schools(self):
        assert by_chance(5) == 0.2
        assert by_chance(0) is None


class TestPlaces:
    def test_left_over_are_shared(self):
        assert full_places([1, 2, 3, 4, 5], {3: 1, 1: 2}) == {3: 1, 1: 2, 2: 4, 4: 4, 5: 4}

    def test_with_a_gap_mean_the_same_order(self):
        assert full_places([1, 2, 3], {1: 2, 2: 9, 3: 5}) == {1: 1, 3: 2, 2: 3}

    @given(choices())
    def test_add_up_whatever_is_shared(self, choice):
        candidates, ballots = choice
        n = len(candidates)
        for each in ballots.values():
            assert sum(full_places(candidates, each).values()) == n * (n + 1) / 2


class TestStandings:
    def test_put_the_lowest_mean_first(self):
        found = standings([1, 2, 3], {7: {2: 1, 1: 2, 3: 3}, 8: {2: 1, 3: 2, 1: 3}, 9: {1: 1}})
        assert [each.candidate for each in found] == [2, 1, 3]
        first = found[0]
        assert (first.mean, first.median, first.best, first.worst) == (1.5, 1, 1, 2.5)
        assert first.n_ranked == 2

    def test_name_who_put_it_last_and_who_left_it_out(self):
        by_number = {
            each.candidate: each
            for each in standings([1, 2, 3], {7: {2: 1, 1: 2, 3: 3}, 9: {1: 1, 2: 2}})
        }
        assert by_number[3].last == (7,)
        assert by_number[3].left_out == (9,)
        assert by_number[2].last == ()  # of a partial ranking nothing is said to be last

    def test_without_a_ballot_keep_the_order_of_proposing(self):
        found = standings([4, 2, 9], {1: {}})
        assert [each.candidate for each in found] == [2, 4, 9]
        assert found[0].mean is None

    @given(choices())
    def test_name_every_proposal_once(self, choice):
        candidates, ballots = choice
        assert sorted(each.candidate for each in standings(candidates, ballots)) == candidates

    @given(choices())
    def test_a_school_that_puts_it_first_never_makes_it_worse(self, choice):
        candidates, ballots = choice
        new = {**ballots, 99: {candidates[0]: 1}}
        before = {each.candidate: each for each in standings(candidates, ballots)}[candidates[0]]
        after = {each.candidate: each for each in standings(candidates, new)}[candidates[0]]
        assert after.mean is not None
        assert before.mean is None or after.mean <= before.mean


class TestWhomItServes:
    SERVES = {1: {10, 11}, 2: {11}, 3: {12}}

    def test_says_it_for_every_school(self):
        assert served_by([1, 2], self.SERVES, [10, 11, 12]) == {10: [1], 11: [1, 2], 12: []}

    def test_names_those_whom_nothing_serves(self):
        assert unserved([1, 2], self.SERVES, [10, 11, 12]) == [12]
        assert unserved([], self.SERVES, [10]) == [10]
