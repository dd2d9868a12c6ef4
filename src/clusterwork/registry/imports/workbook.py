"""A sheet of an Excel workbook as the lines of a CSV file; knows no columns."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any, BinaryIO
from xml.parsers import expat

from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.imports.raw import SAVE_AS_CSV, FileMissing, FileUnreadable

MAGIC = b"PK\x03\x04"
UNPACKED_MOST = 60_000_000  # bytes of all the workbook's parts together
PARTS_MOST = 2_000
COLUMNS_MOST = 1_000  # tables of results have four hundred
ROWS_MOST = 1_100_000  # a sheet that is formatted to its end has 1,048,576
CELL_MOST = 32_767  # characters; Excel itself keeps no more in a cell
WRITTEN_MOST = UNPACKED_MOST  # characters of all cells together: one text may stand in many
CHUNK = 65_536


class NotAWorkbook(FileUnreadable):
    """The archive is no workbook, is damaged, or is protected by a password."""

    def __init__(self, name: str) -> None:
        super().__init__(
            Message(N_("The file can't be read as an Excel workbook: %(name)s."), {"name": name}),
            next_step=SAVE_AS_CSV,
        )


class WorkbookTooLarge(FileUnreadable):
    """The workbook holds far more than a list of schools or clusters has."""

    def __init__(self, name: str) -> None:
        super().__init__(
            Message(
                N_("The workbook holds more than any list of schools: %(name)s."), {"name": name}
            ),
            next_step=Message(
                N_("Copy the rows into a new workbook, or save the sheet as CSV (UTF-8).")
            ),
        )


class NoSuchSheet(FileUnreadable):
    """The workbook has no sheet of the name that was given."""

    def __init__(self, sheet: str, sheets: Iterable[str]) -> None:
        super().__init__(
            Message(N_("The workbook has no sheet of this name: %(sheet)s."), {"sheet": sheet}),
            next_step=Message(
                N_("Its sheets are: %(sheets)s. Name one of them, or none for the first."),
                {"sheets": ", ".join(sheets)},
            ),
        )


def opened(source: Path | BinaryIO) -> BinaryIO:
    """The file at its start; raises `FileMissing`."""
    if not isinstance(source, Path):
        source.seek(0)
        return source
    try:
        return source.open("rb")
    except OSError as error:
        raise FileMissing(source.name) from error


def is_workbook(file: BinaryIO) -> bool:
    """Whether the file starts as a ZIP archive does, which every workbook is."""
    file.seek(0)
    start = file.read(len(MAGIC))
    file.seek(0)
    return start == MAGIC


def as_csv(file: BinaryIO, name: str, sheet: str = "", *, percents: bool = False) -> io.BytesIO:
    """The sheet of that name, or the first; line by line as in the sheet.

    With `percents`, what a cell shows as 95.1% is written so, and not as the 0.951 that it holds.
    Days are written as 2022-04-25. Raises `NotAWorkbook`, `WorkbookTooLarge` or `NoSuchSheet`.
    """
    try:
        _check_parts(file, name)
        rows = _rows(file, name, sheet, percents)
        return _written(rows, name)
    except FileUnreadable:
        raise
    except Exception as error:  # openpyxl lets through whatever a damaged part makes it meet
        raise NotAWorkbook(name) from error


def _check_parts(file: BinaryIO, name: str) -> None:
    with zipfile.ZipFile(file) as archive:
        parts = archive.infolist()
        if len(parts) > PARTS_MOST or sum(part.file_size for part in parts) > UNPACKED_MOST:
            raise WorkbookTooLarge(name)
        for part in parts:
            with archive.open(part) as content:
                if declares_a_type(content):
                    raise NotAWorkbook(name)


class _Known(Exception):
    """The part has begun in earnest, or has declared a document type before."""


def declares_a_type(content: IO[bytes]) -> bool:
    """Whether an XML part declares a document type, in whatever encoding and however far down.

    Entities are declared there only; no workbook has one. What is no XML declares nothing.
    """
    found: list[str] = []
    parser = expat.ParserCreate()

    def declared(name: str, *_: object) -> None:
        found.append(name)
        raise _Known

    def begun(*_: object) -> None:
        raise _Known

    parser.StartDoctypeDeclHandler = declared
    parser.StartElementHandler = begun
    try:
        while chunk := content.read(CHUNK):
            parser.Parse(chunk, False)
    except (_Known, expat.ExpatError):
        pass
    return bool(found)


def sheets_of(file: BinaryIO) -> tuple[str, ...]:
    """The names of the sheets of a workbook that has been read."""
    from openpyxl import load_workbook

    file.seek(0)
    book = load_workbook(file, read_only=True, keep_links=False)
    return tuple(each.title for each in book.worksheets)


def _rows(file: BinaryIO, name: str, sheet: str, percents: bool) -> Iterator[list[str]]:
    from openpyxl import load_workbook

    file.seek(0)
    book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
    sheets = [each.title for each in book.worksheets]
    asked = next((each for each in sheets if each.casefold() == sheet.casefold()), None)
    if not sheets or (sheet and asked is None):
        raise NoSuchSheet(sheet, sheets)
    found = book[asked or sheets[0]]
    found.reset_dimensions()
    for number, row in enumerate(_values(found, percents), 1):
        if number > ROWS_MOST or (len(row) > COLUMNS_MOST and any(row[COLUMNS_MOST:])):
            raise WorkbookTooLarge(name)
        if any(isinstance(value, str) and len(value) > CELL_MOST for value in row):
            raise WorkbookTooLarge(name)
        yield _without_tail([_text(value) for value in row[:COLUMNS_MOST]])


def _values(sheet: Any, percents: bool) -> Iterator[tuple[Any, ...]]:
    if not percents:
        yield from sheet.iter_rows(values_only=True)
        return
    for row in sheet.iter_rows():
        yield tuple(_as_shown(cell) for cell in row)


def _as_shown(cell: Any) -> Any:
    value = cell.value
    if type(value) in (int, float) and "%" in cell.number_format:
        return f"{round(value * 100, 8)}%"
    return value


def _without_tail(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _written(rows: Iterable[list[str]], name: str) -> io.BytesIO:
    """Short rows are filled up to the width of the first; empty lines keep their place."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    width, empty = 0, 0
    for cells in rows:
        if not cells:
            empty += 1
            continue
        out.write("\n" * empty)
        width, empty = width or len(cells), 0
        writer.writerow([*cells, *[""] * (width - len(cells))])
        if out.tell() > WRITTEN_MOST:
            raise WorkbookTooLarge(name)
    return io.BytesIO(out.getvalue().encode())


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).replace("\x00", "").split())
