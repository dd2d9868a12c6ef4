"""The fields of one row by column, as values; refuses a row with the reason and the remedy."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.imports.records import Rejection
from clusterwork.registry.imports.table import Row, Table, normal

# What the official files write where they have nothing to say.
SILENT = frozenset(
    ["", "not applicable", "does not apply", "not reported", "not recorded", "none", "n/a"]
)
# Codes for figures that are withheld or not collected (performance tables, Welsh statistics).
WITHHELD = frozenset(
    [
        "",
        "supp",
        "ne",
        "np",
        "na",
        "lowcov",
        "new",
        "n/a",
        "x",
        "z",
        "c",
        "u",
        "..",
        ".",
        "*",
        ":",
        "-",
    ]
)
MIDNIGHT = r"(?:[T ]0?0:00(?::00(?:\.0+)?)?)?"  # which programs add to a day
DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})" + MIDNIGHT)
YEAR_FIRST = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})" + MIDNIGHT)
UNKNOWN_DAY = date(1900, 1, 1)  # how the official files write "long ago"


class RowRefused(Exception):
    """A row can't be taken: in which column, what is wrong with its value, what to do."""

    def __init__(self, column: str, value: str, reason: Message, next_step: Message) -> None:
        self.column, self.value, self.reason, self.next_step = column, value, reason, next_step
        super().__init__(f"{column}: {value}: {reason}")

    def rejection(self, row: Row) -> Rejection:
        """As a record of the row that it refuses."""
        return Rejection(row.line, self.column, self.value, self.reason, self.next_step, row.fields)


class Cells:
    """One row, read by the names of its columns. A column that the file lacks reads as empty."""

    __slots__ = ("_places", "row")

    def __init__(self, table: Table, row: Row) -> None:
        self.row, self._places = row, table.places

    def raw(self, column: str) -> str:
        """The field as it stands, without spaces around it."""
        place = self._places.get(normal(column))
        return "" if place is None else self.row.fields[place].strip()

    def text(self, column: str, longest: int = 120) -> str:
        """A text, or "" where the source is silent. Refuses one longer than the column holds."""
        value = self.raw(column)
        if value.casefold() in SILENT:
            return ""
        return self._short_enough(column, value, longest)

    def _short_enough(self, column: str, value: str, longest: int) -> str:
        if len(value) <= longest:
            return value
        told = {"n": len(value), "most": longest}
        reason = Message(N_("The text has %(n)s characters; %(most)s can be kept."), told)
        raise RowRefused(column, value, reason, Message(N_("Shorten it.")))

    def needed(self, column: str, longest: int = 200) -> str:
        """A text that must be there; "Does not apply" is the name of a few authorities abroad."""
        value = self.raw(column)
        if not value:
            reason = Message(N_("Nothing is written in a column that every row needs."))
            raise RowRefused(column, value, reason, Message(N_("Fill it in.")))
        return self._short_enough(column, value, longest)

    def whole(self, column: str, most: int = 2_000_000) -> int | None:
        """A whole number from 0 to `most`, or None where the source is silent."""
        value = self.raw(column)
        if value.casefold() in SILENT or value.casefold() in WITHHELD:
            return None
        number = _number(value)
        if number is None or number != int(number) or not 0 <= number <= most:
            reason = Message(N_("This is not a whole number from 0 to %(most)s."), {"most": most})
            raise RowRefused(column, value, reason, Message(N_("Correct the number.")))
        return int(number)

    def percent(self, column: str) -> float | None:
        """A percentage from 0 to 100 as a share from 0 to 1, or None."""
        return self._share(column, 100)

    def share(self, column: str) -> float | None:
        """A share from 0 to 1, or None."""
        return self._share(column, 1)

    def _share(self, column: str, most: int) -> float | None:
        value = self.raw(column)
        if value.casefold() in WITHHELD:
            return None
        number = _number(value.removesuffix("%").strip())
        if number is None or not 0 <= number <= most:
            reason = Message(N_("This is not a number from 0 to %(most)s."), {"most": most})
            raise RowRefused(column, value, reason, Message(N_("Correct the number.")))
        return round(number / most, 6)

    def day(self, column: str) -> date | None:
        """A date in either official form, or None where it is empty or 1 January 1900."""
        value = self.raw(column)
        if value.casefold() in SILENT:
            return None
        if (found := _day(value)) is None:
            reason = Message(N_("This is not a date."))
            step = Message(N_("Write the date as 2022-04-25 or 25-04-2022."))
            raise RowRefused(column, value, reason, step)
        return None if found == UNKNOWN_DAY else found

    def refuse(self, column: str, reason: str, next_step: str, **params: object) -> RowRefused:
        """The error to raise for this column."""
        return RowRefused(column, self.raw(column), Message(reason, params), Message(next_step))


def _number(value: str) -> float | None:
    try:
        number = float(value.replace(",", "")) if value.isascii() else None
    except ValueError:
        return None
    return number if number is not None and abs(number) < 1e12 else None


@lru_cache(maxsize=8192)
def _day(value: str) -> date | None:
    if found := YEAR_FIRST.fullmatch(value):
        year, month, day = (int(part) for part in found.groups())
    elif found := DAY_FIRST.fullmatch(value):
        day, month, year = (int(part) for part in found.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
