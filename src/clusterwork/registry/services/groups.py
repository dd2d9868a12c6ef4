"""Writes which schools join and leave trusts and federations; opens no transaction of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.db.models import Max

from clusterwork.registry.imports.records import GroupRecord
from clusterwork.registry.models import Affiliation, Partnership
from clusterwork.registry.rules.names import fold
from clusterwork.registry.rules.steps import CLOSED, NEW, Step
from clusterwork.registry.services.members import OFFICIAL, key_of
from clusterwork.registry.services.rows import copy_rows, update_rows


def write_groups(steps: Sequence[Step], as_at: date) -> None:
    """Ends what the steps leave and begins what they join.

    A school that is new to the register joined on a day that the register does not know.
    """
    _leave(steps, as_at)
    _join(steps, as_at)


def _leave(steps: Sequence[Step], as_at: date) -> None:
    last_days = {}
    for step in steps:
        closed_on = step.values.get("closed_on") if step.happening == CLOSED else None
        day = closed_on if isinstance(closed_on, date) else as_at
        last_days.update({group.affiliation_id: day for group in step.leaves})
    started = Affiliation.objects.filter(id__in=last_days, end_on=None).values_list(
        "id", "start_on"
    )
    update_rows(
        Affiliation,
        ["end_on"],
        [(pk, _after(start_on, last_days[pk])) for pk, start_on in started],
    )


def _after(start_on: date | None, day: date) -> date:
    """The day itself, or the first possible one where the period would be empty."""
    return day if start_on is None or day > start_on else start_on + timedelta(days=1)


def _join(steps: Sequence[Step], as_at: date) -> None:
    joining = [(step, group) for step in steps for group in step.joins]
    ids = ensure_partnerships(group for _, group in joining)
    pairs = [
        (
            step.school_id or 0,
            ids[key_of(group.kind, group.name, group.identifier)],
            None if step.happening == NEW else as_at,
        )
        for step, group in joining
    ]
    ended = _last_ends({school_id for school_id, _, start_on in pairs if start_on})
    rows = (
        (school_id, partnership_id, _not_before(start_on, ended.get((school_id, partnership_id))))
        for school_id, partnership_id, start_on in pairs
    )
    copy_rows(Affiliation, ("school", "partnership", "start_on"), rows)


def _last_ends(school_ids: set[int]) -> dict[tuple[int, int], date]:
    rows = (
        Affiliation.objects.filter(school_id__in=school_ids, end_on__isnull=False)
        .values_list("school_id", "partnership_id")
        .annotate(last=Max("end_on"))
    )
    return {(school_id, partnership_id): last for school_id, partnership_id, last in rows}


def _not_before(start_on: date | None, last: date | None) -> date | None:
    return max(start_on, last) if start_on and last else start_on


def ensure_partnerships(groups: Iterable[GroupRecord]) -> dict[tuple[str, str], int]:
    """Ids of official partnerships by `key_of`; those not yet held are added."""
    wanted = {key_of(group.kind, group.name, group.identifier): group for group in groups}
    held = Partnership.objects.filter(source=OFFICIAL) if wanted else Partnership.objects.none()
    found: dict[tuple[str, str], int] = {}
    for pk, kind, name, identifier in held.values_list("id", "kind", "name", "identifier"):
        if identifier:
            found["", identifier] = pk
        found.setdefault((kind, fold(name)), pk)
    missing = [(key, group) for key, group in wanted.items() if key not in found]
    made = Partnership.objects.bulk_create(
        Partnership(kind=group.kind, name=group.name, identifier=group.identifier, source=OFFICIAL)
        for _, group in missing
    )
    found.update({key: row.pk for (key, _), row in zip(missing, made, strict=True)})
    return found
