"""Trusts, federations and sponsors (GIAS), and which schools joined them when."""

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

NEEDED = ("Group UID", "Group Name", "Group Type")
KINDS = {
    "federation": "federation",
    "trust": "trust",
    "multi-academy trust": "trust",
    "single-academy trust": "trust",
    "umbrella trust": "trust",
    "school sponsor": "sponsor",
}


def open_file(source: Path | BinaryIO, name: str = "") -> Table:
    """The list of groups or the list of their members; raises `FileUnreadable`."""
    table = Table(source, name)
    table.require(NEEDED, kinds.looks_like(table, but_not="groups"))
    return table


def is_of_members(table: Table) -> bool:
    """Whether the file names schools, one a row, rather than groups."""
    return table.has("URN")


def read(table: Table) -> Iterator[PartnershipRecord | MemberRecord | Rejection]:
    """One record a group, or one a school in a group. Dates of 1900-01-01 are unknown."""
    return read_members(table) if is_of_members(table) else read_groups(table)


def read_groups(table: Table) -> Iterator[PartnershipRecord | Rejection]:
    """One record a group."""
    seen = Seen()

    def convert(cells: Cells) -> PartnershipRecord:
        group = _group(cells)
        seen.claim(group.identifier, "Group UID", cells.row, group.identifier)
        return group

    return read_rows(table, convert)


def read_members(table: Table) -> Iterator[MemberRecord | Rejection]:
    """One record a school in a group, from the day it joined."""
    seen = Seen()

    def convert(cells: Cells) -> MemberRecord:
        number, group = school_number(cells, "URN"), _group(cells)
        seen.claim((number, group.identifier), "URN", cells.row, number)
        joined_on = cells.day("Joined date")
        if joined_on and group.closed_on and group.closed_on <= joined_on:
            raise cells.refuse(
                "Joined date",
                N_("The school would join on or after the day on which the group closed."),
                N_("Correct one of the two dates."),
            )
        return MemberRecord(cells.row.line, number, group, joined_on, group.closed_on)

    return read_rows(table, convert)


def _group(cells: Cells) -> PartnershipRecord:
    kind_name = cells.needed("Group Type", 80)
    opened_on = cells.day("Open date") or cells.day("Incorporated on (open date)")
    closed_on = cells.day("Closed Date")
    if opened_on and closed_on and closed_on < opened_on:
        raise cells.refuse(
            "Closed Date",
            N_("The group would close before it opened, which was on %(opened_on)s."),
            N_("Correct one of the two dates."),
            opened_on=opened_on.isoformat(),
        )
    return PartnershipRecord(
        line=cells.row.line,
        kind=KINDS.get(kind_name.casefold(), "other"),
        kind_name=kind_name,
        name=cells.needed("Group Name"),
        identifier=cells.needed("Group UID", 20),
        opened_on=opened_on,
        closed_on=closed_on,
    )
