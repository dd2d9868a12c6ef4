"""Tables, and the blocks for signatures that are written as tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clusterwork.documents.errors import NoColumns, RowOfOtherLength
from clusterwork.documents.texts import Text


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its header, whether figures stand in it, and its width beside the others."""

    header: Text
    numeric: bool = False
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under column headers, which come again on each page that the table reaches.

    With `row_headers` the first cell of a row is its header, strong as a whole unless a part of
    it is said to be. With `total` the last row is a sum.
    With `tall` rows leave room for a hand to write in.
    """

    caption: Text
    columns: Sequence[Column | Text]
    rows: Sequence[Sequence[Text]]
    row_headers: bool = True
    total: bool = False
    tall: bool = False

    def __post_init__(self) -> None:
        if not self.columns:
            raise NoColumns
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                raise RowOfOtherLength(number, len(row), len(self.columns))

    def full_columns(self) -> tuple[Column, ...]:
        """The columns, those given by header alone among them."""
        return tuple(each if isinstance(each, Column) else Column(each) for each in self.columns)


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature, given or awaited: an empty `name` or `signed` leaves room to write."""

    signs_for: Text
    name: Text = ""
    role: Text = ""
    signed: Text = ""


@dataclass(frozen=True, slots=True)
class Signatures:
    """Who signs for whom, as a table with room for those who have not signed."""

    caption: Text
    signatures: Sequence[Signature]
