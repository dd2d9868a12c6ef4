"""A sheet of a workbook is read as a CSV file of the same lines."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

import pytest
from openpyxl import Workbook

from clusterwork.registry.imports import workbook
from clusterwork.registry.imports.raw import FileUnreadable
from clusterwork.registry.imports.table import Table


def book_of(*rows: list[Any], **sheets: list[list[Any]]) -> io.BytesIO:
    book = Workbook()
    first = book.active
    for row in rows:
        first.append(row)
    for title, others in sheets.items():
        sheet = book.create_sheet(title)
        for row in others:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    out.seek(0)
    return out


def read(file: io.BytesIO, sheet: str = "") -> Table:
    return Table(workbook.as_csv(file, "a.xlsx", sheet), "a.xlsx")


class TestASheet:
    def test_keeps_its_lines(self) -> None:
        table = read(book_of(["cluster", "n"], [], ["A", 1], [None, None], ["B", 2.0]))
        assert [(row.line, row.fields) for row in table] == [(3, ("A", "1")), (5, ("B", "2"))]

    def test_writes_days_ticks_and_lines_within_a_cell_plainly(self) -> None:
        (row,) = read(book_of(["a", "b", "c"], [dt.date(2019, 9, 1), True, "two\nlines, one"]))
        assert row.fields == ("2019-09-01", "yes", "two lines, one")

    def test_short_rows_are_filled_and_long_ones_refused(self) -> None:
        short, long = read(book_of(["a", "b"], ["x"], ["x", "y", "z"]))
        assert short.fields == ("x", "")
        assert "3" in str(long.reason)

    def test_is_the_first_or_the_one_that_is_named(self) -> None:
        file = book_of(["a"], ["1"], Years=[["a"], ["2"]])
        assert [row.fields for row in read(file)] == [("1",)]
        assert [row.fields for row in read(file, "years")] == [("2",)]
        with pytest.raises(workbook.NoSuchSheet, match="Sheet, Years"):
            read(file, "2019")


class TestRefusals:
    def test_an_archive_that_is_no_workbook(self) -> None:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("a.txt", "x")
        with pytest.raises(workbook.NotAWorkbook):
            read(out)

    def test_a_damaged_one(self) -> None:
        whole = book_of(["a"], ["1"]).getvalue()
        for cut in (whole[:-30], whole[: len(whole) // 2], b"PK\x03\x04rest"):
            with pytest.raises(FileUnreadable):
                read(io.BytesIO(cut))

    def test_one_that_unpacks_to_too_much(self) -> None:
        out = io.BytesIO(book_of(["a"]).getvalue())
        with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/media/big.xml", b"0" * (workbook.UNPACKED_MOST + 1))
        with pytest.raises(workbook.WorkbookTooLarge):
            read(out)

    def test_one_that_declares_entities(self) -> None:
        out = io.BytesIO(book_of(["a"]).getvalue())
        with zipfile.ZipFile(out, "a") as archive:
            archive.writestr("xl/bomb.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
        with pytest.raises(workbook.NotAWorkbook):
            read(out)

    def test_one_that_declares_them_in_another_encoding_or_far_down(self) -> None:
        bomb = '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
        for part in (bomb.encode("utf-16"), (f"<!--{'x' * 100_000}-->" + bomb).encode()):
            out = io.BytesIO(book_of(["a"]).getvalue())
            with zipfile.ZipFile(out, "a") as archive:
                archive.writestr("xl/bomb.xml", part)
            with pytest.raises(workbook.NotAWorkbook):
                read(out)

    def test_one_whose_few_texts_stand_in_many_cells(self, monkeypatch: Any) -> None:
        monkeypatch.setattr(workbook, "WRITTEN_MOST", 100_000)
        with pytest.raises(workbook.WorkbookTooLarge):
            read(book_of(*(["x" * 1_000] * 20 for _ in range(20))))

    def test_one_with_more_in_a_cell_than_excel_keeps(self) -> None:
        out = io.BytesIO()
        with zipfile.ZipFile(book_of(["short"])) as old, zipfile.ZipFile(out, "w") as new:
            for part in old.infolist():
                long = b"x" * (workbook.CELL_MOST + 1)
                new.writestr(part.filename, old.read(part).replace(b"short", long))
        with pytest.raises(workbook.WorkbookTooLarge):
            read(out)

    def test_one_with_more_columns_than_any_list(self) -> None:
        row = [""] * (workbook.COLUMNS_MOST + 1)
        with pytest.raises(workbook.WorkbookTooLarge):
            read(book_of([*row, "x"]))
