"""Putting together what two people wrote into the same part; knows no database.

By field: what only one of them changed is taken from that one. Lists (schools, strands' priorities)
are put together entry by entry, so that two people can add to the same list. What both changed
differently is left to whoever comes later, who sees both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from clusterwork.plans.rules.parts import Holds, Part, names_of


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that both changed: what stood there, what is there now, and what is to be saved."""

    field: str
    base: Any
    theirs: Any
    mine: Any


@dataclass(frozen=True, slots=True)
class Merged:
    """The values put together; in fields that clash they are `mine`, to be looked at again."""

    values: dict[str, Any]
    clashes: tuple[Clash, ...]
    taken: tuple[str, ...]


def lists_of(kind: type[Part]) -> frozenset[str]:
    """The fields that are merged entry by entry."""
    return frozenset(names_of(kind, Holds.SCHOOLS, Holds.PARTS))


def merged(
    base: Mapping[str, Any],
    theirs: Mapping[str, Any],
    mine: Mapping[str, Any],
    *,
    lists: frozenset[str] = frozenset(),
) -> Merged:
    """What becomes of `base` when `theirs` is there already and `mine` comes.

    `taken` are the fields in which their change went in although mine still had the base. A field
    that `mine` does not have stays as it is.
    """
    values, clashes, taken = dict(theirs), [], []
    for name in mine:
        was, now, wanted = base.get(name), theirs.get(name), mine[name]
        if name in lists:
            values[name] = _together(was or (), now or (), wanted or ())
        elif same(wanted, was):
            taken += [] if same(now, was) else [name]
        elif same(now, was) or same(now, wanted):
            values[name] = wanted
        else:
            values[name] = wanted
            clashes.append(Clash(name, was, now, wanted))
    return Merged(values, tuple(clashes), tuple(taken))


def same(one: Any, other: Any) -> bool:
    """Whether two values are equal; the order of entries does not matter."""
    if isinstance(one, tuple | list) and isinstance(other, tuple | list):
        return frozenset(one) == frozenset(other)
    return bool(one == other)


def changed_fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """The fields whose values differ, in the order of the later."""
    names = dict.fromkeys((*after, *before))
    return tuple(name for name in names if not same(before.get(name), after.get(name)))


def _together(base: Any, theirs: Any, mine: Any) -> tuple[Any, ...]:
    """Theirs, with what mine added and without what mine took out; in a fixed order."""
    added, gone = set(mine) - set(base), set(base) - set(mine)
    return tuple(sorted((set(theirs) | added) - gone, key=_place))


def _place(entry: Any) -> tuple[bool, Any]:
    return (False, entry) if isinstance(entry, int) else (True, str(entry))
