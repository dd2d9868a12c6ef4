"""Finds the school of each row, refuses what can't be kept, and lists what names no school here.

A figure stays on the number that it was published under where the register holds that school. A
published figure of a school that it does not hold is kept on the one that came after, where the
links lead to exactly one and no other row is of that school and day; docs/decisions/0022.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from clusterwork.kernel.messages import N_, Message
from clusterwork.measures.imports.records import FigureRow
from clusterwork.measures.rules.days import was_there
from clusterwork.measures.selectors.numbers import Chains, Held, bare, schools_by_number
from clusterwork.registry.imports.records import Rejection


class Placed(NamedTuple):
    """A row with its school; `published_as` is empty where it is the school's own number."""

    row: FigureRow
    school: int
    published_as: str = ""


@dataclass(slots=True)
class Matching:
    """Rows come in one by one; those of schools not held wait until all are read.

    Everything that it asks of the database it asks when it is made, because its rows go straight
    into a COPY, which leaves the connection to nothing else.
    `authorities` are the ids of those whose schools may be loaded; None: all.
    """

    is_public: bool
    authorities: frozenset[int] | None = None
    rejections: list[Rejection] = field(default_factory=list)
    unmatched: Counter[str] = field(default_factory=Counter)
    chained: dict[str, str] = field(default_factory=dict)
    n_elsewhere: int = 0
    _schools: dict[str, Held] = field(default_factory=schools_by_number)
    _chains: Chains = field(default_factory=Chains)
    _lines: dict[tuple[object, ...], int] = field(default_factory=dict)
    _waiting: list[FigureRow] = field(default_factory=list)

    def place(self, row: FigureRow) -> Placed | None:
        """The row with its school; None where it is refused, left out, or has to wait."""
        school = self._schools.get(row.number) or self._schools.get(bare(row.number))
        if school is None:
            self._unknown(row)
            return None
        if self.authorities is not None and school.authority not in self.authorities:
            self.n_elsewhere += 1
            return None
        published_as = ""
        if not was_there(school.opened_on, school.closed_on, row.on, row.covers):
            if not self._came_before(school, row):
                self._refuse(row, _outside(school))
                return None
            published_as = row.number
        if line := self._claimed(row, school.id):
            self._refuse(row, _twice(line))
            return None
        return Placed(row, school.id, published_as)

    def place_waiting(self) -> Iterator[Placed]:
        """Those of schools that the register does not hold, where the links lead to one held."""
        found: dict[tuple[int, dt.date], list[FigureRow]] = defaultdict(list)
        for row in self._waiting:
            school = self._chains.later(row.number, self._schools)
            if school is None or not self._may_take(school, row):
                self.unmatched[row.number] += 1
            else:
                found[school.id, row.on].append(row)
                self.chained[row.number] = school.number
        for (school_id, _on), rows in found.items():
            numbers = {row.number for row in rows}
            if len(numbers) > 1 or any(self._claimed(row, school_id) for row in rows):
                self._leave_out(rows)
            else:
                yield from (Placed(row, school_id, row.number) for row in rows)

    def _unknown(self, row: FigureRow) -> None:
        if self.is_public:
            self._waiting.append(row)
        else:
            self.unmatched[row.number or "–"] += 1
            self._refuse(row, _no_such(row.number))

    def _may_take(self, school: Held, row: FigureRow) -> bool:
        here = self.authorities is None or school.authority in self.authorities
        return here and was_there(None, school.closed_on, row.on, row.covers)

    def _came_before(self, school: Held, row: FigureRow) -> bool:
        """Whether a published figure is of the school before it opened under this number."""
        before = school.opened_on is not None and school.opened_on > row.on
        return self.is_public and before and self._chains.has_predecessor(row.number)

    def _claimed(self, row: FigureRow, school_id: int) -> int:
        """The line of an earlier row with a figure of the same school, day, measure and group."""
        if self.is_public:
            return self._line((school_id, row.on), row.line)
        found = 0
        for cell in row.cells:
            found = found or self._line((school_id, row.on, cell.measure, cell.group), row.line)
        return found

    def _line(self, key: tuple[object, ...], line: int) -> int:
        first = self._lines.setdefault(key, line)
        return 0 if first == line else first

    def _leave_out(self, rows: list[FigureRow]) -> None:
        for row in rows:
            self.unmatched[row.number] += 1
            self.chained.pop(row.number, None)

    def _refuse(self, row: FigureRow, why: tuple[Message, Message]) -> None:
        self.rejections.append(Rejection(row.line, "", row.number, *why, row.fields))


def _no_such(number: str) -> tuple[Message, Message]:
    return (
        Message(
            N_("The register holds no school with this number: %(number)s."),
            {"number": number or "–"},
        ),
        Message(N_("Correct the number, or add the school to the register first.")),
    )


def _outside(school: Held) -> tuple[Message, Message]:
    told = {
        "opened": school.opened_on.isoformat() if school.opened_on else "–",
        "closed": school.closed_on.isoformat() if school.closed_on else "–",
    }
    text = N_(
        "The school was not open at the time of the figure. Opened: %(opened)s. Closed: %(closed)s."
    )
    step = N_("Correct the day or the number, or mend the school's dates in the register.")
    return Message(text, told), Message(step)


def _twice(line: int) -> tuple[Message, Message]:
    text = N_("Another figure of the same school, measure, group and date is in line %(line)s.")
    return Message(text, {"line": line}), Message(N_("Keep the right one of the two rows."))
