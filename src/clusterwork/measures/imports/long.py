"""Reads our own template: one figure a row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from clusterwork.kernel.messages import N_, Message
from clusterwork.measures.imports.columns import places_of
from clusterwork.measures.imports.days import day_of
from clusterwork.measures.imports.reading import Measures, Sheet, lacks, refused
from clusterwork.measures.imports.records import Cell, FigureRow
from clusterwork.measures.rules.values import (
    Allowed,
    FigureRefused,
    Read,
    check_counts,
    check_day,
    check_group,
    read,
)
from clusterwork.registry.imports.cells import Cells, RowRefused
from clusterwork.registry.imports.table import Row
from clusterwork.registry.rules.names import fold

NEEDED = ("measure", "school_number", "value")
MOST_COUNTED = 2_000_000


class LongReader:
    """Reads one row after another. Raises `WrongHeader` when it is made.

    `groups` are the codes of groups by how people may write them, folded.
    """

    def __init__(
        self,
        sheet: Sheet,
        measures: Measures,
        groups: Mapping[str, str],
        today: dt.date,
        year: int | None,
    ) -> None:
        self.sheet, self.measures, self.groups = sheet, measures, groups
        self.today, self.year = today, year
        self.places = places_of(sheet.header)
        if missing := [name for name in NEEDED if name not in self.places]:
            raise lacks(sheet, missing)

    def __call__(self, row: Row) -> FigureRow:
        """The row's one figure. Raises `RowRefused`."""
        pk, allowed = self._measure(row)
        on = day_of(row, self.places, self.sheet, self.today, self.year)
        group = self._group(row)
        said = self._said(row, allowed, group, on)
        some, of_all = self._count(row, "numerator"), self._count(row, "denominator")
        try:
            check_counts(some, of_all)
        except FigureRefused as problem:
            raise refused(self._heading("numerator"), str(some), problem) from problem
        cell = Cell(pk, group, said.value, said.code, of_all, some)
        source = Cells(self.sheet.table, row).text(self._heading("source"), 200)
        return FigureRow(
            row.line, self._text(row, "school_number"), on, (cell,), row.fields, allowed.covers,
            source,
        )  # fmt: skip

    def _heading(self, column: str) -> str:
        place = self.places.get(column)
        return column if place is None else self.sheet.header[place]

    def _text(self, row: Row, column: str) -> str:
        place = self.places.get(column)
        return "" if place is None else row.fields[place].strip()

    def _measure(self, row: Row) -> tuple[int, Allowed]:
        code = self._text(row, "measure")
        found = self.measures.get(code.casefold())
        if found is None:
            raise RowRefused(
                self._heading("measure"),
                code,
                Message(N_("There is no measure with this code: %(code)s."), {"code": code or "–"}),
                Message(N_("Write the code of a measure as the catalogue has it.")),
            )
        return found

    def _group(self, row: Row) -> str:
        text = self._text(row, "group")
        return self.groups.get(fold(text), text) if text else "all"

    def _said(self, row: Row, allowed: Allowed, group: str, on: dt.date) -> Read:
        heading = "value"
        try:
            said = read(self._text(row, "value"), allowed)
            heading = "group"
            check_group(group, allowed)
            heading = "date" if self._text(row, "date") else "year"
            check_day(on, allowed, self.today)
        except FigureRefused as problem:
            raise refused(self._heading(heading), self._text(row, heading), problem) from problem
        return said

    def _count(self, row: Row, column: str) -> int | None:
        return Cells(self.sheet.table, row).whole(self._heading(column), MOST_COUNTED)
