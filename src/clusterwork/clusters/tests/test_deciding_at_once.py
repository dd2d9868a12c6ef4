"""Several vote and close at the same time: each is done once, or told why not."""

from __future__ import annotations

import datetime as dt

import pytest

from clusterwork.clusters.models import Decision, Vote
from clusterwork.clusters.services.amending import AmendedAlready
from clusterwork.clusters.services.voting import VotingIsOver
from clusterwork.clusters.tests.made_decisions import VOTE_BY, Deciding, link_for
from clusterwork.clusters.tests.test_two_at_once import at_once
from clusterwork.kernel.states import MoveNotAllowed
from clusterwork.notify.models import Letter

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def made() -> Deciding:
    return Deciding()


def test_two_close_and_one_is_told(made) -> None:
    decision = made.propose()
    (problem,) = at_once(lambda: made.close(decision), lambda: made.close(decision))
    assert isinstance(problem, MoveNotAllowed)
    assert Letter.objects.filter(template="clusters.decision_not_agreed").count() == 6


def test_six_vote_and_none_is_lost(made) -> None:
    decision = made.propose()
    votes = [lambda number=number: made.say(decision, number) for number in range(6)]
    assert not at_once(*votes)
    assert Vote.objects.filter(decision=decision).count() == 6


def test_two_votes_of_one_school_leave_one(made) -> None:
    decision = made.propose()
    assert not at_once(
        lambda: made.say(decision, 1, "agree"), lambda: made.say(decision, 1, "object")
    )
    assert Vote.objects.filter(decision=decision).count() == 1


def test_a_vote_beside_the_close_counts_or_is_refused(made) -> None:
    decision = made.propose()
    for number in range(5):
        made.say(decision, number)
    problems = at_once(
        lambda: made.say(decision, 5, day=VOTE_BY),
        lambda: made.close(decision, VOTE_BY + dt.timedelta(days=1)),
    )
    decision.refresh_from_db()
    refused = any(isinstance(each, VotingIsOver) for each in problems)
    assert decision.counted["agree"] == (5 if refused else 6)


def test_two_amend_and_one_is_told(made) -> None:
    first = made.propose()
    (problem,) = at_once(
        lambda: made.propose(0, amends_pk=first.pk), lambda: made.propose(1, amends_pk=first.pk)
    )
    assert isinstance(problem, AmendedAlready)
    assert Decision.objects.filter(amends=first).count() == 1
    assert link_for(first.pk, "cy").endswith(str(first.pk))
