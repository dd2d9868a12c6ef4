"""What a cluster has decided and what is open, as at a day; and what waits for a person."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import (
    Appointment,
    Cluster,
    ClusterGroupMember,
    Decision,
    Presence,
    Vote,
)
from clusterwork.clusters.selectors.memberships import is_on, memberships_on
from clusterwork.clusters.selectors.voters import parts_that_vote, voters_of
from clusterwork.clusters.states import decision as states
from clusterwork.registry.models import School

LEADING = (Appointment.Role.CHAIR, Appointment.Role.COORDINATOR, Appointment.Role.CLERK)


@dataclass(frozen=True)
class DecisionOn:
    """A decision with its state on a day."""

    decision: Decision
    state: str

    @property
    def state_words(self) -> str:
        """The state as people read it."""
        return str(Decision.State(self.state).label)


@dataclass(frozen=True)
class SchoolsPart:
    """A school in a decision: whether it has a vote, who was there for it, what it said."""

    school: School
    has_vote: bool
    presence: Presence | None
    vote: Vote | None


@dataclass(frozen=True)
class ToVote:
    """An open proposal on which a school has not voted."""

    decision: Decision
    school: School


def decisions_of(cluster: Cluster, day: dt.date, *, only_shared: bool) -> list[DecisionOn]:
    """The cluster's decisions up to `day`, the latest first, each with its state on that day."""
    found = cluster.decisions.filter(proposed_on__lte=day)
    if only_shared:
        found = found.filter(shared_at__isnull=False)
    rows = found.select_related("group", "proposed_school").prefetch_related("amendments")
    return [DecisionOn(row, state_on(row, day)) for row in rows]


def state_on(decision: Decision, day: dt.date) -> str:
    """The state on `day`: open until it was decided, and as decided until it was replaced."""
    if decision.decided_on is None or decision.decided_on > day:
        return states.OPEN
    if decision.state != states.AMENDED or not decision.counted:
        return decision.state
    later = decision.amendments.all()
    if not decision.counted["is_agreed"]:
        replaced = any(each.proposed_on <= day for each in later)
        return states.AMENDED if replaced else states.NOT_AGREED
    agreed = [each.decided_on for each in later if each.counted.get("is_agreed")]
    is_in_force = agreed and all(on and on > day for on in agreed)
    return states.AGREED if is_in_force else states.AMENDED


def day_of_voters(decision: Decision, day: dt.date) -> dt.date:
    """The day whose voters are shown: of the count, or `day` while votes come in."""
    last = decision.vote_by or day
    return min(last, decision.decided_on or day)


def parts_in(decision: Decision, day: dt.date) -> list[SchoolsPart]:
    """Each school with a vote, was there or voted, by name; voters as on `day`."""
    voters = {each.pk: each for each in voters_of(decision, day)}
    there = {each.school_id: each for each in decision.presences.select_related("school")}
    votes = {each.school_id: each for each in decision.votes.select_related("school")}
    schools = {pk: each.school for pk, each in there.items()}
    schools |= {pk: each.school for pk, each in votes.items()} | voters
    parts = [
        SchoolsPart(school, pk in voters, there.get(pk), votes.get(pk))
        for pk, school in schools.items()
    ]
    return sorted(parts, key=lambda each: (each.school.sort_key, each.school.pk))


def to_vote(schools: Sequence[School], day: dt.date) -> list[ToVote]:
    """Open proposals on which these schools have a vote and have not used it, soonest first."""
    stays = list(
        memberships_on(day).filter(school__in=schools).values_list("cluster", "school", "part")
    )
    parts = {(cluster, school): part for cluster, school, part in stays}
    decisions = list(open_in({cluster for cluster, _school in parts}, day))
    said = _voted(decisions)
    seats = _seats([each.group_id for each in decisions if each.group_id], day)
    return [
        ToVote(decision, school)
        for decision in decisions
        for school in schools
        if parts.get((decision.cluster_id, school.pk)) in parts_that_vote(decision.about)
        and school.pk not in said[decision.pk]
        and (decision.group_id is None or school.pk in seats[decision.group_id])
    ]


def amendable(cluster: Cluster) -> list[Decision]:
    """The cluster's proposals that can be amended now: the latest word on each matter."""
    standing = Q(state__in=(states.OPEN, states.AGREED))
    amended = Decision.objects.filter(standing, amends=OuterRef("pk"))
    found = cluster.decisions.filter(standing | Q(state=states.NOT_AGREED))
    return list(found.filter(~Exists(amended)))


def open_in(clusters: Iterable[int], day: dt.date) -> QuerySet[Decision]:
    """The proposals of these clusters that can still be voted on, soonest last day first."""
    running = Q(vote_by__isnull=True) | Q(vote_by__gte=day)
    found = Decision.objects.filter(running, cluster__in=list(clusters), state=states.OPEN)
    return found.select_related("cluster", "proposed_school").order_by("vote_by", "pk")


def to_close(person: Person, day: dt.date) -> list[Decision]:
    """Proposals whose last day for votes is over, of the clusters that `person` leads."""
    led = Appointment.objects.filter(is_on(day), person=person, role__in=LEADING)
    found = Decision.objects.filter(
        cluster__in=led.values("cluster_id"), state=states.OPEN, vote_by__lt=day
    )
    return list(found.select_related("cluster").order_by("vote_by", "pk"))


def _voted(decisions: Sequence[Decision]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    rows = Vote.objects.filter(decision__in=decisions).order_by()
    for decision, school in rows.values_list("decision_id", "school_id"):
        found[decision].add(school)
    return found


def _seats(groups: Sequence[int], day: dt.date) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    if not groups:
        return found
    rows = ClusterGroupMember.objects.filter(is_on(day), group__in=groups, school__isnull=False)
    for group, school in rows.order_by().values_list("group_id", "school_id"):
        found[group].add(school or 0)
    return found
