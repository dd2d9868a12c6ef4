"""Counting votes: promises about the rule itself."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clusterwork.clusters.rules import voting
from clusterwork.clusters.rules.voting import Ballot, Rule, counted, quorum_of, reason_of

ANSWERS = (voting.AGREE, voting.ABSTAIN, voting.OBJECT, None)
shares = st.sampled_from([0.0, 0.25, 0.333333, 0.5, 0.6, 0.666666, 0.749999])
rules = st.builds(
    Rule,
    st.sampled_from([voting.SCHOOL, voting.CONSENSUS, voting.PUPILS]),
    st.sampled_from([0.0, 0.333333, 0.5, 0.666666, 1.0]),
    shares,
    st.booleans(),
)


def ballots(drawn: list[tuple[str | None, bool, int]]) -> list[Ballot]:
    return [Ballot(school, *each) for school, each in enumerate(drawn, 1)]


one_vote = st.tuples(st.sampled_from(ANSWERS), st.booleans(), st.integers(0, 400))
votes = st.lists(one_vote, max_size=9).map(ballots)
chairs = st.integers(0, 10)
on_a_busy_machine = settings(suppress_health_check=[HealthCheck.too_slow])


def of(answers: str) -> list[Ballot]:
    """One letter a school: a(gree), o(bject), - abstains, p(resent only), s(ilent)."""
    said = {"a": voting.AGREE, "o": voting.OBJECT, "-": voting.ABSTAIN}
    return [
        Ballot(number, said.get(letter), letter == "p") for number, letter in enumerate(answers, 1)
    ]


class TestTheUsualRule:
    @pytest.mark.parametrize(
        ("answers", "is_agreed", "reason"),
        [
            ("aaaoss", True, voting.MAJORITY),
            ("aaoo--", False, voting.TIE),
            ("aaasss", False, voting.NO_QUORUM),
            ("aaapss", True, voting.MAJORITY),
            ("aooo--", False, voting.MINORITY),
            ("------", False, voting.NOBODY),
            ("a-----", True, voting.MAJORITY),
            ("", False, voting.NO_QUORUM),
        ],
    )
    def test_more_than_half_there_and_more_agreeing_than_objecting(
        self, answers: str, is_agreed: bool, reason: str
    ) -> None:
        result = counted(Rule(), of(answers))
        assert (result.is_agreed, result.reason) == (is_agreed, reason)

    def test_the_reason_is_said_with_its_numbers(self) -> None:
        result = counted(Rule(), of("aaasss"))
        said = str(reason_of(result.plain()))
        assert said == "Too few schools took part: 3 of 6, needed: 4."

    @pytest.mark.parametrize("reason", voting.REASONS)
    def test_every_reason_has_words(self, reason: str) -> None:
        plain = {**counted(Rule(), of("ao")).plain(), "reason": reason}
        assert "%(" not in str(reason_of(plain))


class TestShares:
    @pytest.mark.parametrize(
        ("share", "n", "needed"),
        [(0.5, 6, 4), (0.5, 5, 3), (1.0, 6, 6), (0.0, 6, 1), (0.666666, 6, 4), (0.333332, 6, 2)],
    )
    def test_a_quorum_is_more_than_its_share_and_never_more_than_all(
        self, share: float, n: int, needed: int
    ) -> None:
        assert quorum_of(Rule(quorum_share=share), n) == needed

    def test_two_thirds_are_reached_by_four_of_six_and_not_by_three_of_five(self) -> None:
        rule = Rule(majority_share=0.666666)
        assert counted(rule, of("aaaaoo")).is_agreed
        assert not counted(rule, of("aaaoo")).is_agreed


class TestByPupils:
    def test_one_large_school_outweighs_two_small_ones(self) -> None:
        ballots = [
            Ballot(1, voting.AGREE, pupils=400),
            Ballot(2, voting.OBJECT, pupils=90),
            Ballot(3, voting.OBJECT, pupils=60),
        ]
        assert counted(Rule(voting.PUPILS), ballots).is_agreed
        assert not counted(Rule(voting.SCHOOL), ballots).is_agreed


class TestWhateverTheVotes:
    @on_a_busy_machine
    @given(rules, votes, chairs, st.integers(0, 999))
    def test_the_order_of_the_votes_never_matters(self, rule, ballots, chair, seed) -> None:
        mixed = list(ballots)
        random.Random(seed).shuffle(mixed)
        assert counted(rule, mixed, chair) == counted(rule, ballots, chair)

    @on_a_busy_machine
    @given(rules, votes, chairs, st.integers(0, 8))
    def test_one_more_school_that_agrees_never_turns_yes_into_no(
        self, rule, ballots, chair, place
    ) -> None:
        if place >= len(ballots) or not counted(rule, ballots, chair).is_agreed:
            return
        ballots[place] = replace(ballots[place], answer=voting.AGREE)
        assert counted(rule, ballots, chair).is_agreed

    @on_a_busy_machine
    @given(rules, votes, chairs)
    def test_a_casting_vote_matters_on_a_tie_only(self, rule, ballots, chair) -> None:
        without = counted(replace(rule, casting=False), ballots, chair)
        with_it = counted(replace(rule, casting=True), ballots, chair)
        if with_it != without:
            assert without.reason == voting.TIE
            assert without.agree == without.object

    @on_a_busy_machine
    @given(rules, votes, chairs)
    def test_under_consensus_one_objection_is_enough(self, rule, ballots, chair) -> None:
        result = counted(replace(rule, way=voting.CONSENSUS), ballots, chair)
        if any(each.answer == voting.OBJECT for each in ballots):
            assert not result.is_agreed

    @on_a_busy_machine
    @given(rules, votes, chairs)
    def test_nothing_is_agreed_that_nobody_agreed_to(self, rule, ballots, chair) -> None:
        result = counted(rule, ballots, chair)
        assert not result.is_agreed or any(each.answer == voting.AGREE for each in ballots)
