"""Links between schools (GIAS): predecessors, successors, mergers, splits; cycles are kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from clusterwork.kernel.messages import N_
from clusterwork.registry.imports import kinds
from clusterwork.registry.imports.cells import Cells
from clusterwork.registry.imports.reading import Seen, read_rows, school_number
from clusterwork.registry.imports.records import LinkRecord, Rejection
from clusterwork.registry.imports.table import Table

NEEDED = ("URN", "LinkURN", "LinkType")
# The first words of the official kinds of link; "Result of Amalgamation" names the new school.
KINDS = (
    ("predecessor", "predecessor"),
    ("successor", "successor"),
    ("result of amalgamation", "successor"),
    ("sixth form", "sixth_form"),
    ("merged", "expansion"),
    ("expansion", "expansion"),
)


def open_file(source: Path | BinaryIO, name: str = "") -> Table:
    """The file as a table; raises `FileUnreadable`, among them `WrongHeader`."""
    table = Table(source, name)
    table.require(NEEDED, kinds.looks_like(table, but_not="links"))
    return table


def read(table: Table) -> Iterator[LinkRecord | Rejection]:
    """One record a link."""
    seen = Seen()

    def convert(cells: Cells) -> LinkRecord:
        number, other = school_number(cells, "URN"), school_number(cells, "LinkURN")
        link_type = cells.needed("LinkType", 120)
        if number == other:
            raise cells.refuse(
                "LinkURN", N_("The school is linked to itself."), N_("Correct one of the numbers.")
            )
        seen.claim((number, other, link_type), "LinkURN", cells.row, other)
        return LinkRecord(
            line=cells.row.line,
            number=number,
            other_number=other,
            other_name=cells.text("LinkName", 200),
            kind=kind_of(link_type),
            link_type=link_type,
            on=cells.day("LinkEstablishedDate"),
        )

    return read_rows(table, convert)


def kind_of(link_type: str) -> str:
    """The kind in our words."""
    filed = link_type.casefold()
    return next((kind for words, kind in KINDS if filed.startswith(words)), "other")
