"""Deciding a proposal: closing its vote, withdrawing it, sharing it; with proposing and voting."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import Decision
from clusterwork.clusters.permissions.deciding import decision_to_close, decision_to_lead
from clusterwork.clusters.selectors.voters import not_yet_voted
from clusterwork.clusters.services.counting import decide
from clusterwork.clusters.services.deciding_letters import LinkFor
from clusterwork.clusters.services.noting import locked_decision, note
from clusterwork.clusters.services.proposing import propose_decision
from clusterwork.clusters.services.voting import vote
from clusterwork.clusters.states import decision as states
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.kernel.states import state_after

__all__ = [
    "close_decision",
    "propose_decision",
    "share_decision",
    "vote",
    "withdraw_decision",
]


class VotesStillComing(Problem):
    """A vote that is closed before its last day, while a school has not voted."""


class NotDecidedYet(Problem):
    """Sharing what is not decided."""


@transaction.atomic
def close_decision(*, person: Person, day: dt.date, pk: int, link_for: LinkFor) -> Decision:
    """Counts the votes by the rule of the day and tells every school the result.

    Anybody who may propose closes it when the last day is over or every school has voted. One
    without a last day is closed by whoever leads or proposed it.
    Raises `NotThere`, `NotAllowed`, `MoveNotAllowed`, `VotesStillComing`, `PupilsNotKnown`.
    """
    decision_to_close(person, pk, day)
    decision = locked_decision(pk)
    state_after("agree", decision.state, states.MOVES, states.NAMES)
    _check_may_close_now(person, decision, day)
    return decide(person, decision, counted_on(decision, day), day, link_for)


@transaction.atomic
def withdraw_decision(*, person: Person, day: dt.date, pk: int) -> Decision:
    """Takes back an open proposal. Raises `NotThere`, `NotAllowed`, `MoveNotAllowed`."""
    decision_to_lead(person, pk, day)
    decision = locked_decision(pk)
    decision.state = state_after("withdraw", decision.state, states.MOVES, states.NAMES)
    decision.decided_on, decision.decided_by = day, person
    decision.save(update_fields=("state", "decided_on", "decided_by"))
    note(person, decision, "decision.withdraw", N_("Withdrew the proposal: %(title)s."))
    return decision


@transaction.atomic
def share_decision(*, person: Person, day: dt.date, now: dt.datetime, pk: int) -> Decision:
    """Lets the cluster's organisation see what was decided; said once, it stays.

    Raises `NotThere`, `NotAllowed`, `NotDecidedYet`.
    """
    decision_to_lead(person, pk, day)
    decision = locked_decision(pk)
    if decision.state == states.OPEN or decision.state == states.WITHDRAWN:
        raise NotDecidedYet(
            Message(N_("Nothing is decided yet that could be shared.")),
            next_step=Message(N_("Close the vote first.")),
        )
    if decision.shared_at is None:
        decision.shared_at, decision.shared_by = now, person
        decision.save(update_fields=("shared_at", "shared_by"))
        note(person, decision, "decision.share", N_("Shared the decision: %(title)s."))
    return decision


def counted_on(decision: Decision, day: dt.date) -> dt.date:
    """The day whose members are counted: the last day for votes, or `day` before that."""
    return min(day, decision.vote_by) if decision.vote_by else day


def _check_may_close_now(person: Person, decision: Decision, day: dt.date) -> None:
    if decision.vote_by is None:
        decision_to_lead(person, decision.pk, day)
        return
    n = not_yet_voted(decision, day).count() if day <= decision.vote_by else 0
    if n:
        raise VotesStillComing(
            Message(N_("The vote cannot be closed yet.")),
            why=Message(
                N_("Votes are open until %(day)s. Schools that have not voted: %(n)s."),
                {"day": decision.vote_by, "n": n},
            ),
            next_step=Message(N_("Close it after that day, or when every school has voted.")),
        )
