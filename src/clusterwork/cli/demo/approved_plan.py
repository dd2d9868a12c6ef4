"""The plan of the demonstration's first cluster: what it wants, does, needs and hopes for."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from clusterwork.cli.demo.cast import Cast
from clusterwork.cli.demo.days import Days, moment
from clusterwork.cli.demo.plan_aims import add_outcomes, add_targets
from clusterwork.cli.demo.plan_money import add_money
from clusterwork.cli.demo.taking_part import STRAND
from clusterwork.cli.demo.writing import Hand
from clusterwork.clusters.models import Programme
from clusterwork.plans.models import Plan, Priority, Strand
from clusterwork.plans.services.plans import PlanFacts, start_plan

TITLE = "Every child reads, every day counts"
SUMMARY = (
    "Seven small schools between two rivers read together, get every child to school, and share "
    "the leading of subjects that one school alone cannot lead."
)
AFTERWARDS = (
    "The shared reading leader stays, paid by the schools by pupils on roll. The taxi scheme goes "
    "over to the county’s own contract; the book boxes are ours and cost only the driving."
)
BUDDY = "An older pupil who listens to a younger one for ten minutes, three times a week."
FAR_OUT = "More than three miles by road from the school."
TRAVEL = "Books that travel, buddies that listen, families that read at home."
CARDS = "Each school keeps a box for half a term, and pupils write a card for the next readers."
LOCAL_REASON = (
    "Three of our schools have a teaching staff of two; nobody else has set this as a goal."
)


def write_plan(cast: Cast, programme: Programme, days: Days) -> Plan:
    """Begun from what the schools chose, and filled with parts of every kind."""
    day = days.lately(36)
    plan = start_plan(
        person=cast.coordinator,
        day=day,
        now=moment(day),
        cluster_pk=cast.first.pk,
        facts=PlanFacts(TITLE, days.start_on, days.end_on),
    )
    hand = Hand(plan, cast.coordinator, days.lately(34))
    hand.change("plan", None, 1, summary=SUMMARY, after_funding=AFTERWARDS)
    priorities = _priorities(hand, programme)
    strands = _strands(hand, cast, priorities)
    actions = _actions(hand, cast, days, priorities, strands)
    add_money(hand, cast, programme, actions)
    add_outcomes(hand, actions)
    add_targets(hand, cast, days, priorities)
    hand.add(
        "definitions",
        term="Reading buddy",
        meaning=BUDDY,
    )
    hand.add("definitions", term="Far out", meaning=FAR_OUT)
    return plan


def _priorities(hand: Hand, programme: Programme) -> list[UUID]:
    """Those that the schools chose: tied to the programme's, and the last one local."""
    ours = list(Priority.objects.filter(plan=hand.plan).order_by("place"))
    theirs = list(programme.priorities.order_by("place", "pk"))
    for each, their in zip(ours[:2], theirs, strict=False):
        hand.change("priorities", each.uid, 1, tie="programme", programme_priority=their.pk)
    for each in ours[2:]:
        hand.change("priorities", each.uid, 1, tie="local", local_reason=LOCAL_REASON)
    return [each.uid for each in ours]


def _strands(hand: Hand, cast: Cast, priorities: list[UUID]) -> list[UUID]:
    reading = Strand.objects.get(plan=hand.plan, title=STRAND)
    hand.change(
        "strands",
        reading.uid,
        1,
        text=TRAVEL,
        priorities=(priorities[0],),
    )
    getting_here = hand.add(
        "strands",
        title="Getting to school",
        text="Nobody misses a day for want of a lift.",
        coordinator=cast.chair.pk,
        coordinator_name=cast.chair.name,
        schools=tuple(cast.schools),
        priorities=tuple(priorities[1:2]),
    )
    return [reading.uid, getting_here]


def _actions(
    hand: Hand, cast: Cast, days: Days, priorities: list[UUID], strands: list[UUID]
) -> list[UUID]:
    """Three, each with an owner, its schools, and a day by which something has happened."""
    every, (reader, *_) = tuple(cast.schools), list(cast.old_hands.items())[1:]
    boxes = hand.add(
        "actions",
        strand=strands[0],
        priority=priorities[0],
        title="Boxes of forty books move on every half term",
        text=CARDS,
        owner=reader[1].pk,
        owner_name=reader[1].name,
        owner_school=reader[0],
        schools=every,
        start_on=days.within(2),
        end_on=days.within(22),
    )
    taxi = hand.add(
        "actions",
        strand=strands[1],
        priority=priorities[1],
        title="A second taxi on Fridays for pupils who live far out",
        text="One round for three schools; the driver telephones when a child is not at the gate.",
        owner=cast.chair.pk,
        owner_name=cast.chair.name,
        owner_school=cast.chairs_school.pk,
        schools=every[:3],
        start_on=days.within(1),
        end_on=days.within(10),
    )
    leaders = hand.add(
        "actions",
        priority=priorities[2],
        title="One subject leader for two or three schools",
        text="Leaders teach a lesson in each other’s classes once a term and talk about it after.",
        owner=cast.coordinator.pk,
        owner_name=cast.coordinator.name,
        schools=every,
        start_on=days.within(4),
        end_on=days.within(23),
    )
    made = [boxes, taxi, leaders]
    for action, title, on in (
        (boxes, "Every school has had three boxes", days.within(9)),
        (taxi, "Absence on Fridays is looked at with the families", days.within(5)),
        (leaders, "Every subject has a leader", days.within(7)),
        (None, "Governors of all schools read how far we are", days.within(12)),
    ):
        hand.add("milestones", action=action, title=title, on=on)
    _posts(hand, cast, days, strands)
    return made


def _posts(hand: Hand, cast: Cast, days: Days, strands: list[UUID]) -> None:
    hand.add(
        "posts",
        strand=strands[0],
        title="Shared reading leader",
        employer=cast.chairs_school.pk,
        fte=Decimal("0.40"),
        state="filled",
        holder="Siwan Skendleby",
        start_on=days.within(1),
        end_on=days.end_on,
    )
    hand.add(
        "posts",
        strand=strands[1],
        title="Family link worker",
        employer=list(cast.schools)[1],
        fte=Decimal("0.50"),
        state="advertised",
        start_on=days.within(4),
        end_on=days.end_on,
    )
