"""Writes the steps of a register import; decides nothing, opens no transaction of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from clusterwork.registry.imports.records import AuthorityRecord
from clusterwork.registry.models import Authority, Change, ImportRun, School
from clusterwork.registry.rules import names
from clusterwork.registry.rules.projection import to_degrees
from clusterwork.registry.rules.steps import NEW, Step
from clusterwork.registry.services import facts, groups
from clusterwork.registry.services.rows import (
    BATCH,
    copy_rows,
    next_ids,
    refresh_statistics,
    update_rows,
)

WORKED_OUT = ("latitude", "longitude", *names.KEYS)
DEFAULTS = {field.attname: field.get_default() for field in School._meta.concrete_fields}
MANY = 1000  # from here on the planner should look at the tables again
CHANGE = ("school", "happening", "field", "old", "new", "as_at", "run", "made_at")


def apply_steps(run: ImportRun, steps: Sequence[Step]) -> None:
    """Writes schools, their facts and groupings, and the list of changes."""
    authorities = ensure_authorities(step.authority for step in steps if step.authority)
    _add_schools([step for step in steps if step.happening == NEW], authorities)
    _update_schools([step for step in steps if step.happening != NEW], authorities)
    facts.write_censuses(steps, run.source)
    facts.write_grades(steps, run.source)
    groups.write_groups(steps, run.as_at)
    _note_changes(run, steps)
    if len(steps) >= MANY:
        refresh_statistics()


def ensure_authorities(records: Iterable[AuthorityRecord]) -> dict[str, int]:
    """The ids of the authorities by code; those not yet held are added."""
    wanted = {record.code: record for record in records}
    held = {found.code: found for found in Authority.objects.filter(code__in=wanted)}
    missing = [record for code, record in wanted.items() if code not in held]
    made = Authority.objects.bulk_create(Authority(**asdict(record)) for record in missing)
    for code, authority in held.items():
        _keep_authority(authority, wanted[code])
    return {authority.code: authority.pk for authority in (*held.values(), *made)}


def _keep_authority(authority: Authority, record: AuthorityRecord) -> None:
    """Fills what the register does not hold yet; a name that people have put right stays."""
    gaps = {
        name: value
        for name in ("gss_code", "name_cy")
        if (value := getattr(record, name)) and not getattr(authority, name)
    }
    for name, value in gaps.items():
        setattr(authority, name, value)
    if gaps:
        authority.save(update_fields=list(gaps))


def _add_schools(steps: Sequence[Step], authorities: dict[str, int]) -> None:
    ids = next_ids(School, len(steps))
    columns = [field.name for field in School._meta.concrete_fields]
    for start in range(0, len(steps), BATCH):
        batch = steps[start : start + BATCH]
        schools = [SimpleNamespace(**DEFAULTS) for _ in batch]
        for step, school, school_id in zip(batch, schools, ids[start:], strict=False):
            school.id = step.school_id = school_id
            _fill(school, step, authorities)
        _work_out(schools)
        copy_rows(School, columns, ([getattr(s, name) for name in DEFAULTS] for s in schools))


def _update_schools(steps: Sequence[Step], authorities: dict[str, int]) -> None:
    changed = [step for step in steps if step.values]
    fields = sorted({name for step in changed for name in step.values})
    for start in range(0, len(changed), BATCH):
        batch = changed[start : start + BATCH]
        held = School.objects.in_bulk([step.school_id for step in batch])
        schools = [held[step.school_id or 0] for step in batch]
        for step, school in zip(batch, schools, strict=True):
            _fill(school, step, authorities)
        _work_out(schools)
        columns = [*fields, *WORKED_OUT]
        attributes = ["authority_id" if name == "authority" else name for name in columns]
        rows = [(s.pk, *(getattr(s, name) for name in attributes)) for s in schools]
        update_rows(School, columns, rows)


def _fill(school: Any, step: Step, authorities: dict[str, int]) -> None:
    for name, value in step.values.items():
        if name != "authority":
            setattr(school, name, value)
    if step.authority and (step.happening == NEW or "authority" in step.values):
        school.authority_id = authorities[step.authority.code]


def _work_out(schools: Sequence[Any]) -> None:
    """Degrees from metres, search text and sort keys from names."""
    degrees = to_degrees([(school.easting, school.northing) for school in schools])
    for school, (latitude, longitude) in zip(schools, degrees, strict=True):
        school.latitude, school.longitude = latitude, longitude
        for key, value in names.keys_of(school).items():
            setattr(school, key, value)


def _note_changes(run: ImportRun, steps: Sequence[Step]) -> None:
    now = timezone.now()
    copy_rows(Change, CHANGE, (row for step in steps for row in _changes_of(run, step, now)))


def _changes_of(run: ImportRun, step: Step, now: datetime) -> Iterator[tuple[Any, ...]]:
    for field, old, new in step.differences or [("", "", "")]:
        yield step.school_id, step.happening, field, old, new, run.as_at, run.pk, now
