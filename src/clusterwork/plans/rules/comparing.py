"""What changed from one submission of a plan to the next, part by part and field by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
WHOLE = "plan"
UNSEEN = ("uid", "place", "version")


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field with what stood there before and what stands there now."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class PartChange:
    """A part of a plan that was added, removed or changed; `part` is the newer of the two."""

    section: str
    uid: str
    what: str
    part: Mapping[str, Any]
    fields: tuple[FieldChange, ...] = ()


def changes_between(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[PartChange, ...]:
    """All parts that differ between two contents (see `content`), in the order of the newer one.

    Parts are matched by their `uid`; a part that only moved has not changed. Fields of the plan
    itself come first, as one part of the section `plan`.
    """
    found = [*_of_whole(old.get(WHOLE, {}), new.get(WHOLE, {}))]
    for section in dict.fromkeys((*new, *old)):
        if isinstance(new.get(section, old.get(section)), list):
            found += _of_section(section, old.get(section, ()), new.get(section, ()))
    return tuple(found)


def _of_whole(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[PartChange]:
    fields = _fields(old, new)
    if fields:
        yield PartChange(WHOLE, "", CHANGED, new, fields)


def _of_section(
    section: str, old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]
) -> Iterator[PartChange]:
    before = {part["uid"]: part for part in old}
    after = {part["uid"]: part for part in new}
    for uid, part in after.items():
        if uid not in before:
            yield PartChange(section, uid, ADDED, part)
        elif fields := _fields(before[uid], part):
            yield PartChange(section, uid, CHANGED, part, fields)
    for uid, part in before.items():
        if uid not in after:
            yield PartChange(section, uid, REMOVED, part)


def _fields(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[FieldChange, ...]:
    names = [name for name in dict.fromkeys((*new, *old)) if name not in UNSEEN]
    return tuple(
        FieldChange(name, old.get(name), new.get(name))
        for name in names
        if old.get(name) != new.get(name)
    )
