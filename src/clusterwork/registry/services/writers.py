"""Writes the rows of the lists beside the register; opens no transaction of its own."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model

from clusterwork.registry.imports.records import (
    AssessmentRecord,
    CensusRecord,
    FlowRecord,
    LinkRecord,
    MemberRecord,
    PartnershipRecord,
    Value,
)
from clusterwork.registry.models import (
    Assessment,
    Census,
    Change,
    Flow,
    Happening,
    ImportRun,
    SchoolLink,
)
from clusterwork.registry.rules.names import fold
from clusterwork.registry.rules.steps import BEST_CENSUS as CENSUS
from clusterwork.registry.rules.steps import BEST_GRADES as INSPECTIONS
from clusterwork.registry.rules.steps import HeldGrade, shown
from clusterwork.registry.selectors.held import FIGURES
from clusterwork.registry.selectors.numbers import ids_by_number
from clusterwork.registry.services import facts, members
from clusterwork.registry.services.rows import copy_rows, update_rows

BATCH = 5000


@dataclass(slots=True)
class Counts:
    """Rows by what became of them."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    unmatched: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.new + other.new,
            self.changed + other.changed,
            self.unchanged + other.unchanged,
            self.unmatched + other.unmatched,
        )


def put(
    model: type[Model],
    key: Sequence[str],
    fields: Sequence[str],
    wanted: Mapping[Any, Mapping[str, Any]],
) -> Counts:
    """Adds and corrects rows known by `key`; `wanted` is by the tuple of the key's values."""
    manager = model._default_manager
    held = {tuple(row[1 : 1 + len(key)]): row for row in manager.values_list("id", *key, *fields)}
    new = [row for values, row in wanted.items() if values not in held]
    changed = [
        (held[values][0], *(row[name] for name in fields))
        for values, row in wanted.items()
        if values in held and tuple(row[name] for name in fields) != held[values][1 + len(key) :]
    ]
    names = [*key, *fields]
    copy_rows(model, names, ([row[name] for name in names] for row in new))
    update_rows(model, fields, changed)
    return Counts(len(new), len(changed), len(wanted) - len(new) - len(changed))


def write_links(records: Sequence[LinkRecord], _run: ImportRun) -> Counts:
    """One row a link, whether the register holds its schools or not."""
    wanted = {
        (r.number, r.other_number, r.link_type): {
            "number": r.number,
            "other_number": r.other_number,
            "link_type": r.link_type,
            "other_name": r.other_name,
            "kind": r.kind,
            "on": r.on,
        }
        for r in records
    }
    key = ("number", "other_number", "link_type")
    return put(SchoolLink, key, ("other_name", "kind", "on"), wanted)


def write_flows(records: Sequence[FlowRecord], _run: ImportRun) -> Counts:
    """One row a pair of schools and year."""
    ids = ids_by_number(n for r in records for n in (r.from_number, r.to_number))
    known = [r for r in records if r.from_number in ids and r.to_number in ids]
    wanted = {
        (ids[r.from_number], ids[r.to_number], r.year): {
            "from_school_id": ids[r.from_number],
            "to_school_id": ids[r.to_number],
            "year": r.year,
            "pupils": r.pupils,
        }
        for r in known
    }
    counts = put(Flow, ("from_school_id", "to_school_id", "year"), ("pupils",), wanted)
    counts.unmatched = len(records) - len(known)
    return counts


def write_groups_or_members(
    records: Sequence[PartnershipRecord | MemberRecord], run: ImportRun
) -> Counts:
    """Trusts and federations, and from when to when schools are in them."""
    found = [r for r in records if isinstance(r, MemberRecord)]
    groups = [r for r in records if isinstance(r, PartnershipRecord)]
    counts = Counts(*members.put_partnerships(groups, members.OFFICIAL)) if groups else Counts()
    return counts + _members(found, members.OFFICIAL)


def write_partnerships(records: Sequence[MemberRecord], _run: ImportRun) -> Counts:
    """Groupings that people keep themselves."""
    return _members(records, members.BY_HAND)


def _members(records: Sequence[MemberRecord], source: str) -> Counts:
    ids = ids_by_number(r.number for r in records)
    known = [r for r in records if r.number in ids]
    counts = Counts(*members.put_members(known, ids, source))
    counts.unmatched = len(records) - len(known)
    return counts


def write_census(records: Sequence[CensusRecord], run: ImportRun) -> Counts:
    """One row a school and year; figures that the file withholds stay as they are held."""
    ids = ids_by_number(r.number for r in records)
    known = {(ids[r.number], r.year): r.figures for r in records if r.number in ids}
    held = _held_figures({year for _, year in known})
    new = {key: figures for key, figures in known.items() if key not in held}
    changed = {
        key: {name: figure for name, figure in figures.items() if held[key][name] != figure}
        for key, figures in known.items()
        if key in held
    }
    changed = {key: figures for key, figures in changed.items() if figures}
    facts.add_censuses(new, CENSUS)
    facts.put_censuses(changed, CENSUS)
    Change.objects.bulk_create(
        (
            _change(run, school_id, f"census.{year}.{name}", held[school_id, year][name], figure)
            for (school_id, year), figures in changed.items()
            for name, figure in figures.items()
            if held[school_id, year][name] is not None
        ),
        batch_size=BATCH,
    )
    n_same = len(known) - len(new) - len(changed)
    return Counts(len(new), len(changed), n_same, len(records) - len(known))


def _held_figures(years: Collection[int]) -> dict[tuple[int, int], Mapping[str, Value]]:
    rows = Census.objects.filter(year__in=years).values("school_id", "year", *FIGURES)
    return {(row["school_id"], row["year"]): dict(row) for row in rows}


def write_assessments(records: Sequence[AssessmentRecord], run: ImportRun) -> Counts:
    """One row a school, scale and day."""
    ids = ids_by_number(r.number for r in records)
    known = {
        (ids[r.number], r.grade.scale, r.grade.on): r.grade for r in records if r.number in ids
    }
    held = _held_grades({grade.scale for grade in known.values()})
    new = [(key[0], grade) for key, grade in known.items() if key not in held]
    changed = [
        (key, grade)
        for key, grade in known.items()
        if key in held and held[key].code != fold(grade.grade)
    ]
    facts.add_grades(new, INSPECTIONS)
    facts.put_grades([(key[0], grade) for key, grade in changed], INSPECTIONS)
    Change.objects.bulk_create(
        (
            _change(run, key[0], f"grade.{grade.scale}.{grade.on}", held[key].label, grade.grade)
            for key, grade in changed
        ),
        batch_size=BATCH,
    )
    n_unmatched = sum(r.number not in ids for r in records)
    n_same = len(records) - n_unmatched - len(new) - len(changed)
    return Counts(len(new), len(changed), n_same, n_unmatched)


def _held_grades(scales: Collection[str]) -> dict[tuple[int, str, date], HeldGrade]:
    rows = Assessment.objects.filter(scale__code__in=scales).values_list(
        "school_id", "scale__code", "on", "grade__code", "grade__label"
    )
    return {(school, scale, on): HeldGrade(code, label) for school, scale, on, code, label in rows}


def _change(run: ImportRun, school_id: int, field: str, old: Value, new: Value) -> Change:
    return Change(
        school_id=school_id,
        happening=Happening.CHANGED,
        field=field,
        old=shown(old),
        new=shown(new),
        as_at=run.as_at,
        run=run,
    )
