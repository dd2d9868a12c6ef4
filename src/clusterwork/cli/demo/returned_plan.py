"""The plan of the demonstration's second cluster, as it was sent and came back."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from clusterwork.cli.demo.cast import Cast
from clusterwork.cli.demo.days import Days, moment
from clusterwork.cli.demo.writing import Hand
from clusterwork.clusters.models import Programme
from clusterwork.plans.models import BudgetLine, Payer, Plan
from clusterwork.plans.rules.parts import Share
from clusterwork.plans.services.plans import PlanFacts, start_plan
from clusterwork.plans.services.talking import add_comment

TITLE = "Talking mathematics"


def write_short_plan(cast: Cast, programme: Programme, days: Days) -> Plan:
    """One priority, two actions and a budget line that nobody pays whole."""
    day = days.lately(30)
    plan = start_plan(
        person=cast.other_coordinator,
        day=day,
        now=moment(day),
        cluster_pk=cast.second.pk,
        facts=PlanFacts(TITLE, days.start_on, days.end_on),
    )
    hand, every = Hand(plan, cast.other_coordinator, day), tuple(cast.other_schools)
    priority = hand.add(
        "priorities",
        title="Pupils explain how they know",
        text="Our pupils get the answer and cannot say why it is right.",
        area="numeracy",
        tie="authority",
        authority_priority="Reasoning in every mathematics lesson",
        serves=every,
    )
    told: dict[str, Any] = {"priority": priority, "schools": every}
    lessons = hand.add(
        "actions",
        **told,
        title="Lessons planned in threes",
        text="Three teachers of three schools plan a lesson, one teaches it, all watch.",
        owner_name=cast.other_chair.name,
        owner_school=cast.others[0].pk,
        start_on=days.within(3),
        end_on=days.within(21),
    )
    hand.add(
        "actions",
        **told,
        title="A mathematics evening for families",
        start_on=days.within(6),
        end_on=days.within(7),
    )
    grant = Payer.objects.get(plan=plan, programme=programme).uid
    hand.add(
        "budget_lines",
        action=lessons,
        title="Supply, nine days a term",
        kind=BudgetLine.Kind.RELEASE,
        amount_pence=1_080_000,
        unfunded="Not known yet",
        shares=(Share(grant, Decimal("0.6")),),
    )
    add_comment(
        person=cast.other_chair,
        day=day,
        plan_pk=plan.pk,
        text="Could the two smallest schools plan together by video?",
        uid=lessons,
        field="text",
    )
    return plan
