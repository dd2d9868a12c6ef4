"""How the plan of the demonstration's first cluster should work, and what it aims at."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any
from uuid import UUID

from clusterwork.cli.demo.cast import Cast
from clusterwork.cli.demo.days import Days
from clusterwork.cli.demo.figures import together
from clusterwork.cli.demo.writing import Hand
from clusterwork.measures.models import Measure
from clusterwork.plans.rules.parts import Link

COHORT = "About 80 pupils; two classes have new children every term."
LEADERS_KNOWN = "Every teacher can say who leads each subject, and has watched that person teach."
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


def add_outcomes(hand: Hand, actions: list[UUID]) -> None:
    before: UUID | None = None
    for level, text, assumption in STEPS:
        links = (Link(before, assumption),) if before else ()
        action = None if before else actions[0]
        before = hand.add("outcomes", level=level, text=text, action=action, comes_from=links)


def add_targets(hand: Hand, cast: Cast, days: Days, priorities: list[UUID]) -> None:
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
