"""Starting a choice of priorities, letting schools rank, going back to proposing, giving it up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils.translation import override

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.clusters.models import Cluster
from clusterwork.clusters.selectors.heads import heads_by_school
from clusterwork.clusters.services.locking import check_lives
from clusterwork.clusters.services.refusals import in_words
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.kernel.states import state_after
from clusterwork.notify.services import queue_many
from clusterwork.plans.letters import needs as letters
from clusterwork.plans.models import Choosing
from clusterwork.plans.permissions.choosing import choosing_to_lead, cluster_to_choose_in
from clusterwork.plans.selectors.choosing import (
    candidates_of,
    is_before_the_vote,
    not_yet_ranked,
)
from clusterwork.plans.states import needs as states
from clusterwork.registry.models import School

LinkFor = Callable[[int, str], str]
"""The full address for the number of a choice or decision, in a language."""


class ChoosingAlready(Problem):
    """The cluster is choosing its priorities already."""


class PlanEndsTooSoon(Problem):
    """A plan whose period has no day, or is over."""


class NothingToRank(Problem):
    """Fewer than two proposals."""


class RankingEndsInThePast(Problem):
    """A last day for ranking that has gone."""


class BeforeTheVote(Problem):
    """A change while the schools vote on the priorities."""


@transaction.atomic
def start_choosing(
    *, person: Person, day: dt.date, cluster_pk: int, start_on: dt.date, end_on: dt.date
) -> Choosing:
    """The cluster chooses for a plan over [start_on, end_on); its schools can propose at once.

    Raises `NotThere`, `NotAllowed`, `ClusterHasClosed`, `PlanEndsTooSoon`, `ChoosingAlready`.
    """
    cluster = cluster_to_choose_in(person, cluster_pk, day)
    check_lives(cluster, day)
    if end_on <= start_on or end_on <= day:
        raise PlanEndsTooSoon(
            Message(N_("The plan would have ended before it begins, or be over by today.")),
            next_step=Message(N_("Choose a later end.")),
        )
    with in_words({"choosing_one_open_a_cluster": choosing_already}):
        made = Choosing.objects.create(
            cluster=cluster, for_start_on=start_on, for_end_on=end_on, started_by=person
        )
    note_choosing(person, made, "choosing.start", N_("Began to choose priorities."))
    return made


def choosing_already() -> Problem:
    """For `choosing_one_open_a_cluster`."""
    return ChoosingAlready(
        Message(N_("The cluster is choosing its priorities already.")),
        next_step=Message(N_("Open that choice, and decide it or give it up first.")),
    )


@transaction.atomic
def ask_to_rank(
    *, person: Person, day: dt.date, pk: int, rank_by: dt.date, link_for: LinkFor
) -> Choosing:
    """Proposing ends, and a letter goes to the head of every school of the cluster.

    Raises `NotThere`, `NotAllowed`, `MoveNotAllowed`, `NothingToRank`, `RankingEndsInThePast`.
    """
    choosing_to_lead(person, pk, day)
    choosing = locked_choosing(pk)
    _move(choosing, "ask to rank")
    if candidates_of(choosing).count() < 2:
        raise NothingToRank(
            Message(N_("There is nothing to rank yet.")),
            why=Message(N_("Fewer than two priorities have been proposed.")),
            next_step=Message(N_("Propose another, or ask the schools to.")),
        )
    if rank_by < day:
        raise RankingEndsInThePast(
            Message(N_("The last day for ranking has gone.")),
            next_step=Message(N_("Choose today or a later day.")),
        )
    choosing.rank_by = rank_by
    choosing.save(update_fields=("state", "rank_by"))
    note_choosing(person, choosing, "choosing.rank", N_("Asked the schools to rank."))
    _write(choosing, day, link_for)
    return choosing


@transaction.atomic
def propose_more(*, person: Person, day: dt.date, pk: int) -> Choosing:
    """Schools can propose again; what was ranked stays.

    Raises `NotThere`, `NotAllowed`, `MoveNotAllowed`, `BeforeTheVote`.
    """
    choosing = _moved(person, day, pk, "propose more")
    note_choosing(person, choosing, "choosing.propose", N_("Opened the choice to proposals again."))
    return choosing


@transaction.atomic
def abandon_choosing(*, person: Person, day: dt.date, pk: int) -> Choosing:
    """Nothing is chosen; what was proposed and said is kept.

    Raises `NotThere`, `NotAllowed`, `MoveNotAllowed`, `BeforeTheVote`.
    """
    choosing = _moved(person, day, pk, "abandon")
    note_choosing(person, choosing, "choosing.abandon", N_("Gave the choice of priorities up."))
    return choosing


def _moved(person: Person, day: dt.date, pk: int, verb: str) -> Choosing:
    """The choice in its next state, for whoever leads it, unless the schools are voting."""
    choosing_to_lead(person, pk, day)
    choosing = locked_choosing(pk)
    check_not_before_the_vote(choosing)
    _move(choosing, verb)
    choosing.save(update_fields=("state",))
    return choosing


def locked_choosing(pk: int) -> Choosing:
    """The choice under lock, with its cluster and decision."""
    rows = Choosing.objects.select_for_update(of=("self",))
    return rows.select_related("cluster__organisation", "decision").get(pk=pk)


def check_not_before_the_vote(choosing: Choosing) -> None:
    """Raises `BeforeTheVote`."""
    if is_before_the_vote(choosing):
        raise BeforeTheVote(
            Message(N_("The schools are voting on the priorities.")),
            next_step=Message(N_("Wait for the result, or withdraw the proposal first.")),
        )


def note_choosing(
    person: Person,
    choosing: Choosing,
    verb: str,
    text: str,
    words: dict[str, Any] | None = None,
) -> None:
    """An entry of the record about the choice; it is as private as the choice itself."""
    record(actor=person, verb=verb, subject=choosing, summary=Message(text, words or {}))


def _move(choosing: Choosing, verb: str) -> None:
    choosing.state = state_after(verb, choosing.state, states.CHOOSING_MOVES, states.CHOOSING_NAMES)


def _write(choosing: Choosing, day: dt.date, link_for: LinkFor) -> int:
    schools = list(not_yet_ranked(choosing, day))
    heads = heads_by_school([each.pk for each in schools], day)
    n = candidates_of(choosing).count()
    return queue_many(
        letters.TO_RANK,
        (
            (head, _words(choosing, choosing.cluster, school, head, n, link_for))
            for school in schools
            for head in heads.get(school.pk, ())
        ),
    )


def _words(
    choosing: Choosing, cluster: Cluster, school: School, head: Person, n: int, link_for: LinkFor
) -> dict[str, Any]:
    with override(head.language):
        names = {"cluster": str(cluster), "school": str(school)}
    by = choosing.rank_by.isoformat() if choosing.rank_by else ""
    link = link_for(choosing.pk, head.language)
    return {**names, "n": n, "day": {"day": by}, "link": link}
