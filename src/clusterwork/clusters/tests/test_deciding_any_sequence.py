"""Whatever is done in whatever order, decisions stay in listed states and nothing is lost."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator

import pytest

from clusterwork.clusters.models import Decision, Vote
from clusterwork.clusters.services.deciding import share_decision, withdraw_decision
from clusterwork.clusters.states import decision as states
from clusterwork.clusters.tests.made_decisions import TODAY, VOTE_BY, Deciding, day
from clusterwork.kernel.errors import Problem

pytestmark = pytest.mark.django_db
N_STEPS = 40
NOW = dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC)
TAKEN = (states.AGREED, states.NOT_AGREED)


def steps(made: Deciding, chance: random.Random) -> Iterator[Callable[[], object]]:
    """One thing after another that people might do, fitting or not."""
    while True:
        known = list(Decision.objects.all())
        one = chance.choice(known) if known else None
        number, on = chance.randrange(6), chance.choice((TODAY, day(3), VOTE_BY, day(8)))
        if one is None or chance.random() < 0.15:
            amends = one.pk if one and chance.random() < 0.7 else None
            yield lambda number=number, amends=amends: made.propose(number, amends_pk=amends)
        elif chance.random() < 0.7:
            answer = chance.choice(Vote.Answer.values)
            yield lambda one=one, number=number, answer=answer, on=on: made.say(
                one, number, answer, day=on
            )
        else:
            who = {"person": chance.choice([*made.heads, made.coordinator]), "day": on}
            yield chance.choice(
                [
                    lambda one=one, on=on: made.close(one, on),
                    lambda one=one, who=who: withdraw_decision(**who, pk=one.pk),
                    lambda one=one, who=who: share_decision(**who, now=NOW, pk=one.pk),
                ]
            )


def before(decision: Decision) -> Iterator[Decision]:
    """What the decision amends, however far back."""
    while decision.amends:
        decision = decision.amends
        yield decision


def check(n_votes: int) -> None:
    """What holds at any time."""
    for each in Decision.objects.all():
        assert each.state in states.STATES
        assert (each.state in TAKEN) <= bool(each.decided_on and each.counted and each.rule)
        if each.state == states.AGREED:
            assert each.counted["is_agreed"]
            assert all(earlier.state != states.AGREED for earlier in before(each))
        standing = each.amendments.filter(state__in=(states.OPEN, states.AGREED))
        assert standing.count() <= 1
    assert Vote.objects.count() >= n_votes


@pytest.mark.parametrize("seed", range(6))
def test_any_sequence_keeps_every_promise(seed: int) -> None:
    made, chance, n_votes = Deciding(), random.Random(seed), 0
    doing = steps(made, chance)
    for _step in range(N_STEPS):
        try:
            next(doing)()
        except Problem as problem:
            assert problem.next_step, problem
        check(n_votes)
        n_votes = Vote.objects.count()
