"""Writing a part of a plan into the database and keeping its version; knows no permission."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from clusterwork.accounts.models import Person
from clusterwork.plans.models import BudgetLine, LineShare, Outcome, OutcomeLink, PartVersion, Plan
from clusterwork.plans.rules.parts import (
    POINTS_TO,
    ActionPart,
    Holds,
    Link,
    Part,
    PlanFields,
    Share,
    own_fields,
    plain,
)
from clusterwork.plans.selectors.parts import MODELS, POINTERS, parts_in

NOT_COLUMNS = (Holds.SCHOOLS, Holds.PARTS, Holds.SHARES, Holds.LINKS)


def keep_part(*, plan: Plan, part: Part, person: Person, now: dt.datetime) -> None:
    """Writes the part as it is given, new or not, with its version; the plan is under lock."""
    if isinstance(part, PlanFields):
        _keep_plan(plan, part)
    else:
        row = _keep_row(plan, part, person)
        _keep_several(plan, row, part)
    keep_versions(plan=plan, parts=(part,), person=person, now=now)


def keep_versions(*, plan: Plan, parts: Sequence[Part], person: Person, now: dt.datetime) -> None:
    """Appends a version for each part as it is now."""
    PartVersion.objects.bulk_create(
        [_version(plan, type(each), each, plain(each.values), person, now) for each in parts]
    )


def remove_part(*, plan: Plan, part: Part, person: Person, now: dt.datetime) -> None:
    """Deletes the row and appends an empty version, so that the history says who removed it.

    An action takes its milestones with it.
    """
    for milestone in parts_in(plan, "milestones") if isinstance(part, ActionPart) else ():
        if milestone.action == part.uid:
            remove_part(plan=plan, part=milestone, person=person, now=now)
    MODELS[part.SECTION]._default_manager.filter(plan=plan, uid=part.uid).delete()
    version = _version(plan, type(part), part, {}, person, now)
    version.version = part.version + 1
    version.save()


def _version(
    plan: Plan,
    kind: type[Part],
    part: Part,
    content: Mapping[str, Any],
    person: Person,
    now: dt.datetime,
) -> PartVersion:
    return PartVersion(
        plan=plan,
        section=kind.SECTION,
        uid=None if kind is PlanFields else part.uid,
        version=part.version,
        content=dict(content),
        by=person,
        by_name=str(person),
        at=now,
    )


def _keep_plan(plan: Plan, part: PlanFields) -> None:
    for name, value in part.values.items():
        setattr(plan, name, value)
    plan.version = part.version
    plan.save(update_fields=(*part.values, "version"))


def _keep_row(plan: Plan, part: Part, person: Person) -> Any:
    model = MODELS[part.SECTION]
    row = model._default_manager.filter(plan=plan, uid=part.uid).first()
    row = row or model(plan=plan, uid=part.uid)
    for each in own_fields(type(part)):
        value = getattr(part, each.name)
        if each.holds == Holds.PART:
            setattr(row, f"{each.name}_id", _pk(plan, part.SECTION, each.name, value))
        elif each.holds in POINTERS:
            setattr(row, f"{each.name}_id", value)
        elif each.holds not in NOT_COLUMNS:
            setattr(row, each.name, value)
    row.place, row.version, row.changed_by = part.place, part.version, person
    row.save()
    return row


def _keep_several(plan: Plan, row: Any, part: Part) -> None:
    for each in own_fields(type(part)):
        value = getattr(part, each.name)
        if each.holds == Holds.SCHOOLS:
            getattr(row, each.name).set(value)
        elif each.holds == Holds.PARTS:
            section = POINTS_TO[part.SECTION, each.name]
            getattr(row, each.name).set(_pks(plan, section, value).values())
        elif each.holds == Holds.SHARES:
            _keep_shares(plan, row, value)
        elif each.holds == Holds.LINKS:
            _keep_links(plan, row, value)


def _keep_shares(plan: Plan, line: BudgetLine, shares: Sequence[Share]) -> None:
    """Only what differs is written; lesser shares first, so that their sum never passes 1."""
    payers = _pks(plan, "payers", [each.payer for each in shares])
    wanted = {payers[each.payer]: each.share for each in shares if each.payer in payers}
    held = {each.payer_id: each for each in line.shares.all()}
    line.shares.exclude(payer__in=wanted).delete()
    changed = [pk for pk in wanted if pk not in held or held[pk].share != wanted[pk]]
    for pk in sorted(changed, key=lambda pk: wanted[pk] - (held[pk].share if pk in held else 0)):
        LineShare.objects.update_or_create(line=line, payer_id=pk, defaults={"share": wanted[pk]})


def _keep_links(plan: Plan, step: Outcome, links: Sequence[Link]) -> None:
    steps = _pks(plan, "outcomes", [each.before for each in links])
    wanted = {steps[each.before]: each.assumption for each in links if each.before in steps}
    step.comes_from.exclude(before__in=wanted).delete()
    for pk, assumption in wanted.items():
        OutcomeLink.objects.update_or_create(
            before_id=pk, after=step, defaults={"assumption": assumption}
        )


def _pk(plan: Plan, section: str, name: str, uid: UUID | None) -> int | None:
    if uid is None:
        return None
    return _pks(plan, POINTS_TO[section, name], [uid]).get(uid)


def _pks(plan: Plan, section: str, uids: Sequence[UUID]) -> dict[UUID, int]:
    if not uids:
        return {}
    rows = MODELS[section]._default_manager.filter(plan=plan, uid__in=uids)
    return dict(rows.values_list("uid", "pk"))
