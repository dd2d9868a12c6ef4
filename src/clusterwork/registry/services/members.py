"""Writes partnerships and the periods of their members; opens no transaction of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from clusterwork.registry.imports.records import MemberRecord, PartnershipRecord
from clusterwork.registry.models import Affiliation, Partnership
from clusterwork.registry.rules.names import fold
from clusterwork.registry.services.rows import copy_rows, update_rows

OFFICIAL, BY_HAND = "official", "hand"
FIELDS = ("kind", "kind_name", "name", "identifier", "opened_on", "closed_on")
Key = tuple[str, str]
Written = tuple[int, int, int]  # new, changed, unchanged


def key_of(kind: str, name: str, identifier: str) -> Key:
    """The official number where there is one, else the kind and the name."""
    return ("", identifier) if identifier else (kind, fold(name))


def put_partnerships(records: Sequence[PartnershipRecord], source: str) -> Written:
    """Adds and corrects partnerships; those that closed end for all their schools."""
    ids, written = _put(records, source)
    closed = {ids[_key(r)]: r.closed_on for r in records if r.closed_on}
    _end_with(closed)
    return written


def _put(records: Iterable[PartnershipRecord], source: str) -> tuple[dict[Key, int], Written]:
    wanted = {_key(record): record for record in records}
    held = _held(source)
    found = {key: held.get(key) or held.get((r.kind, fold(r.name))) for key, r in wanted.items()}
    found = {key: _same(wanted[key], p) for key, p in found.items()}
    new = [r for key, r in wanted.items() if found[key] is None]
    made = Partnership.objects.bulk_create(_made(r, source) for r in new)
    changed = [(p, wanted[key]) for key, p in found.items() if p and _differs(p, wanted[key])]
    update_rows(Partnership, FIELDS, [(p.pk, *_values(r, p)) for p, r in changed])
    ids = {key: p.pk for key, p in found.items() if p}
    ids.update({_key(r): p.pk for r, p in zip(new, made, strict=True)})
    return ids, (len(new), len(changed), len(wanted) - len(new) - len(changed))


def _key(record: PartnershipRecord) -> Key:
    return key_of(record.kind, record.name, record.identifier)


def _held(source: str) -> dict[Key, Partnership]:
    found: dict[Key, Partnership] = {}
    for partnership in Partnership.objects.filter(source=source):
        if partnership.identifier:
            found["", partnership.identifier] = partnership
        found.setdefault((partnership.kind, fold(partnership.name)), partnership)
    return found


def _same(record: PartnershipRecord, held: Partnership | None) -> Partnership | None:
    """Two groups of one name with different official numbers are two groups."""
    if held and record.identifier and held.identifier not in ("", record.identifier):
        return None
    return held


def _made(record: PartnershipRecord, source: str) -> Partnership:
    return Partnership(source=source, **{name: getattr(record, name) for name in FIELDS})


def _values(record: PartnershipRecord, held: Partnership) -> tuple[str | date | None, ...]:
    """The record's values; where it is silent, what is held."""
    return tuple(getattr(record, name) or getattr(held, name) for name in FIELDS)


def _differs(held: Partnership, record: PartnershipRecord) -> bool:
    return _values(record, held) != tuple(getattr(held, name) for name in FIELDS)


def _end_with(closed: Mapping[int, date | None]) -> None:
    rows = Affiliation.objects.filter(partnership_id__in=closed, end_on=None)
    ends = [
        (row.pk, closed[row.partnership_id])
        for row in rows
        if (day := closed[row.partnership_id]) and (row.start_on is None or row.start_on < day)
    ]
    update_rows(Affiliation, ["end_on"], ends)


@dataclass(slots=True)
class _Stay:
    """A period that the register holds already."""

    id: int
    start_on: date | None
    end_on: date | None


def put_members(records: Sequence[MemberRecord], ids: Mapping[str, int], source: str) -> Written:
    """Adds periods, and the days that were not known of periods that the register holds."""
    partnership_ids, _ = _put((r.partnership for r in records), source)
    stays = _stays(partnership_ids.values())
    new, changed = [], []
    for r in records:
        pair = (ids[r.number], partnership_ids[_key(r.partnership)])
        over = [stay for stay in stays[pair] if _overlap(stay, r)]
        if not over:
            new.append((*pair, r.start_on, r.end_on))
            stays[pair].append(_Stay(0, r.start_on, r.end_on))
        elif len(over) == 1 and over[0].id and (days := _better(over[0], r)):
            changed.append((over[0].id, *days))
    copy_rows(Affiliation, ("school", "partnership", "start_on", "end_on"), new)
    update_rows(Affiliation, ["start_on", "end_on"], changed)
    return len(new), len(changed), len(records) - len(new) - len(changed)


def _stays(partnership_ids: Iterable[int]) -> dict[tuple[int, int], list[_Stay]]:
    rows = Affiliation.objects.filter(partnership_id__in=list(partnership_ids)).values_list(
        "school_id", "partnership_id", "id", "start_on", "end_on"
    )
    stays: dict[tuple[int, int], list[_Stay]] = defaultdict(list)
    for school_id, partnership_id, pk, start_on, end_on in rows:
        stays[school_id, partnership_id].append(_Stay(pk, start_on, end_on))
    return stays


def _overlap(stay: _Stay, record: MemberRecord) -> bool:
    starts_in_time = not record.end_on or not stay.start_on or stay.start_on < record.end_on
    ends_in_time = not stay.end_on or not record.start_on or record.start_on < stay.end_on
    return starts_in_time and ends_in_time


def _better(stay: _Stay, record: MemberRecord) -> tuple[date | None, date | None] | None:
    """The days with what the record knows better: the start, and an end that was open."""
    days = (record.start_on or stay.start_on, stay.end_on or record.end_on)
    if days == (stay.start_on, stay.end_on) or (days[0] and days[1] and days[0] >= days[1]):
        return None
    return days
