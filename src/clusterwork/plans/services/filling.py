"""Writing many parts of a new plan at once, and counting what was filled instead of asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from clusterwork.accounts.models import Person
from clusterwork.plans.models import LineShare, OutcomeLink, Plan, Reuse
from clusterwork.plans.rules.parts import POINTS_TO, SECTIONS, Holds, Part, own_fields
from clusterwork.plans.rules.starting import filled_fields
from clusterwork.plans.selectors.parts import MODELS, POINTERS
from clusterwork.plans.services.keeping import NOT_COLUMNS, keep_versions

Pks = dict[str, dict[UUID, int]]


def fill(
    *,
    plan: Plan,
    sections: Mapping[str, Sequence[Part]],
    person: Person,
    now: dt.datetime,
    source: str = "",
) -> int:
    """Writes these parts into the plan, a few queries a section; `source` is noted for each field.

    A part that points to one that is not there points to none. Returns the number of parts.
    """
    pks: Pks = {}
    for name in SECTIONS:
        parts = sections.get(name, ())
        rows = [_row(plan, part, person, pks) for part in parts]
        made = MODELS[name]._default_manager.bulk_create(rows, batch_size=500)
        pks[name] = {each.uid: each.pk for each in made}
        _several(name, parts, pks)
        keep_versions(plan=plan, parts=parts, person=person, now=now)
        if source:
            note_reuse(plan, parts, source)
    return sum(len(parts) for parts in sections.values())


def note_reuse(plan: Plan, parts: Sequence[Part], source: str, *names: str) -> None:
    """Counts each field that is filled, or of those only `names`; a field once counted stays so."""
    rows = [
        Reuse(
            cluster_id=plan.cluster_id,
            form=f"plan {plan.pk} {part.SECTION} {part.uid}",
            field=name,
            source=source,
        )
        for part in parts
        for name in filled_fields(part)
        if not names or name in names
    ]
    Reuse.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1_000)


def _row(plan: Plan, part: Part, person: Person, pks: Pks) -> Any:
    row = MODELS[part.SECTION](
        plan=plan, uid=part.uid, place=part.place, version=part.version, changed_by=person
    )
    for each in own_fields(type(part)):
        value = getattr(part, each.name)
        if each.holds == Holds.PART:
            section = POINTS_TO[part.SECTION, each.name]
            setattr(row, f"{each.name}_id", pks[section].get(value))
        elif each.holds in POINTERS:
            setattr(row, f"{each.name}_id", value)
        elif each.holds not in NOT_COLUMNS:
            setattr(row, each.name, value)
    return row


def _several(section: str, parts: Sequence[Part], pks: Pks) -> None:
    """What the parts point to in number; all of their own section are there already."""
    own = pks[section]
    if section == "budget_lines":
        LineShare.objects.bulk_create(
            LineShare(line_id=own[part.uid], payer_id=pks["payers"][each.payer], share=each.share)
            for part in parts
            for each in part.shares  # type: ignore[attr-defined]
            if each.payer in pks["payers"]
        )
    if section == "outcomes":
        OutcomeLink.objects.bulk_create(
            OutcomeLink(
                before_id=own[each.before], after_id=own[part.uid], assumption=each.assumption
            )
            for part in parts
            for each in part.comes_from  # type: ignore[attr-defined]
            if each.before in own
        )
    for each in own_fields(SECTIONS[section]):
        if each.holds in (Holds.SCHOOLS, Holds.PARTS):
            _many(section, each.name, parts, pks)


def _many(section: str, name: str, parts: Sequence[Part], pks: Pks) -> None:
    field: Any = MODELS[section]._meta.get_field(name)
    through = field.remote_field.through
    here, there = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
    others = pks.get(POINTS_TO.get((section, name), ""))
    through._default_manager.bulk_create(
        (
            through(**{here: pks[section][part.uid], there: others[to] if others else to})
            for part in parts
            for to in getattr(part, name)
            if others is None or to in others
        ),
        batch_size=2_000,
    )
