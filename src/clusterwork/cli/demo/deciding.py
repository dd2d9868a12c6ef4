"""How the demonstration's first cluster governs itself, and what it decided and has to decide."""

from __future__ import annotations

from typing import Any

from clusterwork.cli.demo.cast import Cast
from clusterwork.cli.demo.days import Days, moment
from clusterwork.clusters.models import ClusterGroup, Decision, Presence, Vote, VotingRule
from clusterwork.clusters.services.clusters import name_cluster
from clusterwork.clusters.services.deciding import propose_decision, share_decision, vote
from clusterwork.clusters.services.groups_of_cluster import (
    GroupFacts,
    SeatFacts,
    start_group,
    take_seat,
)
from clusterwork.clusters.services.recording import AtMeeting, Meeting, record_decision
from clusterwork.clusters.services.voting_rules import RuleFacts, set_voting_rule
from clusterwork.web.clusters.deciding.links import decision_link

NAME, NAME_CY = "Two Rivers Cluster", "Clwstwr y Ddwy Afon"
GOVERNING, GOVERNING_CY = "Two Rivers governing group", "Grŵp llywodraethu’r Ddwy Afon"
READING, READING_CY = "Reading group", "Grŵp darllen"
BEGAN = 190  # days ago the cluster wrote down how it decides
DELEGATE = "Alun Asgarby"


def govern(cast: Cast, days: Days) -> None:
    """Its name, its rule, and two groups with their people."""
    who: dict[str, Any] = {"person": cast.coordinator, "day": days.ago(BEGAN)}
    name_cluster(**who, pk=cast.first.pk, name=NAME, name_cy=NAME_CY, on=days.ago(BEGAN))
    facts = RuleFacts(VotingRule.Way.SCHOOL, 0.5, 0.5, True, days.ago(BEGAN))
    set_voting_rule(**who, cluster_pk=cast.first.pk, facts=facts)
    level, kind = ClusterGroup.Level, ClusterGroup.Kind
    _group(cast, days, level.GOVERNING, kind.GOVERNING, (GOVERNING, GOVERNING_CY), len(cast.heads))
    _group(cast, days, level.OPERATIONAL, kind.STRAND, (READING, READING_CY), 3)


def _group(
    cast: Cast, days: Days, level: str, kind: str, names: tuple[str, str], n_seats: int
) -> None:
    """The first heads sit in it; the first of them chairs."""
    who: dict[str, Any] = {"person": cast.coordinator, "day": days.ago(BEGAN)}
    name, name_cy = names
    facts = GroupFacts(level, kind, name, days.ago(BEGAN), name_cy)
    group = start_group(**who, cluster_pk=cast.first.pk, facts=facts)
    for pk, head in list(cast.old_hands.items())[:n_seats]:
        school, chairs = cast.schools[pk], head == cast.chair
        seat = SeatFacts(head.name, days.ago(BEGAN), school, head.email, chairs)
        take_seat(**who, pk=group.pk, facts=seat)


def decide(cast: Cast, days: Days) -> None:
    """One decision of a meeting, with an objection and shared; one proposal still open."""
    taken = _taken(cast, days)
    day = days.lately(60)
    share_decision(person=cast.chair, day=day, now=moment(day), pk=taken.pk)
    _open(cast, days)


def _taken(cast: Cast, days: Days) -> Decision:
    by, says = Presence.By, Vote.Answer
    schools = [cast.schools[pk] for pk in cast.heads]
    heads = [each.name for each in cast.old_hands.values()]
    there = [
        *(AtMeeting(school, by.HEAD, name, says.AGREE) for school, name in zip(
            schools[:4], heads[:4], strict=True)),
        AtMeeting(schools[4], by.DELEGATE, DELEGATE, says.ABSTAIN),
        AtMeeting(
            schools[5],
            by.HEAD,
            heads[5],
            says.OBJECT,
            "Our buses to the hall cost more than the day saves us.",
        ),
    ]  # fmt: skip
    meeting = Meeting(
        "One training day a year together",
        "All our schools close on the same day in February, and staff meet in one place to work "
        "on reading. Each school pays its own travel.",
        days.lately(65),
        there,
        school=cast.chairs_school,
    )
    return record_decision(
        person=cast.chair,
        day=days.lately(65),
        cluster_pk=cast.first.pk,
        facts=meeting,
        link_for=decision_link,
    )


def _open(cast: Cast, days: Days) -> None:
    pk, head = list(cast.heads.items())[1]
    found = propose_decision(
        person=head,
        day=days.lately(4),
        cluster_pk=cast.first.pk,
        title="Buy one minibus together",
        text="A used minibus of sixteen seats, kept at our school and booked in one calendar. "
        "Each school pays by the mile. We ask for £9,000 from what is left of this year’s money.",
        link_for=decision_link,
        about=Decision.About.MONEY,
        school=cast.schools[pk],
        vote_by=days.ahead(10),
    )
    for school_pk, person in ((cast.chairs_school.pk, cast.chair), (pk, head)):
        vote(
            person=person,
            day=days.lately(3),
            pk=found.pk,
            school_pk=school_pk,
            answer=Vote.Answer.AGREE,
            link_for=decision_link,
        )
