"""Writes the steps of a register import; decides nothing, opens no transaction of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from clusterwork.registry.imports.records import AuthorityRecord
from clusterwork.registry.models import Authority, Change, ImportRun, School
from clusterwork.registry.rules import names
from clusterwork.registry.rules.projection import to_degrees
from clusterwork.registry.rules.steps import NEW, Step
from clusterwork.registry.services import facts, groups
from clusterwork.registry.services.rows import BATCH, update_rows

WORKED_OUT = ("latitude", "longitude", *names.KEYS)


def apply_steps(run: ImportRun, steps: Sequence[Step]) -> None:
    """Writes schools, their facts and groupings, and the list of changes."""
    authorities = ensure_authorities(step.authority for step in steps if step.authority)
    _add_schools([step for step in steps if step.happening == NEW], authorities)
    _update_schools([step for step in steps if step.happening != NEW], authorities)
    facts.write_censuses(steps, run.source)
    facts.write_grades(steps, run.source)
    groups.write_groups(steps, run.as_at)
    _note_changes(run, steps)


def ensure_authorities(records: Iterable[AuthorityRecord]) -> dict[str, int]:
    """The ids of the authorities by code; those not yet held are added."""
    wanted = {record.code: record for record in records}
    held = {found.code: found for found in Authority.objects.filter(code__in=wanted)}
    missing = [record for code, record in wanted.items() if code not in held]
    made = Authority.objects.bulk_create(
        Authority(code=r.code, name=r.name, gss_code=r.gss_code, country=r.country) for r in missing
    )
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
    for start in range(0, len(steps), BATCH):
        batch = steps[start : start + BATCH]
        schools = [_filled(School(), step, authorities) for step in batch]
        _work_out(schools)
        School.objects.bulk_create(schools)
        for step, school in zip(batch, schools, strict=True):
            step.school_id = school.pk


def _update_schools(steps: Sequence[Step], authorities: dict[str, int]) -> None:
    changed = [step for step in steps if step.values]
    fields = sorted({name for step in changed for name in step.values})
    for start in range(0, len(changed), BATCH):
        batch = changed[start : start + BATCH]
        held = School.objects.in_bulk([step.school_id for step in batch])
        schools = [_filled(held[step.school_id or 0], step, authorities) for step in batch]
        _work_out(schools)
        columns = [*fields, *WORKED_OUT]
        attributes = ["authority_id" if name == "authority" else name for name in columns]
        rows = [(s.pk, *(getattr(s, name) for name in attributes)) for s in schools]
        update_rows(School, columns, rows)


def _filled(school: School, step: Step, authorities: dict[str, int]) -> School:
    for name, value in step.values.items():
        if name != "authority":
            setattr(school, name, value)
    if step.authority and (step.happening == NEW or "authority" in step.values):
        school.authority_id = authorities[step.authority.code]
    return school


def _work_out(schools: Sequence[School]) -> None:
    """Degrees from metres, search text and sort keys from names."""
    degrees = to_degrees([(school.easting, school.northing) for school in schools])
    for school, (latitude, longitude) in zip(schools, degrees, strict=True):
        school.latitude, school.longitude = latitude, longitude
        school.refresh_keys()


def _note_changes(run: ImportRun, steps: Sequence[Step]) -> None:
    changes = [change for step in steps for change in _changes_of(run, step, run.as_at)]
    Change.objects.bulk_create(changes, batch_size=5000)


def _changes_of(run: ImportRun, step: Step, as_at: date) -> list[Change]:
    differences = step.differences or [("", "", "")]
    return [
        Change(
            school_id=step.school_id or 0,
            happening=step.happening,
            field=field,
            old=old,
            new=new,
            as_at=as_at,
            run=run,
        )
        for field, old, new in differences
    ]
