"""What a school says to an open proposal."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.clusters.models import Decision, Vote
from clusterwork.clusters.permissions.deciding import decision_to_vote_on
from clusterwork.clusters.selectors.voters import voters_of
from clusterwork.clusters.services.deciding_letters import LinkFor
from clusterwork.clusters.services.leading_letters import tell_of_objection
from clusterwork.clusters.services.noting import check_length, locked_decision
from clusterwork.clusters.states import decision as states
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.models import School


class VotingIsOver(Problem):
    """A vote on what is decided already, or after the last day."""


class SchoolHasNoVote(Problem):
    """A vote for a school that is not in the cluster or group, or takes no part in such votes."""


class ObjectionWithoutReason(Problem):
    """An objection that does not say why."""


@transaction.atomic
def vote(
    *,
    person: Person,
    day: dt.date,
    pk: int,
    school_pk: int,
    answer: str,
    link_for: LinkFor,
    reason: str = "",
) -> Vote:
    """What a school says to an open proposal; said again, the later word counts.

    Chair and coordinator hear of an objection once, and again where the school came back to it.

    Raises `NotThere`, `NotAllowed`, `VotingIsOver`, `SchoolHasNoVote`, `ObjectionWithoutReason`,
    `TooLong`.
    """
    decision_to_vote_on(person, pk, school_pk, day)
    decision = locked_decision(pk)
    check_has_vote(decision, school_pk, day)
    _check_open(decision, day)
    check_reason(answer, reason)
    objected = _has_objected(decision, school_pk)
    said = {"answer": answer, "reason": reason.strip(), "by": person, "by_name": str(person)}
    made, _new = Vote.objects.update_or_create(
        decision=decision, school_id=school_pk, defaults=said
    )
    told = {"title": decision.title, "school": str(made.school)}
    record(
        actor=person,
        verb="decision.vote",
        subject=decision,
        summary=Message(N_("Voted. School: %(school)s. Proposal: %(title)s."), told),
        details={"school": school_pk, "answer": answer},
    )
    if answer == Vote.Answer.OBJECT and not objected:
        tell_of_objection(made, day=day, link_for=link_for)
    return made


def _has_objected(decision: Decision, school_pk: int) -> bool:
    return decision.votes.filter(school=school_pk, answer=Vote.Answer.OBJECT).exists()


def check_has_vote(decision: Decision, school_pk: int, day: dt.date) -> None:
    """Raises `SchoolHasNoVote`."""
    if not voters_of(decision, day).filter(pk=school_pk).exists():
        raise has_no_vote(School.objects.get(pk=school_pk))


def has_no_vote(school: School) -> Problem:
    """The problem that names a school without a vote."""
    return SchoolHasNoVote(
        Message(
            N_("This school has no vote on this proposal: %(school)s."), {"school": str(school)}
        ),
        why=Message(
            N_(
                "On that day it is not in the cluster, has nobody in the group that decides, or "
                "takes no part in votes on money."
            )
        ),
        next_step=Message(N_("Open the proposal to see which schools have a vote.")),
    )


def check_reason(answer: str, reason: str) -> None:
    """Raises `ObjectionWithoutReason`, `TooLong`."""
    if answer == Vote.Answer.OBJECT and not reason.strip():
        raise ObjectionWithoutReason(
            Message(N_("An objection is kept with its reason, and none is written.")),
            next_step=Message(N_("Write why the school objects.")),
        )
    check_length(reason)


def _check_open(decision: Decision, day: dt.date) -> None:
    if decision.state != states.OPEN:
        raise VotingIsOver(
            Message(N_("There is no vote on this proposal any more.")),
            why=Message(N_("It stands at: %(state)s."), _stand(decision)),
            next_step=Message(N_("Open the proposal to read what became of it.")),
        )
    if decision.vote_by and day > decision.vote_by:
        raise VotingIsOver(
            Message(N_("The last day for votes is over.")),
            why=Message(N_("It was: %(day)s."), {"day": decision.vote_by}),
            next_step=Message(N_("Ask whoever proposed it for an amended proposal.")),
        )


def _stand(decision: Decision) -> dict[str, object]:
    return {"state": Message(states.NAMES[decision.state])}
