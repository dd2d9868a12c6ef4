"""Groupings that no official file lists: alliances, networks, local clusters, services."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from clusterwork.kernel.messages import N_
from clusterwork.registry.imports import kinds
from clusterwork.registry.imports.cells import Cells
from clusterwork.registry.imports.reading import Seen, read_rows, school_number
from clusterwork.registry.imports.records import MemberRecord, PartnershipRecord, Rejection
from clusterwork.registry.imports.table import Table

NEEDED = ("partnership", "kind", "urn")
KINDS = {
    "federation": "federation",
    "trust": "trust",
    "sponsor": "sponsor",
    "alliance": "alliance",
    "network": "network",
    "cluster": "cluster",
    "local cluster": "cluster",
    "secondary": "secondary",
    "business services": "business_services",
    "other": "other",
}


def open_file(source: Path | BinaryIO, name: str = "") -> Table:
    """The file as a table; raises `FileUnreadable`, among them `WrongHeader`."""
    table = Table(source, name)
    table.require(NEEDED, kinds.looks_like(table, but_not="partnerships"))
    return table


def read(table: Table) -> Iterator[MemberRecord | Rejection]:
    """One record a school in a partnership, over `since` to `until`."""
    seen = Seen()

    def convert(cells: Cells) -> MemberRecord:
        number, name = school_number(cells, "urn"), cells.needed("partnership")
        since, until = cells.day("since"), cells.day("until")
        if since and until and until <= since:
            raise cells.refuse(
                "until", N_("The end must come after the start."), N_("Correct one of the dates.")
            )
        seen.claim((number, name, since), "urn", cells.row, number)
        kind = _kind(cells)
        group = PartnershipRecord(cells.row.line, kind, cells.raw("kind"), name, "", None, None)
        return MemberRecord(cells.row.line, number, group, since, until)

    return read_rows(table, convert)


def _kind(cells: Cells) -> str:
    filed = cells.needed("kind", 80).casefold().replace("_", " ")
    if filed in KINDS:
        return KINDS[filed]
    raise cells.refuse(
        "kind",
        N_("This kind of partnership is not known. Known are: %(kinds)s."),
        N_("Write one of the known kinds, or: other."),
        kinds=", ".join(KINDS),
    )
