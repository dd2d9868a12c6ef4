"""The plan of the demonstration's first cluster: what it wants, does, needs and hopes for."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any
from uuid import UUID

from clusterwork.cli.demo.cast import Cast
from clusterwork.cli.demo.days import Days, moment
from clusterwork.cli.demo.figures import together
from clusterwork.cli.demo.taking_part import STRAND
from clusterwork.cli.demo.writing import Hand
from clusterwork.clusters.models import Programme
from clusterwork.measures.models import Measure
from clusterwork.plans.models import BudgetLine, Payer, Plan, Priority, Strand
from clusterwork.plans.rules.parts import Link, Share
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
SCHOOLS_PAY = "The schools, by pupils on roll"
BUDDY = "An older pupil who listens to a younger one for ten minutes, three times a week."
FAR_OUT = "More than three miles by road from the school."
TRAVEL = "Books that travel, buddies that listen, families that read at home."
CARDS = "Each school keeps a box for half a term, and pupils write a card for the next readers."
COHORT = "About 80 pupils; two classes have new children every term."
LEADERS_KNOWN = "Every teacher can say who leads each subject, and has watched that person teach."
TRUST = "Village Schools Trust"
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
    _money(hand, cast, programme, actions)
    _outcomes(hand, actions)
    _targets(hand, cast, days, priorities)
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


def _money(hand: Hand, cast: Cast, programme: Programme, actions: list[UUID]) -> None:
    """Paid by the programme, a trust, and the schools themselves."""
    grant = Payer.objects.get(plan=hand.plan, programme=programme).uid
    trust = hand.add("payers", name=TRUST)
    kind = BudgetLine.Kind
    for action, title, what, pounds, shares in (
        (actions[0], "Seven boxes of books", kind.RESOURCES, 2_800, (Share(trust, Decimal(1)),)),
        (
            actions[0],
            "Reading leader, two days a week",
            kind.STAFF,
            18_400,
            (Share(grant, Decimal("0.75")),),
        ),
        (
            actions[1],
            "Friday taxi, thirty-eight weeks",
            kind.TRAVEL,
            4_560,
            (Share(grant, Decimal("0.5")), Share(trust, Decimal("0.5"))),
        ),
        (
            actions[2],
            "Supply for subject leaders, six days a term",
            kind.RELEASE,
            7_200,
            (Share(grant, Decimal(1)),),
        ),
    ):
        hand.add(
            "budget_lines",
            action=action,
            title=title,
            kind=what,
            amount_pence=pounds * 100,
            school=cast.chairs_school.pk,
            unfunded="" if sum(each.share for each in shares) == 1 else SCHOOLS_PAY,
            shares=shares,
        )


STEPS = (
    ("activity", "Boxes of new books move between the schools", ""),
    (
        "output",
        "Every pupil has had 240 new books within reach",
        "The boxes are full when they move on.",
    ),
    (
        "short",
        "Pupils borrow more and talk about what they read",
        "Teachers give time for it every day.",
    ),
    (
        "medium",
        "More pupils reach the expected standard in reading",
        "Reading aloud at home goes on.",
    ),
    (
        "long",
        "Young people of our villages read for pleasure",
        "The secondary school goes on with it.",
    ),
)


def _outcomes(hand: Hand, actions: list[UUID]) -> None:
    before: UUID | None = None
    for level, text, assumption in STEPS:
        links = (Link(before, assumption),) if before else ()
        action = None if before else actions[0]
        before = hand.add("outcomes", level=level, text=text, action=action, comes_from=links)


def _targets(hand: Hand, cast: Cast, days: Days, priorities: list[UUID]) -> None:
    """Two numbers with their baselines, and a statement where no number would be true."""
    _number(hand, cast, days, "ks2-reading-expected", priority=priorities[0], cohort=COHORT)
    _number(hand, cast, days, "attendance", priority=priorities[1], whose="shared")
    hand.add(
        "targets",
        priority=priorities[2],
        statement=LEADERS_KNOWN,
        no_baseline_because="Nobody has asked before.",
        wanted_on=days.within(12),
        horizon="short",
        whose="ours",
        known_how="A short talk with every teacher in June",
        known_by="The chair",
        known_on=days.within(11),
    )


HIGHER = {"ks2-reading-expected": Decimal(6), "attendance": Decimal("1.5")}


def _number(hand: Hand, cast: Cast, days: Days, code: str, **told: Any) -> None:
    """A value that lies so much above what the cluster's own figures say."""
    measure = Measure.objects.get(organisation=None, code=code)
    last = dt.date(days.start_on.year, 7, 31)
    now = together(cast.schools, measure, last) or Decimal(70)
    hand.add(
        "targets",
        measure=measure.pk,
        baseline_value=now,
        baseline_on=last,
        baseline_source="The cluster’s own figures",
        wanted_value=now + HIGHER[code],
        wanted_on=days.within(22),
        horizon="medium",
        known_how="Figures of all schools of the cluster together",
        known_by="The coordinator",
        known_on=days.within(22),
        **{"whose": "ours", **told},
    )
