"""Which clusters of two proposals are the same one, and who moves; plain numbers only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

Assignment = Mapping[int, int | None]


@dataclass(frozen=True)
class Mover:
    """A school that stands elsewhere in the other proposal; None: left out there."""

    school: int
    first: int | None
    second: int | None


def matched(first: Assignment, second: Assignment) -> dict[int, int]:
    """Clusters of `second` to the cluster of `first` that each continues.

    Those that share most schools are matched first, ties by the lower numbers; each cluster is
    matched once at most, and only where a school is shared.
    """
    shared = Counter(
        (first[school], number)
        for school, number in second.items()
        if number is not None and first.get(school) is not None
    )
    taken: set[int] = set()
    match: dict[int, int] = {}
    for (one, two), _n in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        if one not in taken and two not in match:
            taken.add(one)  # type: ignore[arg-type]
            match[two] = one  # type: ignore[assignment]
    return match


def movers(first: Assignment, second: Assignment) -> list[Mover]:
    """The schools whose cluster in `second` does not continue their cluster in `first`."""
    match = matched(first, second)
    moved = []
    for school in {**first, **second}:
        one, two = first.get(school), second.get(school)
        continued = match.get(two) if two is not None else None
        if one != continued or (one is None) != (two is None):
            moved.append(Mover(school, one, two))
    return moved
