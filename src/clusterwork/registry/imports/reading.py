"""What every reader of a table does: rows to records, one refusal a row, no number twice."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sized
from typing import TypeVar

from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.imports.cells import Cells, RowRefused
from clusterwork.registry.imports.raw import FileUnreadable
from clusterwork.registry.imports.records import Rejection
from clusterwork.registry.imports.table import Row, Table

RecordT = TypeVar("RecordT")
MOST_REJECTED = 10_000  # a file with more is another file than it was taken for


class TooManyRejected(FileUnreadable):
    """So many rows can't be taken that nobody would mend them one by one."""

    def __init__(self, name: str) -> None:
        super().__init__(
            Message(
                N_("Too many rows of the file can't be taken: %(name)s."),
                {"name": name},
            ),
            why=Message(N_("The reading stopped at this number: %(n)s."), {"n": MOST_REJECTED}),
            next_step=Message(N_("Check that you chose the right file and its source.")),
        )


def check_bearable(rejections: Sized, name: str) -> None:
    """Raises `TooManyRejected`."""
    if len(rejections) > MOST_REJECTED:
        raise TooManyRejected(name)


def read_rows(
    table: Table, convert: Callable[[Cells], RecordT | None]
) -> Iterator[RecordT | Rejection]:
    """Each row converted; `convert` raises `RowRefused`, or gives None for a row to pass over."""
    for row in table:
        if isinstance(row, Rejection):
            yield row
            continue
        try:
            record = convert(Cells(table, row))
        except RowRefused as refusal:
            yield refusal.rejection(row)
            continue
        if record is not None:
            yield record


class Seen:
    """The keys met so far with their lines; refuses the second row with the same key."""

    def __init__(self) -> None:
        self._lines: dict[Hashable, int] = {}

    def claim(self, key: Hashable, column: str, row: Row, value: str) -> None:
        """Raises `RowRefused` where an earlier row has the key."""
        first = self._lines.setdefault(key, row.line)
        if first != row.line:
            reason = Message(N_("The same row is already in line %(line)s."), {"line": first})
            step = Message(N_("Keep one of the two rows."))
            raise RowRefused(column, value, reason, step)


def school_number(cells: Cells, column: str) -> str:
    """A URN (six digits) or Welsh school number (seven), as text; refuses anything else."""
    value = cells.raw(column)
    if not value:
        raise cells.refuse(
            column,
            N_("The row has no school number, so it can't be known which school it is."),
            N_("Fill in the number."),
        )
    if not (value.isascii() and value.isdigit() and len(value) in (6, 7)):
        raise cells.refuse(
            column,
            N_("This is not a school number, which has six digits, in Wales seven."),
            N_("Correct the number."),
        )
    return value
