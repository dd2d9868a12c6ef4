"""Grades by date: inspections and support categories, on whatever scale their body used."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.imports import kinds
from clusterwork.registry.imports.cells import Cells, RowRefused
from clusterwork.registry.imports.reading import read_rows, school_number
from clusterwork.registry.imports.records import AssessmentRecord, GradeRecord, Rejection
from clusterwork.registry.imports.table import Table, WrongHeader

WELSH_DIGITS = 7


@dataclass(frozen=True, slots=True)
class Form:
    """One way of writing grades; the scale is by the country of the school's number."""

    grade: str
    on: str
    scale: str
    scale_wales: str


FORMS = (
    Form("rating", "inspection_date", "ofsted", "estyn"),
    Form("category", "on", "support-category", "support-category"),
    Form("grade", "on", "assessment", "assessment"),
)


def open_file(source: Path | BinaryIO, name: str = "") -> Table:
    """The file as a table; raises `FileUnreadable`, among them `WrongHeader`."""
    table = Table(source, name)
    if form_of(table) is None:
        missing = ("urn", "rating", "inspection_date")
        raise WrongHeader(missing, kinds.looks_like(table, but_not="inspections"))
    return table


def form_of(table: Table) -> Form | None:
    """The way in which the file is written, or None."""
    named = [f for f in FORMS if table.has("urn") and table.has(f.grade) and table.has(f.on)]
    return named[0] if named else None


def read(table: Table, scale: str | None = None) -> Iterator[AssessmentRecord | Rejection]:
    """One record a grade. `scale` is a code for all rows; a column `scale` goes before it.

    The same grade on the same day twice is passed over; two different ones are an error.
    """
    form = form_of(table) or FORMS[0]
    first: dict[tuple[str, str, object], tuple[int, str]] = {}

    def convert(cells: Cells) -> AssessmentRecord | None:
        number, on = school_number(cells, "urn"), cells.day(form.on)
        if on is None:
            raise cells.refuse(form.on, N_("The date is missing."), N_("Fill in the date."))
        code = cells.text("scale", 40) or scale or _scale(form, number)
        grade = GradeRecord(code, cells.needed(form.grade, 80), on)
        line, before = first.setdefault((number, code, on), (cells.row.line, grade.grade))
        if line == cells.row.line:
            return AssessmentRecord(cells.row.line, number, grade)
        if before.casefold() == grade.grade.casefold():
            return None
        raise _two_grades(form, grade, line)

    return read_rows(table, convert)


def _two_grades(form: Form, grade: GradeRecord, line: int) -> RowRefused:
    reason = Message(
        N_("The school has another grade of that day in line %(line)s."), {"line": line}
    )
    return RowRefused(form.grade, grade.grade, reason, Message(N_("Keep the right one.")))


def _scale(form: Form, number: str) -> str:
    return form.scale_wales if len(number) == WELSH_DIGITS else form.scale
