"""What a part of a plan is held against when it is saved."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from uuid import UUID

from clusterwork.measures.models import Measure
from clusterwork.plans.models import Outcome, Plan
from clusterwork.plans.rules.checking import Around
from clusterwork.plans.rules.parts import POINTS_TO, Holds, Part, names_of
from clusterwork.plans.selectors.parts import MODELS
from clusterwork.plans.selectors.plans import pointed_to, schools_around


def around_plan(plan: Plan, part: Part, day: dt.date) -> Around:
    """Only what a part of this kind is held against is read."""
    kind = type(part)
    schools = names_of(kind, Holds.SCHOOL, Holds.SCHOOLS)
    return Around(
        start_on=plan.start_on,
        end_on=plan.end_on,
        day=day,
        schools=schools_around(plan, _schools_in(part)) if schools else {},
        uids={name: _uids(plan, name) for name in _sections_near(part)},
        levels=dict(Outcome.objects.filter(plan=plan).values_list("uid", "level"))
        if part.SECTION == "outcomes"
        else {},
        limits=_limits(getattr(part, "measure", None)),
    )


def _schools_in(part: Part) -> set[int]:
    return pointed_to({part.SECTION: (part,)}, Holds.SCHOOL, Holds.SCHOOLS)


def _sections_near(part: Part) -> set[str]:
    found = {
        POINTS_TO[part.SECTION, name] for name in names_of(type(part), Holds.PART, Holds.PARTS)
    }
    return found | ({"payers"} if names_of(type(part), Holds.SHARES) else set())


def _uids(plan: Plan, section: str) -> frozenset[UUID]:
    rows = MODELS[section]._default_manager.filter(plan=plan)
    return frozenset(rows.values_list("uid", flat=True))


def _limits(pk: int | None) -> dict[int, tuple[Decimal | None, Decimal | None]]:
    rows = Measure.objects.filter(pk=pk) if pk else Measure.objects.none()
    return {row[0]: (row[1], row[2]) for row in rows.values_list("pk", "least", "most")}
