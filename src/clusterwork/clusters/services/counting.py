"""Counts an open proposal by the rule of the day, and tells the schools; inside a transaction."""

from __future__ import annotations

import datetime as dt

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.clusters.models import Decision
from clusterwork.clusters.rules.voting import PUPILS, Ballot, Result, Rule, counted
from clusterwork.clusters.selectors.governance import chair_school_on, voting_rule_on
from clusterwork.clusters.selectors.voters import ballots_of, without_pupils
from clusterwork.clusters.services.amending import replace_agreed_before
from clusterwork.clusters.services.deciding_letters import LinkFor, tell_result
from clusterwork.clusters.states import decision as states
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.kernel.states import state_after


class PupilsNotKnown(Problem):
    """Votes go by pupils, and a school's are not known."""


def decide(
    person: Person, decision: Decision, as_on: dt.date, day: dt.date, link_for: LinkFor
) -> Decision:
    """The locked proposal, decided on `day` by the members, votes and rule of `as_on`.

    Raises `MoveNotAllowed`, `PupilsNotKnown`.
    """
    rule = voting_rule_on(decision.cluster, decision.group, as_on)
    decision.chair_school = chair_school_on(decision.cluster, decision.group, as_on)
    result = _result(decision, rule, as_on)
    verb = "agree" if result.is_agreed else "not agree"
    decision.state = state_after(verb, decision.state, states.MOVES, states.NAMES)
    decision.decided_on, decision.decided_by = max(day, decision.proposed_on), person
    decision.rule, decision.counted = rule.plain(), result.plain()
    decision.save()
    if result.is_agreed:
        replace_agreed_before(person, decision)
    _record(person, decision, result)
    tell_result(decision, day=as_on, link_for=link_for)
    return decision


def _result(decision: Decision, rule: Rule, as_on: dt.date) -> Result:
    ballots = ballots_of(decision, as_on)
    if rule.way == PUPILS:
        _check_pupils(ballots)
    return counted(rule, ballots, decision.chair_school_id)


def _check_pupils(ballots: list[Ballot]) -> None:
    unknown = without_pupils(ballots)
    if unknown:
        raise PupilsNotKnown(
            Message(N_("Votes go by pupils, and some schools’ pupils are not known.")),
            why=Message(
                N_("Schools: %(schools)s."), {"schools": ", ".join(str(each) for each in unknown)}
            ),
            next_step=Message(
                N_("Enter their pupils in the register, or change the voting rule first.")
            ),
        )


def _record(person: Person, decision: Decision, result: Result) -> None:
    text = N_("Agreed: %(title)s.") if result.is_agreed else N_("Not agreed: %(title)s.")
    record(
        actor=person,
        verb="decision.close",
        subject=decision,
        summary=Message(text, {"title": decision.title}),
        details=result.plain(),
    )
