"""Keeping a decision that was taken at a meeting: who was there, for whom, and what each said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import Cluster, Decision, Presence, Vote
from clusterwork.clusters.permissions.deciding import cluster_to_propose_in
from clusterwork.clusters.rules.reminding import reminder_on
from clusterwork.clusters.selectors.memberships import memberships_on
from clusterwork.clusters.selectors.voters import voters_on
from clusterwork.clusters.services.amending import check_may_be_amended, replace_at_once
from clusterwork.clusters.services.counting import decide
from clusterwork.clusters.services.deciding_letters import LinkFor, ask_to_vote
from clusterwork.clusters.services.locking import check_lives
from clusterwork.clusters.services.noting import note
from clusterwork.clusters.services.proposing import (
    check_last_day,
    check_somebody_votes,
    check_words,
    group_in,
)
from clusterwork.clusters.services.voting import check_reason, has_no_vote
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.models import School


class MeetingToCome(Problem):
    """A decision taken on a day that has not come."""


class NotAMemberThen(Problem):
    """A school that was not in the cluster on the day of the meeting."""


class MayNotDecide(Problem):
    """A vote by somebody who was there for a school and may not decide for it."""


class NobodyWasThere(Problem):
    """A meeting at which no school was."""


@dataclass(frozen=True)
class AtMeeting:
    """A school that was there: by whom, her name, and its answer if it gave one."""

    school: School
    by: str
    name: str = ""
    answer: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Meeting:
    """What the form asks for of a decision that was taken `on` a day.

    `school` proposed it, or else whoever `proposed_name` says. With `vote_by` those schools that
    were not there, or by somebody who may not decide, vote until that day.
    """

    title: str
    text: str
    on: dt.date
    there: Sequence[AtMeeting] = field(default_factory=tuple)
    about: str = Decision.About.OTHER
    school: School | None = None
    proposed_name: str = ""
    group_pk: int | None = None
    amends_pk: int | None = None
    vote_by: dt.date | None = None


@transaction.atomic
def record_decision(
    *, person: Person, day: dt.date, cluster_pk: int, facts: Meeting, link_for: LinkFor
) -> Decision:
    """The decision, counted by the rule of the meeting's day; or open for the votes still to come.

    Raises `NotThere`, `NotAllowed`, `NothingProposed`, `TooLong`, `MeetingToCome`,
    `BeforeTheCluster`, `ClusterHasClosed`, `NobodyWasThere`, `NotAMemberThen`, `MayNotDecide`,
    `SchoolHasNoVote`, `ObjectionWithoutReason`, `NobodyMayVote`, `VoteEndsInThePast`,
    `AmendedAlready`, `PupilsNotKnown`.
    """
    cluster = cluster_to_propose_in(person, cluster_pk, day)
    _check_facts(cluster, facts, day)
    made = _made(person, cluster, facts, day)
    Presence.objects.bulk_create(_presence(made, each) for each in facts.there)
    Vote.objects.bulk_create(_vote(made, person, each) for each in facts.there if each.answer)
    note(person, made, "decision.record", N_("Recorded what was put to a meeting: %(title)s."))
    if facts.vote_by is None:
        return decide(person, made, facts.on, facts.on, link_for)
    ask_to_vote(made, day=day, link_for=link_for)
    return made


def _made(person: Person, cluster: Cluster, facts: Meeting, day: dt.date) -> Decision:
    amended = check_may_be_amended(cluster, facts.amends_pk)
    if amended is not None:
        replace_at_once(person, amended, day)
    return Decision.objects.create(
        cluster=cluster,
        group=group_in(cluster, facts.group_pk),
        about=facts.about,
        title=facts.title.strip(),
        text=facts.text.strip(),
        amends=amended,
        proposed_school=facts.school,
        proposed_by=None,
        proposed_name=facts.proposed_name.strip() or str(facts.school or person),
        proposed_on=facts.on,
        vote_by=facts.vote_by,
        remind_on=reminder_on(day, facts.vote_by),
    )


def _presence(decision: Decision, there: AtMeeting) -> Presence:
    return Presence(decision=decision, school=there.school, by=there.by, name=there.name.strip())


def _vote(decision: Decision, person: Person, there: AtMeeting) -> Vote:
    return Vote(
        decision=decision,
        school=there.school,
        answer=there.answer,
        reason=there.reason.strip(),
        by=person,
        by_name=there.name.strip() or str(person),
    )


def _check_facts(cluster: Cluster, facts: Meeting, day: dt.date) -> None:
    check_words(facts.title, facts.text)
    if facts.on > day:
        raise MeetingToCome(
            Message(N_("The day of the meeting has not come.")),
            next_step=Message(N_("Enter the day on which it was decided.")),
        )
    check_lives(cluster, facts.on)
    check_last_day(facts.vote_by, day)
    check_somebody_votes(cluster, group_in(cluster, facts.group_pk), facts.about, facts.on)
    if not facts.there:
        raise NobodyWasThere(
            Message(N_("No school is marked as having been there.")),
            next_step=Message(N_("Say for each school who was there for it.")),
        )
    _check_those_there(cluster, facts)


def _check_those_there(cluster: Cluster, facts: Meeting) -> None:
    members = _ids(memberships_on(facts.on).filter(cluster=cluster).values_list("school_id"))
    group = group_in(cluster, facts.group_pk)
    voters = _ids(voters_on(cluster, group, facts.about, facts.on).values_list("pk"))
    schools = [each.school for each in facts.there]
    for school in [*schools, *([facts.school] if facts.school else [])]:
        if school.pk not in members:
            raise _not_a_member(school)
    for each in facts.there:
        if each.answer:
            _check_vote(each, voters)


def _ids(rows: object) -> set[int]:
    return {pk for (pk,) in rows if pk}  # type: ignore[attr-defined]


def _check_vote(there: AtMeeting, voters: set[int]) -> None:
    if there.by == Presence.By.ATTENDER:
        raise MayNotDecide(
            Message(
                N_("Whoever was there for this school may not decide for it: %(school)s."),
                {"school": str(there.school)},
            ),
            why=Message(N_("The school counts as having been there, but it has not voted.")),
            next_step=Message(
                N_("Take out its answer. Give a last day for votes, and its head can vote by then.")
            ),
        )
    if there.school.pk not in voters:
        raise has_no_vote(there.school)
    check_reason(there.answer, there.reason)


def _not_a_member(school: School) -> Problem:
    return NotAMemberThen(
        Message(
            N_("This school was not in the cluster on that day: %(school)s."),
            {"school": str(school)},
        ),
        next_step=Message(N_("Correct the day, or leave the school out.")),
    )
