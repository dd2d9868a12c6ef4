"""A CSV file becomes rows with their lines, however it was saved."""

from __future__ import annotations

import gzip
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterwork.kernel.messages import Message
from clusterwork.registry.imports import raw
from clusterwork.registry.imports.raw import (
    FileCutShort,
    FileMissing,
    FileUnreadable,
    LineTooLong,
    NotATable,
    UnpacksToTooMuch,
)
from clusterwork.registry.imports.records import Rejection
from clusterwork.registry.imports.rejected import write_rejected
from clusterwork.registry.imports.table import ColumnTwice, EmptyFile, Row, Table, WrongHeader
from clusterwork.registry.tests.made import as_file, csv_text

LAST = ("links", re.compile(r"\d+ \w+"))
# Letters that Windows-1252 has too. Its signs are left out: "â–£" in Windows-1252 is also a sign
# in UTF-8, and nobody could tell which was meant.
TEXT = st.text(st.sampled_from("abcXYZ 019,;'\"\nâêîôûéïÿ"), min_size=1, max_size=12)


def rows_of(table: Table) -> list[Row | Rejection]:
    return list(table)


class TestReadsHoweverItWasSaved:
    @given(
        rows=st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=5),
        encoding=st.sampled_from(["utf-8", "utf-8-sig", "cp1252"]),
        packed=st.booleans(),
        ends=st.sampled_from(["\n", "\r\n"]),
    )
    def test_gives_back_every_field(
        self, rows: list[tuple[str, str]], encoding: str, packed: bool, ends: str
    ) -> None:
        text = csv_text([{"name": name, "town": town} for name, town in rows])
        raw = text.replace("\r\n", ends).encode(encoding)
        table = Table(as_file(raw, packed=packed))
        found = [row.fields for row in rows_of(table) if isinstance(row, Row)]
        blank = [row for row in rows if not any(map(str.strip, row))]
        assert [tuple(part.replace("\r\n", "\n") for part in row) for row in found] == [
            row for row in rows if row not in blank
        ]

    def test_knows_the_physical_line_of_each_row(self) -> None:
        table = Table(as_file('name,town\nA,B\n\n"two\nlines",C\nD,E\n'))
        assert [(row.line, row.fields) for row in rows_of(table) if isinstance(row, Row)] == [
            (2, ("A", "B")),
            (4, ("two\nlines", "C")),
            (6, ("D", "E")),
        ]

    def test_says_that_it_read_windows_1252(self) -> None:
        table = Table(as_file("name\nLlyn\nLlŷn\n".replace("ŷ", "ï").encode("cp1252")))
        assert [row.fields for row in rows_of(table) if isinstance(row, Row)] == [
            ("Llyn",),
            ("Llïn",),
        ]
        assert [notice.line for notice in table.notices] == [3]

    def test_finds_columns_by_name_whatever_their_case(self) -> None:
        assert Table(as_file("URN , Name\n1,A\n")).has("urn")


class TestRaggedRows:
    def test_joins_surplus_fields_of_the_official_last_column(self) -> None:
        table = Table(as_file("urn,links\n1,11 Predecessor, 12 Successor\n"), last_is_free=LAST)
        (row,) = rows_of(table)
        assert isinstance(row, Row)
        assert row.fields == ("1", "11 Predecessor, 12 Successor")
        assert "2" in str(table.notices[0].text)

    def test_refuses_a_surplus_that_is_not_of_that_column(self) -> None:
        table = Table(as_file("name,links\nSmith, Jones,11 Predecessor\n"), last_is_free=LAST)
        (refused,) = rows_of(table)
        assert isinstance(refused, Rejection)

    @pytest.mark.parametrize("line", ["A", "A,B,C"])
    def test_refuses_any_other_row_of_another_width(self, line: str) -> None:
        (refused, good) = rows_of(Table(as_file(f"name,town\n{line}\nD,E\n")))
        assert isinstance(refused, Rejection)
        assert (refused.line, refused.fields) == (2, tuple(line.split(",")))
        assert isinstance(good, Row)

    def test_an_open_quotation_mark_does_not_swallow_good_rows(self) -> None:
        rows = rows_of(Table(as_file('name,town\n"A,B\nC,D\nE,F\n')))
        assert [type(row) for row in rows] == [Rejection, Row, Row]
        assert rows[0].line == 2

    @pytest.mark.parametrize("row", [b"A\x00,B\n", b'"A\nB\x00",C\n'])
    def test_refuses_a_null_character(self, row: bytes) -> None:
        (refused,) = rows_of(Table(as_file(b"name,town\n" + row)))
        assert isinstance(refused, Rejection)
        assert "\x00" not in "".join(refused.fields)


class TestMendedFiles:
    def test_are_read_without_the_apostrophes_that_were_put_in(self) -> None:
        out = io.StringIO()
        reason = Message("no")
        refused = Rejection(2, "=b", "", reason, reason, ("=1+1", "'tis"))
        write_rejected(out, ["a", "=b"], [refused])
        assert "'=1+1,'tis,2,'=b," in out.getvalue()
        table = Table(as_file(out.getvalue()))
        assert table.header[:2] == ("a", "=b")
        (row,) = rows_of(table)
        assert isinstance(row, Row)
        assert row.fields[:2] == ("=1+1", "'tis")

    def test_any_other_file_keeps_its_apostrophes(self) -> None:
        (row,) = rows_of(Table(as_file("a,b\n'=1,2\n")))
        assert isinstance(row, Row)
        assert row.fields == ("'=1", "2")


class TestFilesThatAreFarTooLarge:
    @pytest.mark.parametrize("packed", [False, True])
    def test_a_line_that_is_no_row(self, packed: bool) -> None:
        with pytest.raises(LineTooLong):
            Table(as_file(b"x" * (raw.LONGEST_LINE + 1), packed=packed))

    def test_a_small_file_that_unpacks_to_far_more(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(raw, "UNPACKED_FREE", 10_000)
        table = Table(as_file(b"name\n" + b"aaaaaaaaa\n" * 200_000, packed=True))
        with pytest.raises(UnpacksToTooMuch):
            rows_of(table)
        assert len(rows_of(Table(as_file(b"name\n" + b"aaaaaaaaa\n" * 2_000)))) == 2_000

    def test_never_more_than_the_most(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(raw, "UNPACKED_MOST", 1_000)
        with pytest.raises(UnpacksToTooMuch):
            rows_of(Table(as_file(b"name\n" + b"aaaaaaaaa\n" * 200, packed=True)))

    def test_empty_lines_without_end(self) -> None:
        with pytest.raises(EmptyFile):
            Table(as_file(b"\n" * 1_000 + b"name\n"))


class TestFilesThatCannotBeRead:
    def test_a_truncated_gzip(self) -> None:
        whole = gzip.compress(("name\n" + "".join(f"{n * 7919}\n" for n in range(50_000))).encode())
        with pytest.raises(FileCutShort) as caught:
            rows_of(Table(io.BytesIO(whole[: len(whole) // 2]), "schools.csv.gz"))
        assert caught.value.line > 0

    def test_a_damaged_gzip(self) -> None:
        whole = bytearray(gzip.compress(b"name\n" + b"some name\n" * 500))
        whole[len(whole) // 2] ^= 0xFF
        with pytest.raises(FileUnreadable):
            rows_of(Table(io.BytesIO(bytes(whole))))

    @pytest.mark.parametrize("start", [b"PK\x03\x04rest", b"\xff\xfeU\x00", b"%PDF-1.7"])
    def test_a_file_of_another_kind(self, start: bytes) -> None:
        with pytest.raises(NotATable):
            Table(io.BytesIO(start))

    @pytest.mark.parametrize("text", ["", "\n\n"])
    def test_an_empty_file(self, text: str) -> None:
        with pytest.raises(EmptyFile):
            Table(as_file(text))

    def test_a_column_that_is_there_twice(self) -> None:
        with pytest.raises(ColumnTwice):
            Table(as_file("URN,name,urn\n"))

    def test_a_file_that_is_not_there(self, tmp_path: object) -> None:
        from pathlib import Path

        with pytest.raises(FileMissing):
            Table(Path(str(tmp_path)) / "absent.csv")

    def test_a_header_without_a_needed_column(self) -> None:
        with pytest.raises(WrongHeader) as caught:
            Table(as_file("name\nA\n")).require(["name", "URN"])
        assert caught.value.missing == ("URN",)
