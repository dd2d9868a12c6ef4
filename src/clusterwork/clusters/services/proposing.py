"""Putting a proposal to a cluster or a group of it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import Cluster, ClusterGroup, Decision
from clusterwork.clusters.permissions.deciding import (
    cluster_to_propose_in,
    leads,
    schools_to_decide_for,
)
from clusterwork.clusters.rules.reminding import reminder_on
from clusterwork.clusters.selectors.voters import voters_on
from clusterwork.clusters.services.amending import check_may_be_amended, replace_at_once
from clusterwork.clusters.services.deciding_letters import LinkFor, ask_to_vote
from clusterwork.clusters.services.locking import check_lives
from clusterwork.clusters.services.noting import check_length, note
from clusterwork.kernel.errors import NotAllowed, NotThere, Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.models import School


class NothingProposed(Problem):
    """A proposal without a title or without words."""


class NotYourSchool(NotAllowed):
    """A proposal for a school that the person does not decide for."""


class VoteEndsInThePast(Problem):
    """A last day for votes that has gone."""


class NobodyMayVote(Problem):
    """A cluster or group without a single school that has a vote."""


@transaction.atomic
def propose_decision(
    *,
    person: Person,
    day: dt.date,
    cluster_pk: int,
    title: str,
    text: str,
    link_for: LinkFor,
    about: str = Decision.About.OTHER,
    school: School | None = None,
    group_pk: int | None = None,
    vote_by: dt.date | None = None,
    amends_pk: int | None = None,
) -> Decision:
    """A proposal that is open for votes, with a letter to every school that has one.

    `school` is the one that proposes, nobody's for a proposal of the chair, coordinator or clerk.
    `vote_by` is the last day for votes; without one whoever leads closes it. `amends_pk` names the
    proposal that it replaces: at once where that is open or was not agreed, and once this one is
    agreed where that is agreed. `link_for` makes the address of a decision in a language.

    Raises `NotThere`, `NotAllowed`, `NothingProposed`, `TooLong`, `VoteEndsInThePast`,
    `NobodyMayVote`, `ClusterHasClosed`, `AmendedAlready`, `MoveNotAllowed`.
    """
    cluster = cluster_to_propose_in(person, cluster_pk, day)
    check_lives(cluster, day)
    check_proposer(person, cluster, school, day)
    check_words(title, text)
    check_last_day(vote_by, day)
    group = group_in(cluster, group_pk)
    check_somebody_votes(cluster, group, about, day)
    amended = check_may_be_amended(cluster, amends_pk)
    if amended is not None:
        replace_at_once(person, amended, day)
    made = Decision.objects.create(
        cluster=cluster,
        group=group,
        about=about,
        title=title.strip(),
        text=text.strip(),
        amends=amended,
        proposed_school=school,
        proposed_by=person,
        proposed_name=str(person),
        proposed_on=day,
        vote_by=vote_by,
        remind_on=reminder_on(day, vote_by),
    )
    note(person, made, "decision.propose", N_("Proposed: %(title)s."))
    ask_to_vote(made, day=day, link_for=link_for)
    return made


def group_in(cluster: Cluster, pk: int | None) -> ClusterGroup | None:
    """The cluster's group of this number; nothing where none is asked for. Raises `NotThere`."""
    if pk is None:
        return None
    found = cluster.groups.filter(pk=pk).first()
    if found is None:
        raise NotThere(Message(N_("There is no such group in the cluster.")))
    return found


def check_proposer(person: Person, cluster: Cluster, school: School | None, day: dt.date) -> None:
    """Raises `NotYourSchool`; nobody's school is for the chair, coordinator and clerk."""
    if leads(person, cluster, day) and school is None:
        return
    if school and schools_to_decide_for(person, cluster, day).filter(pk=school.pk).exists():
        return
    raise NotYourSchool(
        Message(N_("You cannot propose this for that school.")),
        next_step=Message(N_("Choose a school that you head, or whose head named you to send.")),
    )


def check_words(title: str, text: str) -> None:
    """Raises `NothingProposed`, `TooLong`."""
    if not title.strip() or not text.strip():
        raise NothingProposed(
            Message(N_("It is not said what is proposed.")),
            next_step=Message(N_("Write a title and what is proposed.")),
        )
    check_length(text)


def check_somebody_votes(
    cluster: Cluster, group: ClusterGroup | None, about: str, day: dt.date
) -> None:
    """Raises `NobodyMayVote`."""
    if not voters_on(cluster, group, about, day).exists():
        raise NobodyMayVote(
            Message(N_("No school has a vote on this.")),
            why=Message(
                N_(
                    "Schools of the cluster vote; in a group those that have somebody in it; on "
                    "money not the associates."
                )
            ),
            next_step=Message(N_("Put it to the whole cluster, or add members to the group.")),
        )


def check_last_day(vote_by: dt.date | None, day: dt.date) -> None:
    """Raises `VoteEndsInThePast`."""
    if vote_by is not None and vote_by < day:
        raise VoteEndsInThePast(
            Message(N_("The last day for votes has gone.")),
            next_step=Message(N_("Choose today or a later day.")),
        )
