"""How many pupils moved on from which school to which, by year."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from clusterwork.kernel.messages import N_
from clusterwork.registry.imports import kinds
from clusterwork.registry.imports.cells import Cells
from clusterwork.registry.imports.census import EARLIEST, LATEST
from clusterwork.registry.imports.reading import Seen, read_rows, school_number
from clusterwork.registry.imports.records import FlowRecord, Rejection
from clusterwork.registry.imports.table import Table

NEEDED = ("from_urn", "to_urn", "year", "pupils")


def open_file(source: Path | BinaryIO, name: str = "") -> Table:
    """The file as a table; raises `FileUnreadable`, among them `WrongHeader`."""
    table = Table(source, name)
    table.require(NEEDED, kinds.looks_like(table, but_not="flows"))
    return table


def read(table: Table) -> Iterator[FlowRecord | Rejection]:
    """One record a pair of schools and year."""
    seen = Seen()

    def convert(cells: Cells) -> FlowRecord:
        leaving, joining = school_number(cells, "from_urn"), school_number(cells, "to_urn")
        if leaving == joining:
            raise cells.refuse(
                "to_urn", N_("Pupils can't move on to their own school."), N_("Correct a number.")
            )
        year, pupils = cells.whole("year", LATEST), cells.whole("pupils", 20_000)
        if year is None or year < EARLIEST:
            raise cells.refuse("year", N_("This is not a year."), N_("Write a year such as 2019."))
        if pupils is None:
            raise cells.refuse(
                "pupils",
                N_("The number of pupils is missing."),
                N_("Fill it in, or remove the row."),
            )
        seen.claim((leaving, joining, year), "from_urn", cells.row, leaving)
        return FlowRecord(cells.row.line, leaving, joining, year, pupils)

    return read_rows(table, convert)
