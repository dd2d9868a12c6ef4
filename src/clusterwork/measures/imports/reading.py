"""Reads a file of figures by its layout, CSV or workbook, into rows and rejections."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.measures.imports.layouts import LAYOUTS, LONG
from clusterwork.measures.imports.records import FigureRow
from clusterwork.measures.rules.values import Allowed
from clusterwork.measures.rules.years import ending
from clusterwork.registry.imports import kinds, workbook
from clusterwork.registry.imports.cells import RowRefused
from clusterwork.registry.imports.raw import FileUnreadable
from clusterwork.registry.imports.records import Notice, Rejection
from clusterwork.registry.imports.rejected import ADDED
from clusterwork.registry.imports.table import Row, Table, WrongHeader

EARLIEST = 1990
OF_KINDS = {
    "results": "ks2", "examinations": "ks4", "absence": "absence", "census": "census",
    "pupils": "pupils", "measured": LONG,
}  # fmt: skip
"""The layouts of kinds of files."""
MOST_NAMED = 20  # columns that are named in a message
Measures = Mapping[str, tuple[int, Allowed]]
"""By code: the measure's id and what it allows."""


class YearMissing(FileUnreadable):
    """Neither the file nor whoever brings it says which year the figures are of."""

    def __init__(self) -> None:
        super().__init__(
            Message(N_("The file does not say which year its figures are of.")),
            next_step=Message(N_("Say the year in which the school year ended, 2019 for 2018/19.")),
        )


@dataclass(slots=True)
class Sheet:
    """A file opened to be read once, row by row; a `book` if nobody said which of its sheets."""

    table: Table
    sha256: str
    header: tuple[str, ...]
    book: BinaryIO | None = None
    n_read: int = 0
    n_passed_over: int = 0

    @property
    def notices(self) -> list[Notice]:
        """What was put up with; complete after the last row."""
        found = list(self.table.notices)
        if self.n_passed_over:
            text = N_("Rows that sum up others were passed over: %(n)s.")
            found.append(Notice(0, Message(text, {"n": self.n_passed_over})))
        return found


@contextmanager
def open_sheet(source: Path | BinaryIO, name: str = "", sheet: str = "") -> Iterator[Sheet]:
    """The file; raises `FileUnreadable`. `sheet` names a sheet of a workbook."""
    file = workbook.opened(source)
    try:
        name = name or (source.name if isinstance(source, Path) else "")
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type,unused-ignore]
        is_book = workbook.is_workbook(file)
        lines = workbook.as_csv(file, name, sheet, percents=True) if is_book else file
        table = Table(lines, name)
        mended = table.header[-len(ADDED) :] == ADDED
        header = table.header[: -len(ADDED)] if mended else table.header
        yield Sheet(table, sha256, header, file if is_book and not sheet else None)
    finally:
        if isinstance(source, Path):
            file.close()


def rows_of(
    sheet: Sheet, convert: Callable[[Row], FigureRow | None]
) -> Iterator[FigureRow | Rejection]:
    """Each row converted; None is passed over. What is wrong with a figure refuses its row."""
    for row in sheet.table:
        sheet.n_read += 1
        if isinstance(row, Rejection):
            yield row
            continue
        try:
            found = convert(row)
        except RowRefused as refusal:
            yield refusal.rejection(row)
            continue
        if found is None:
            sheet.n_passed_over += 1
        else:
            yield found


def refused(column: str, value: str, problem: Problem) -> RowRefused:
    """The row's refusal for what is wrong with one of its figures."""
    reason = problem.what
    if problem.why:
        reason = Message("%(what)s %(why)s", {"what": problem.what, "why": problem.why})
    return RowRefused(column, value, reason, problem.next_step or Message(N_("Correct it.")))


def lacks(sheet: Sheet, columns: Sequence[str]) -> WrongHeader:
    """For a file of another kind than it was taken for, or with something above its table."""
    told = (*columns[:MOST_NAMED], *["…"][: len(columns) - MOST_NAMED])
    return WrongHeader(told, _why(sheet, columns))


def _why(sheet: Sheet, columns: Sequence[str]) -> Message | None:
    if line := sheet.table.line_of_names(columns):
        text = N_("Names of columns stand further down. Line: %(line)s. Delete the lines above it.")
        return Message(text, {"line": line})
    if layout := LAYOUTS.get(OF_KINDS.get(kinds.kind_of(sheet.table) or "", "")):
        text = N_("The file looks as if it were laid out so: %(layout)s (%(code)s).")
        return Message(text, {"layout": Message(layout.name), "code": layout.code})
    if looks_like := kinds.looks_like(sheet.table, but_not=""):
        return looks_like
    if sheet.book and len(sheets := workbook.sheets_of(sheet.book)) > 1:
        text = N_("The first sheet was read. The workbook has these: %(sheets)s.")
        return Message(text, {"sheets": ", ".join(sheets)[:300]})
    return None


def check_year(text: str, column: str, today: dt.date) -> int:
    """The year in which the school year ended, as text. Raises `RowRefused`."""
    year = ending(text)
    if year is not None and EARLIEST <= year <= today.year:
        return year
    raise RowRefused(
        column,
        text,
        Message(N_("This is not the year of a school year's end.")),
        Message(N_("Write the year in which the school year ended, 2019 for 2018/19.")),
    )
