"""A CSV file as rows with the lines they stand on; knows nothing of schools."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from clusterwork.kernel.formulas import as_it_stood
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.imports.raw import SAVE_AS_CSV, FileUnreadable, RawFile
from clusterwork.registry.imports.records import Notice, Rejection
from clusterwork.registry.imports.rejected import ADDED

BOM = b"\xef\xbb\xbf"
FIRST_LINES = 100  # among which the names of the columns must stand
LONGEST_ROW = 50  # physical lines that one quoted row may span
MENDED = Message(N_("Mend the row in the file, or save the file again from where it came from."))


class EmptyFile(FileUnreadable):
    """There is not even a line with the names of the columns."""

    def __init__(self, name: str) -> None:
        super().__init__(
            Message(N_("The file is empty: %(name)s."), {"name": name}),
            next_step=Message(N_("Choose the file that you downloaded.")),
        )


class ColumnTwice(FileUnreadable):
    """Two columns have the same name, so it can't be known which is meant."""

    def __init__(self, column: str) -> None:
        super().__init__(
            Message(N_("Two columns have the same name: %(column)s."), {"column": column}),
            next_step=Message(N_("Rename or remove one of them and try again.")),
        )


class WrongHeader(FileUnreadable):
    """Columns are missing from the first line of the file."""

    def __init__(self, missing: Sequence[str], looks_like: Message | None) -> None:
        self.missing = tuple(missing)
        super().__init__(
            Message(
                N_("The first line of the file lacks these columns: %(columns)s."),
                {"columns": ", ".join(missing)},
            ),
            why=looks_like,
            next_step=Message(N_("Check that you chose the right file and its source.")),
        )


@dataclass(frozen=True, slots=True)
class Row:
    """The fields of one row and the line it starts on (the first line of the file is 1)."""

    line: int
    fields: tuple[str, ...]


class Table:
    """Rows of a CSV file, gzip or plain, UTF-8 or Windows-1252, with or without a BOM.

    Iterating yields `Row` or `Rejection`, once. `last_is_free` is the official file's own last
    column, which the site leaves unquoted: surplus fields that look like it are joined to it.
    A file of rejected rows, known by its added columns, is read without the apostrophes put in it.
    A line that is good UTF-8 is taken as such, which is wrong only for the few pairs of an accented
    capital and a sign that are a letter in UTF-8 by chance.
    """

    def __init__(
        self,
        source: Path | BinaryIO,
        name: str = "",
        *,
        last_is_free: tuple[str, re.Pattern[str]] | None = None,
    ) -> None:
        self.raw = RawFile(source, name)
        self.notices: list[Notice] = []
        self._last_is_free = last_is_free
        self._joined: list[int] = []
        self._windows_line = 0
        self._lines = self._decoded(self.raw.lines())
        self.header = self._read_header()
        self._is_mended = self.header[-len(ADDED) :] == ADDED
        if self._is_mended:
            self.header = tuple(map(as_it_stood, self.header))
        self.places = self._places()

    def __iter__(self) -> Iterator[Row | Rejection]:
        pending: list[tuple[int, str]] = []
        while True:
            first = pending.pop(0) if pending else next(self._lines, None)
            if first is None:
                break
            row, left = self._row_from(first, pending)
            pending = left
            if isinstance(row, Row) and self._is_mended:
                row = Row(row.line, tuple(map(as_it_stood, row.fields)))
            if row is not None:
                yield row
        self._note_oddities()

    def has(self, column: str) -> bool:
        """Whether the file has the column; case and spaces around it don't matter."""
        return normal(column) in self.places

    def require(self, columns: Iterable[str], looks_like: Message | None = None) -> None:
        """Raises `WrongHeader` where a column is missing."""
        if missing := [column for column in columns if not self.has(column)]:
            raise WrongHeader(missing, looks_like)

    def line_of_names(self, columns: Iterable[str]) -> int | None:
        """The line among the next ones that names all these columns; reads on to find it."""
        wanted = set(map(normal, columns))
        for line, text in islice(self._lines, FIRST_LINES):
            fields = _parsed([(line, text)]) or ()
            if wanted <= set(map(normal, fields)):
                return line
        return None

    def _read_header(self) -> tuple[str, ...]:
        for line, text in islice(self._lines, FIRST_LINES):
            if text.strip():
                return self._header_of(line, text)
        raise EmptyFile(self.raw.name)

    def _header_of(self, line: int, text: str) -> tuple[str, ...]:
        row, pending = self._row_from((line, text), [], free_width=True)
        if not isinstance(row, Row) or pending or "\x00" in text:
            raise FileUnreadable(
                Message(N_("The first line of the file can't be read.")), next_step=SAVE_AS_CSV
            )
        return row.fields

    def _places(self) -> dict[str, int]:
        places: dict[str, int] = {}
        for place, column in enumerate(self.header):
            if column.strip() and places.setdefault(normal(column), place) != place:
                raise ColumnTwice(column)
        return places

    def _decoded(self, lines: Iterator[bytes]) -> Iterator[tuple[int, str]]:
        for number, raw in enumerate(lines, 1):
            bare = raw.removeprefix(BOM) if number == 1 else raw
            try:
                yield number, bare.decode("utf-8")
            except UnicodeDecodeError:
                self._windows_line = self._windows_line or number
                yield number, bare.decode("cp1252", errors="replace")

    def _row_from(
        self,
        first: tuple[int, str],
        pending: list[tuple[int, str]],
        *,
        free_width: bool = False,
    ) -> tuple[Row | Rejection | None, list[tuple[int, str]]]:
        """The row that starts on a line, and the lines that were looked at but not used."""
        taken, left = self._whole_row(first, pending)
        line, text = first
        fields = _parsed(taken)
        if fields is not None and not any(map(str.strip, fields)):
            return None, left
        if fields is not None and free_width:
            return Row(line, fields), left
        fitted = fields and self._fitted(line, fields)
        if isinstance(fitted, Row):
            is_plain = not any("\x00" in part for _, part in taken)
            return (fitted if is_plain else _readable(fitted)), left
        if len(taken) > 1:  # a quotation mark that is never closed must not swallow good rows
            return _open_quote(line, text), [*taken[1:], *left]
        return fitted or _open_quote(line, text), left

    def _whole_row(
        self, first: tuple[int, str], pending: list[tuple[int, str]]
    ) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
        taken, left = [first], list(pending)
        n_quotes = first[1].count('"')
        while n_quotes % 2 and len(taken) < LONGEST_ROW:
            following = left.pop(0) if left else next(self._lines, None)
            if following is None:
                break
            taken.append(following)
            n_quotes += following[1].count('"')
        return taken, left

    def _fitted(self, line: int, fields: tuple[str, ...]) -> Row | Rejection:
        surplus = len(fields) - len(self.header)
        if surplus == 0:
            return Row(line, fields)
        if surplus > 0 and self._may_join(fields[len(self.header) - 1 :]):
            self._joined.append(line)
            kept = len(self.header) - 1
            return Row(line, (*fields[:kept], ",".join(fields[kept:])))
        return _ragged(line, fields, len(self.header))

    def _may_join(self, parts: Sequence[str]) -> bool:
        if self._last_is_free is None:
            return False
        column, pattern = self._last_is_free
        is_last = normal(self.header[-1]) == normal(column)
        return is_last and all(pattern.fullmatch(part.strip()) for part in parts)

    def _note_oddities(self) -> None:
        if self._joined:
            told = {
                "column": self.header[-1],
                "lines": ", ".join(map(str, self._joined[:20]))
                + ("…" if self._joined[20:] else ""),
            }
            text = N_(
                "Commas without quotation marks were joined. Column: %(column)s. Lines: %(lines)s."
            )
            self.notices.append(Notice(0, Message(text, told)))
        if self._windows_line:
            text = N_(
                "The file is not UTF-8; it was read as Windows-1252. First such line: %(line)s."
            )
            self.notices.append(
                Notice(self._windows_line, Message(text, {"line": self._windows_line}))
            )


@lru_cache(maxsize=1024)
def normal(column: str) -> str:
    """A column's name without case and surplus spaces."""
    return " ".join(column.casefold().split())


def _parsed(lines: Sequence[tuple[int, str]]) -> tuple[str, ...] | None:
    """The fields, or None where quotation marks are open or the line can't be parted."""
    texts = [text for _, text in lines]
    if sum(text.count('"') for text in texts) % 2:
        return None
    try:
        rows = list(csv.reader(texts))
    except csv.Error:
        return None
    return tuple(rows[0]) if len(rows) == 1 else None


def _readable(row: Row) -> Row | Rejection:
    """The row, unless it holds the null character, which no database keeps as text."""
    for place, field in enumerate(row.fields):
        if "\x00" in field:
            shown = tuple(part.replace("\x00", "") for part in row.fields)
            reason = Message(N_("The text holds a null character, which can't be kept."))
            return Rejection(row.line, "", shown[place], reason, MENDED, shown)
    return row


def _ragged(line: int, fields: tuple[str, ...], wanted: int) -> Rejection:
    told = {"found": len(fields), "wanted": wanted}
    text = N_("The row has %(found)s fields; the first line has %(wanted)s columns.")
    step = N_("Put quotation marks round the field that holds a comma, or add what is missing.")
    last = fields[-1] if fields else ""
    return Rejection(line, "", last, Message(text, told), Message(step), fields)


def _open_quote(line: int, text: str) -> Rejection:
    reason = Message(N_("A quotation mark is opened and not closed."))
    step = Message(N_("Close the quotation mark, or write it twice where it belongs to the text."))
    shown = text.rstrip("\r\n")
    return Rejection(line, "", shown[:80], reason, step, (shown,))
