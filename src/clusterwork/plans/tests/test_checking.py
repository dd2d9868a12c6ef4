"""A part of a plan that cannot stand is refused with what, why and what to do."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from clusterwork.plans.rules import refusals
from clusterwork.plans.rules.checking import Around, check_part
from clusterwork.plans.rules.parts import (
    ActionPart,
    BudgetLinePart,
    Link,
    MilestonePart,
    OutcomePart,
    PayerPart,
    PostPart,
    PriorityPart,
    Share,
    StrandPart,
    TargetPart,
)
from clusterwork.plans.rules.whole import NamedSchool

START, END = dt.date(2026, 9, 1), dt.date(2027, 9, 1)
LEFT = dt.date(2027, 1, 1)
BEGUN = dt.date(2024, 9, 1)
ACTION, STEP, PAYER = uuid4(), uuid4(), uuid4()
AROUND = Around(
    start_on=START,
    end_on=END,
    day=dt.date(2026, 11, 21),
    schools={
        1: NamedSchool(1, "Ash", "900001", "primary", ((BEGUN, None),)),
        2: NamedSchool(2, "Birch", "900002", "primary", ((BEGUN, LEFT),)),
        3: NamedSchool(3, "Cedar", "900003", "primary", ((BEGUN, START),)),
    },
    uids={"actions": frozenset({ACTION}), "payers": frozenset({PAYER})},
    levels={STEP: "output"},
    limits={7: (Decimal(0), Decimal(100))},
)
action = ActionPart(uid=uuid4(), title="Boxes", start_on=START, end_on=END)
line = BudgetLinePart(uid=uuid4(), title="Supply", amount_pence=100, action=ACTION)
target = TargetPart(uid=uuid4(), statement="All read", wanted_on=END)
number = replace(target, statement="", measure=7, wanted_value=80.0, no_baseline_because="New")


class TestAPartThatStands:
    @pytest.mark.parametrize(
        "part",
        [
            action,
            replace(action, owner_school=1, schools=(1, 2)),
            replace(action, owner_school=2, end_on=LEFT),
            replace(line, shares=(Share(PAYER, Decimal(1)),)),
            target,
            number,
            replace(number, baseline_value=60.0, baseline_on=START, no_baseline_because=""),
            PriorityPart(uid=uuid4(), title="Reading", local_reason="Our villages"),
            PostPart(uid=uuid4(), title="Lead", fte=Decimal("0.4"), start_on=START),
            PayerPart(uid=PAYER, name="A trust"),
            OutcomePart(uid=uuid4(), level="short", text="More", comes_from=(Link(STEP, ""),)),
            MilestonePart(uid=uuid4(), title="Half way", on=END - dt.timedelta(days=1)),
        ],
    )
    def test_is_let_through(self, part):
        check_part(part, AROUND)


class TestAPartIsRefused:
    @pytest.mark.parametrize(
        ("part", "refusal", "field"),
        [
            (replace(action, title=""), refusals.NothingWritten, "title"),
            (replace(action, text="x" * 20_001), refusals.TextTooLong, "text"),
            (replace(action, end_on=START), refusals.EndsBeforeItStarts, "end_on"),
            (
                replace(action, start_on=START - dt.timedelta(days=1)),
                refusals.ActionOutsideThePlan,
                "start_on",
            ),
            (
                replace(action, end_on=END + dt.timedelta(days=1)),
                refusals.ActionOutsideThePlan,
                "end_on",
            ),
            (
                replace(action, owner_school=2, start_on=LEFT),
                refusals.OwnerHasLeft,
                "owner_school",
            ),
            (replace(action, schools=(3,)), refusals.SchoolNotOfTheCluster, "schools"),
            (replace(action, owner_school=99), refusals.SchoolNotOfTheCluster, "owner_school"),
            (replace(action, strand=uuid4()), refusals.PointsToNothing, "strand"),
            (
                StrandPart(uid=uuid4(), title="S", priorities=(uuid4(),)),
                refusals.PointsToNothing,
                "priorities",
            ),
            (MilestonePart(uid=uuid4(), title="M", on=END), refusals.DayOutsideThePlan, "on"),
            (replace(line, action=None), refusals.LineWithoutAction, "action"),
            (
                replace(line, shares=(Share(PAYER, Decimal("1.0001")),)),
                refusals.ShareOutOfRange,
                "shares",
            ),
            (
                replace(
                    line, shares=(Share(PAYER, Decimal("0.6")), Share(PAYER, Decimal("0.4001")))
                ),
                refusals.SharesOverWhole,
                "shares",
            ),
            (replace(target, statement=""), refusals.NeitherNumberNorStatement, "statement"),
            (replace(number, baseline_on=END), refusals.TargetBeforeBaseline, "wanted_on"),
            (
                replace(number, no_baseline_because=""),
                refusals.NoBaselineAndNoReason,
                "baseline_value",
            ),
            (replace(number, wanted_value=100.5), refusals.ValueOutOfRange, "wanted_value"),
            (PriorityPart(uid=uuid4(), title="R"), refusals.TieWithoutItsPriority, "local_reason"),
            (
                PriorityPart(uid=uuid4(), title="R", tie="programme"),
                refusals.TieWithoutItsPriority,
                "programme_priority",
            ),
            (
                OutcomePart(uid=uuid4(), level="output", text="O", comes_from=(Link(STEP, ""),)),
                refusals.StepGoesBackwards,
                "comes_from",
            ),
            (PayerPart(uid=uuid4()), refusals.PayerUnclear, "name"),
            (PayerPart(uid=uuid4(), name="N", programme=1), refusals.PayerUnclear, "name"),
            (
                PostPart(uid=uuid4(), title="P", fte=Decimal(0), start_on=START),
                refusals.FteOutOfRange,
                "fte",
            ),
        ],
    )
    def test_at_the_field_where_it_is_put_right(self, part, refusal, field):
        with pytest.raises(refusal) as refused:
            check_part(part, AROUND)
        assert refused.value.field == field
        assert refused.value.next_step

    def test_with_the_sizes_of_a_pasted_document(self):
        pasted = replace(action, text="x" * 10_000_000)
        with pytest.raises(refusals.TextTooLong, match=r"10,000,000 characters.*20,000"):
            check_part(pasted, AROUND)

    def test_with_what_the_shares_come_to(self):
        shares = (Share(PAYER, Decimal("0.6")), Share(UUID(int=1), Decimal("0.6")))
        with pytest.raises(refusals.SharesOverWhole, match="120 per cent"):
            check_part(replace(line, shares=shares), AROUND)
