"""Moving one thing of a list a place up or down."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def moved(things: Sequence[T], one: T, *, up: bool) -> list[T]:
    """The list with `one` a place further up or down; as it is where it stands at that end."""
    found = list(things)
    if one not in found:
        return found
    at = found.index(one)
    to = at - 1 if up else at + 1
    if 0 <= to < len(found):
        found[at], found[to] = found[to], found[at]
    return found
