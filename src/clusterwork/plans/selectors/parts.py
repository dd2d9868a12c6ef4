"""The parts of a plan, one query a kind, as plain values."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Model, OuterRef
from django.db.models.functions import JSONObject

from clusterwork.plans.models import (
    Action,
    BudgetLine,
    Definition,
    LineShare,
    Milestone,
    Outcome,
    OutcomeLink,
    Payer,
    Plan,
    Post,
    Priority,
    Strand,
    Target,
)
from clusterwork.plans.models.plan import Item
from clusterwork.plans.rules.parts import (
    SECTIONS,
    Field,
    Holds,
    Link,
    Part,
    PlanFields,
    Share,
    own_fields,
)

MODELS: dict[str, type[Item]] = {
    "priorities": Priority,
    "strands": Strand,
    "actions": Action,
    "milestones": Milestone,
    "posts": Post,
    "payers": Payer,
    "budget_lines": BudgetLine,
    "outcomes": Outcome,
    "targets": Target,
    "definitions": Definition,
}
POINTERS = (
    Holds.SCHOOL,
    Holds.PERSON,
    Holds.MEASURE,
    Holds.PROGRAMME,
    Holds.PROGRAMME_PRIORITY,
    Holds.CANDIDATE,
)
SHARED = ("uid", "place", "version", "changed_by_id", "changed_at")


def parts_in(plan: Plan, section: str, uid: UUID | None = None) -> tuple[Any, ...]:
    """The parts of a section in their order, or only the one of this `uid`: one query."""
    kind, model = SECTIONS[section], MODELS[section]
    held = list(own_fields(kind))
    columns = {f"got_{each.name}": _column(model, each) for each in held}
    rows = model._default_manager.filter(plan=plan, **({"uid": uid} if uid else {}))
    return tuple(_part(kind, held, row) for row in rows.values(*SHARED, **columns))


def fields_of(plan: Plan) -> PlanFields:
    """The fields of the plan itself; no query."""
    values = {each.name: getattr(plan, each.name) for each in own_fields(PlanFields)}
    return PlanFields(version=plan.version, **values)


def part_now(plan: Plan, section: str, uid: UUID | None) -> Any:
    """One part as it stands, or None; of the section `plan` its own fields."""
    if section == PlanFields.SECTION:
        return fields_of(plan)
    found = parts_in(plan, section, uid)
    return found[0] if found else None


def _column(model: type[Item], held: Field) -> Any:
    """What a field is read from."""
    if held.holds == Holds.PART:
        return F(f"{held.name}__uid")
    if held.holds in POINTERS:
        return F(f"{held.name}_id")
    if held.holds in (Holds.SCHOOLS, Holds.PARTS):
        return _several(model, held)
    if held.holds == Holds.SHARES:
        shares = LineShare.objects.filter(line=OuterRef("pk")).order_by("payer__place", "payer")
        return ArraySubquery(shares.values(got=JSONObject(payer="payer__uid", share="share")))
    if held.holds == Holds.LINKS:
        links = OutcomeLink.objects.filter(after=OuterRef("pk")).order_by("before__place", "before")
        told = JSONObject(before="before__uid", assumption="assumption")
        return ArraySubquery(links.values(got=told))
    return F(held.name)


def _several(model: type[Item], held: Field) -> ArraySubquery:
    """What a many-to-many field points to: numbers of schools, or uids of parts."""
    field: Any = model._meta.get_field(held.name)
    through: type[Model] = field.remote_field.through
    here, there = field.m2m_field_name(), field.m2m_reverse_field_name()
    rows = through._default_manager.filter(**{here: OuterRef("pk")})
    if held.holds == Holds.SCHOOLS:
        return ArraySubquery(rows.order_by(f"{there}_id").values(f"{there}_id"))
    return ArraySubquery(rows.order_by(f"{there}__place", there).values(f"{there}__uid"))


def _part(kind: type[Part], held: list[Field], row: dict[str, Any]) -> Part:
    values = {each.name: _value(each, row[f"got_{each.name}"]) for each in held}
    return kind(
        uid=row["uid"],
        place=row["place"],
        version=row["version"],
        changed_by=row["changed_by_id"],
        changed_at=row["changed_at"],
        **values,
    )


def _value(held: Field, value: Any) -> Any:
    if held.holds == Holds.SHARES:
        return tuple(Share(UUID(each["payer"]), Decimal(str(each["share"]))) for each in value)
    if held.holds == Holds.LINKS:
        return tuple(Link(UUID(each["before"]), each["assumption"]) for each in value)
    if held.holds in (Holds.SCHOOLS, Holds.PARTS):
        return tuple(value)
    return value
