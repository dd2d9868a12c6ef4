"""Which figure stands for a school in a year: its own, or that of a school that it came out of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from clusterwork.measures.rules.rolling import Part
from clusterwork.measures.rules.years import year_of


@dataclass(frozen=True, slots=True)
class Row:
    """A current figure as it is held. `school` is who it is held of, `number` under which it was
    published where that is another than the school's, `authority` the school's."""

    part: Part
    school: int
    authority: int
    measure: int
    on: dt.date
    number: str
    is_public: bool

    @property
    def pk(self) -> int:
        """The figure's id."""
        return int(str(self.part.key))


Place = tuple[int, int, int]  # school, measure, year


def by_place(rows: Iterable[Row]) -> dict[Place, Row]:
    """Of each school, measure and school year the latest figure."""
    found: dict[Place, Row] = {}
    for row in sorted(rows, key=lambda row: (row.on, row.pk)):
        found[row.school, row.measure, year_of(row.on)] = row
    return found


def standing_for(
    place: Place, rows: Mapping[Place, Row], before: Sequence[Sequence[int]]
) -> tuple[Row, ...]:
    """A school's figures of a year. `before` are the schools that it came out of, step by step.

    Its own value goes first, then those of the nearest earlier schools that have one (several,
    where it came out of several), then a code in the same order. Empty where there is nothing.
    """
    school, measure, year = place
    steps = [[rows.get((each, measure, year)) for each in step] for step in ([school], *before)]
    for is_wanted in (_has_value, bool):
        for step in steps:
            if found := tuple(row for row in step if row is not None and is_wanted(row)):
                return found
    return ()


def _has_value(row: Row) -> bool:
    return row.part.value is not None
