"""Reads rows of one school each with a column for every measure; quick, because they are many."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.measures.imports.columns import places_of
from clusterwork.measures.imports.days import day_of
from clusterwork.measures.imports.editions import columns_of, place_of
from clusterwork.measures.imports.layouts import WIDE, Column, Layout
from clusterwork.measures.imports.reading import (
    Measures,
    Sheet,
    YearMissing,
    check_year,
    lacks,
    refused,
)
from clusterwork.measures.imports.records import Cell, FigureRow
from clusterwork.measures.rules.days import end_of_year
from clusterwork.measures.rules.values import (
    Allowed,
    FigureRefused,
    Read,
    check_counts,
    check_day,
    check_group,
    read,
    within,
)
from clusterwork.registry.imports.raw import FileUnreadable
from clusterwork.registry.imports.records import Notice
from clusterwork.registry.imports.table import Row, normal
from clusterwork.registry.rules.names import fold

SILENT = Read()
NOWHERE = -1


@dataclass(slots=True)
class Place:
    """Where a figure and its counts stand in a row, and what its texts were found to say."""

    heading: str
    measure: int
    allowed: Allowed
    group: str
    at: int
    denominator: int = NOWHERE
    numerator: int = NOWHERE
    worked_out: bool = False
    said: dict[tuple[str, str], Read | FigureRefused] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Dated:
    """A row's day, the code of its blank cells, and what is wrong with each measure then."""

    on: dt.date
    blank: str
    wrong: dict[int, Problem]


class WideReader:
    """Reads one row after another. Raises `WrongHeader` or `YearMissing` when it is made.

    `groups` are the codes of groups by how people may write them, folded.
    """

    def __init__(
        self,
        sheet: Sheet,
        layout: Layout,
        measures: Measures,
        groups: Mapping[str, str],
        today: dt.date,
        year: int | None,
    ) -> None:
        self.groups = groups
        self.sheet, self.layout, self.today, self.year = sheet, layout, today, year
        own = layout.code == WIDE
        self.ours = places_of(sheet.header) if own else {}
        self.headings = {normal(heading): place for place, heading in enumerate(sheet.header)}
        self.has_year = bool(layout.year) and normal(layout.year) in self.headings
        columns = [] if own else columns_of(layout, sheet, self.headings)
        self._check_header(own)
        columns = columns or self._of_measures(measures)
        self.number = self.ours["school_number"] if own else self.headings[normal(layout.number)]
        self.places = [self._place(column, measures) for column in columns]
        self.days: dict[str, Dated] = {}
        self.counts: dict[str, int | None] = {}

    def __call__(self, row: Row) -> FigureRow | None:
        """The row's figures, or None for a row that sums up others. Raises `RowRefused`."""
        number = row.fields[self.number].strip()
        if number in self.layout.passed_over:
            return None
        dated = self._dated(row)
        cells, covers = [], "school_year"
        for place in self.places:
            said = self._said(place, row, dated)
            if said is SILENT:
                continue
            if dated.wrong and (problem := dated.wrong.get(place.measure)):
                raise refused(place.heading, row.fields[place.at], problem)
            cells.append(self._cell(place, row, said))
            if place.allowed.covers == "day":
                covers = "day"
        return FigureRow(row.line, number, dated.on, tuple(cells), row.fields, covers)

    def _check_header(self, own: bool) -> None:
        if own and "school_number" not in self.ours:
            raise lacks(self.sheet, ["school_number"])
        says_when = {"year", "date"} & set(self.ours) if own else self.has_year
        if not says_when and self.year is None:
            raise YearMissing

    def _of_measures(self, measures: Measures) -> list[Column]:
        """Our own wide form: a heading is a measure's code, or code and group with a colon."""
        found, unknown = [], []
        ours = set(self.ours.values())
        for place, heading in enumerate(self.sheet.header):
            code, _colon, group = (part.strip() for part in heading.partition(":"))
            if place in ours or not heading.strip():
                continue
            if code.casefold() in measures:
                group = self.groups.get(fold(group), group) or "all"
                found.append(Column(heading, code.casefold(), group))
            else:
                unknown.append(heading)
        if not found:
            raise lacks(self.sheet, unknown or ["ks2-maths-expected"])
        for column in found:
            try:
                check_group(column.group, measures[column.measure][1])
            except FigureRefused as problem:
                raise unreadable(problem) from problem
        self._note(unknown)
        return found

    def _note(self, unknown: list[str]) -> None:
        if unknown:
            text = N_("Columns that are no measures were not read: %(columns)s.")
            told = {"columns": ", ".join(unknown)[:300]}
            self.sheet.table.notices.append(Notice(0, Message(text, told)))

    def _place(self, column: Column, measures: Measures) -> Place:
        pk, allowed = measures[column.measure]
        denominator, numerator = (
            self.headings.get(normal(heading), NOWHERE) if heading else NOWHERE
            for heading in (column.denominator, column.numerator)
        )
        at = place_of(column, self.headings)
        at = NOWHERE if at is None else at
        heading = column.heading if at == NOWHERE else self.sheet.header[at]
        return Place(
            heading, pk, allowed, column.group, at, denominator, numerator, column.worked_out
        )

    def _dated(self, row: Row) -> Dated:
        text = self._day_text(row)
        if (dated := self.days.get(text)) is None:
            on = self._day(row, text)
            fills = self.has_year and on.year < self.layout.blank_before
            blank = self.layout.blank if fills else ""
            dated = self.days[text] = Dated(on, blank, self._wrong(on))
        return dated

    def _day_text(self, row: Row) -> str:
        if self.has_year:
            return row.fields[self.headings[normal(self.layout.year)]]
        names = [name for name in ("date", "year") if name in self.ours]
        return "|".join(row.fields[self.ours[name]] for name in names)

    def _day(self, row: Row, text: str) -> dt.date:
        if self.has_year:
            return end_of_year(check_year(text, self.layout.year, self.today))
        return day_of(row, self.ours, self.sheet, self.today, self.year)

    def _wrong(self, on: dt.date) -> dict[int, Problem]:
        wrong: dict[int, Problem] = {}
        for place in self.places:
            try:
                check_day(on, place.allowed, self.today)
            except FigureRefused as problem:
                wrong[place.measure] = problem
        return wrong

    def _said(self, place: Place, row: Row, dated: Dated) -> Read:
        text = "" if place.worked_out else row.fields[place.at]
        if place.worked_out:
            return self._worked_out(place, row)
        key = text, dated.blank
        said = place.said.get(key)
        if said is None:
            said = place.said[key] = _read(text.strip(), dated.blank, place.allowed)
        if isinstance(said, FigureRefused):
            raise refused(place.heading, text, said)
        return said

    def _worked_out(self, place: Place, row: Row) -> Read:
        some = self._count(place.numerator, row)
        of_all = self._count(place.denominator, row)
        if some is None or not of_all:
            return SILENT
        if some > of_all:
            self._check(place, row, some, of_all)
        return Read(value=within(round(Decimal(100 * some) / of_all, 1), place.allowed))

    def _cell(self, place: Place, row: Row, said: Read) -> Cell:
        some, of_all = self._count(place.numerator, row), self._count(place.denominator, row)
        if some is not None and of_all is not None and some > of_all:
            self._check(place, row, some, of_all)
        return Cell(place.measure, place.group, said.value, said.code, of_all, some)

    def _check(self, place: Place, row: Row, some: int, of_all: int) -> None:
        try:
            check_counts(some, of_all)
        except FigureRefused as problem:
            raise refused(self.sheet.header[place.numerator], str(some), problem) from problem

    def _count(self, at: int, row: Row) -> int | None:
        if at == NOWHERE:
            return None
        text = row.fields[at]
        if text not in self.counts:
            self.counts[text] = int(bare) if (bare := text.strip()).isdecimal() else None
        return self.counts[text]


def _read(text: str, blank: str, allowed: Allowed) -> Read | FigureRefused:
    if not text:
        return Read(code=blank) if blank else SILENT
    try:
        return read(text, allowed)
    except FigureRefused as problem:
        return problem


def unreadable(problem: Problem) -> Problem:
    """A problem with a column as one with the whole file."""
    return FileUnreadable(problem.what, why=problem.why, next_step=problem.next_step)
