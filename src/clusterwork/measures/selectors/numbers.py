"""Schools by every number under which figures are published, and those that came after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from clusterwork.registry.models import LinkKind, School, SchoolLink
from clusterwork.registry.rules.chains import edges_back, turned, walk

CHAINED = (LinkKind.PREDECESSOR, LinkKind.SUCCESSOR)


class Held(NamedTuple):
    """A school that the register holds, its number, its life, and its authority."""

    id: int
    number: str
    opened_on: dt.date | None
    closed_on: dt.date | None
    authority: int


def schools_by_number() -> dict[str, Held]:
    """Every school by URN, Welsh number, and authority with establishment number. One query.

    Where two schools have a number, the URN goes first, then the Welsh number.
    """
    found: dict[str, Held] = {}
    rows = list(
        School.objects.order_by("-closed_on", "id").values_list(
            "id", "urn", "welsh_number", "la_estab", "opened_on", "closed_on", "authority_id"
        )
    )
    for place in (1, 2, 3):
        for row in rows:
            if number := bare(str(row[place] or "")):
                shown = str(row[1] or row[2] or row[3])
                found.setdefault(number, Held(row[0], shown, row[4], row[5], row[6]))
    return found


def bare(number: str) -> str:
    """The digits of a number, however it is parted: 9253001 of 925/3001, 125176 of 125176.0."""
    return "".join(c for c in number.removesuffix(".0") if c.isdigit())


class Chains:
    """The official links, both ways. One query, when it is made."""

    def __init__(self) -> None:
        links: Iterable[tuple[str, str, str]] = SchoolLink.objects.filter(
            kind__in=CHAINED
        ).values_list("number", "other_number", "kind")
        self._back = edges_back(links)
        self._forth = turned(self._back)

    def has_predecessor(self, number: str) -> bool:
        """Whether the links name a school that came before."""
        return bool(self._back.get(number))

    def later(self, number: str, held: dict[str, Held]) -> Held | None:
        """The nearest school after `number` that the register holds; None where there are two."""
        steps = [(n, each) for each, n in walk(number, self._forth).items() if each in held]
        if not steps:
            return None
        fewest = min(n for n, _ in steps)
        nearest = [each for n, each in steps if n == fewest]
        return held[nearest[0]] if len(nearest) == 1 else None
