"""Who pays for the plan of the demonstration's first cluster, and what."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from clusterwork.cli.demo.cast import Cast
from clusterwork.cli.demo.writing import Hand
from clusterwork.clusters.models import Programme
from clusterwork.plans.models import BudgetLine, Payer
from clusterwork.plans.rules.parts import Share

TRUST = "Village Schools Trust"
SCHOOLS_PAY = "The schools, by pupils on roll"


def add_money(hand: Hand, cast: Cast, programme: Programme, actions: list[UUID]) -> None:
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
