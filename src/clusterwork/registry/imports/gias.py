"""The register of England (GIAS) by its official column names; any order, any further columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import BinaryIO

from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.imports import kinds
from clusterwork.registry.imports.cells import Cells
from clusterwork.registry.imports.places import position, postcode
from clusterwork.registry.imports.reading import Seen, read_rows
from clusterwork.registry.imports.records import (
    AuthorityRecord,
    GradeRecord,
    GroupRecord,
    Notice,
    Rejection,
    SchoolRecord,
    Value,
)
from clusterwork.registry.imports.table import Table
from clusterwork.registry.rules import phases

NEEDED = (
    "URN",
    "LA (code)",
    "LA (name)",
    "EstablishmentName",
    "EstablishmentStatus (name)",
    "PhaseOfEducation (name)",
)
# The official file ends with a list of links whose commas the site does not quote.
LAST_COLUMN = (
    "Linked establishments",
    re.compile(r"(?:\d{5,7} .*|Does not have links|Has links|Not applicable|)", re.IGNORECASE),
)
TEXTS = {
    "type_name": "TypeOfEstablishment (name)",
    "type_group": "EstablishmentTypeGroup (name)",
    "religious_character": "ReligiousCharacter (name)",
    "diocese": "Diocese (name)",
    "gender": "Gender (name)",
    "street": "Street",
    "locality": "Locality",
    "town": "Town",
    "county": "County (name)",
}
MOST_PUPILS = 200_000  # colleges and online schools are larger than any other
WHOLES = {
    "low_age": ("StatutoryLowAge", 120),
    "high_age": ("StatutoryHighAge", 120),
    "capacity": ("SchoolCapacity", MOST_PUPILS),
}
COUNTS = {"pupils": "NumberOfPupils", "boys": "NumberOfBoys", "girls": "NumberOfGirls"}
GROUPS = {"trust": "Trusts", "federation": "Federations"}
INSPECTION_SCALE = "ofsted"
CENTRES = "children's centres"  # a group of types of establishment
WELSH_AUTHORITIES = range(660, 682)


def open_file(source: Path | BinaryIO, name: str = "") -> Table:
    """The file as a table; raises `FileUnreadable`, among them `WrongHeader`."""
    table = Table(source, name, last_is_free=LAST_COLUMN)
    table.require(NEEDED, kinds.looks_like(table, but_not="gias"))
    return table


def read(table: Table, as_at: date) -> Iterator[SchoolRecord | Rejection]:
    """One record a school. Figures without a census date are those of the year of `as_at`.

    Until 2021 the register listed children's centres too, under numbers of their own kind.
    """
    seen, n_centres = Seen(), 0

    def convert(cells: Cells) -> SchoolRecord | None:
        nonlocal n_centres
        if cells.raw("EstablishmentTypeGroup (name)").casefold() == CENTRES:
            n_centres += 1
            return None
        urn = _urn(cells)
        seen.claim(urn, "URN", cells.row, str(urn))
        return SchoolRecord(
            line=cells.row.line,
            authority=_authority(cells),
            values={"urn": urn, **_values(table, cells)},
            censuses=_censuses(cells, as_at),
            grades=_grades(cells),
            groups=_groups(table, cells),
        )

    yield from read_rows(table, convert)
    if n_centres:
        text = N_("Children's centres are no schools and were passed over: %(n)s.")
        table.notices.append(Notice(0, Message(text, {"n": n_centres})))


def _urn(cells: Cells) -> int:
    value = cells.raw("URN")
    if not value:
        raise cells.refuse(
            "URN",
            N_("The row has no URN, so it can't be known which school it is."),
            N_("Fill in the URN, or enter a setting without a number by hand."),
        )
    if not (value.isascii() and value.isdigit() and len(value) == 6):
        raise cells.refuse(
            "URN", N_("This is not a URN, which has six digits."), N_("Correct the URN.")
        )
    return int(value)


def _authority(cells: Cells) -> AuthorityRecord:
    code = cells.needed("LA (code)", 10)
    is_welsh = code.isdigit() and int(code) in WELSH_AUTHORITIES
    return AuthorityRecord(
        code=code,
        name=cells.needed("LA (name)"),
        gss_code=cells.text("GSSLACode (name)", 9),
        country="W" if is_welsh else "E",
    )


def _values(table: Table, cells: Cells) -> dict[str, Value]:
    status_name = cells.needed("EstablishmentStatus (name)")
    phase_name = cells.text("PhaseOfEducation (name)")
    type_name = cells.text("TypeOfEstablishment (name)")
    return {
        "name": cells.needed("EstablishmentName"),
        "phase_name": phase_name,
        "phase": phases.phase_of(phase_name, type_name),
        "status_name": status_name,
        "status": status(cells, "EstablishmentStatus (name)", status_name),
        **{field: cells.text(name) for field, name in TEXTS.items() if table.has(name)},
        **{
            field: cells.whole(name, most)
            for field, (name, most) in WHOLES.items()
            if table.has(name)
        },
        **_numbers(table, cells),
        **dates(table, cells, "OpenDate", "CloseDate"),
        **place(table, cells, "Easting", "Northing"),
        **({"postcode": postcode(cells.text("Postcode", 10))} if table.has("Postcode") else {}),
    }


def _numbers(table: Table, cells: Cells) -> dict[str, Value]:
    if not table.has("EstablishmentNumber"):
        return {}
    number = cells.text("EstablishmentNumber", 10)
    return {"la_estab": f"{cells.raw('LA (code)')}/{number}" if number else ""}


def status(cells: Cells, column: str, filed: str) -> str:
    """The status in our words; refuses words that are not known."""
    if found := phases.status_of(filed):
        return found
    raise cells.refuse(
        column,
        N_("This status is not known."),
        N_("Write Open, Closed or Proposed to open."),
    )


def dates(table: Table, cells: Cells, opened: str, closed: str) -> dict[str, Value]:
    """The dates whose columns the file has; refuses a school that closes before it opens."""
    opened_on, closed_on = cells.day(opened), cells.day(closed)
    if opened_on and closed_on and closed_on < opened_on:
        raise cells.refuse(
            closed,
            N_("The school would close before it opened, which was on %(opened_on)s."),
            N_("Correct one of the two dates."),
            opened_on=opened_on.isoformat(),
        )
    found = {"opened_on": (opened, opened_on), "closed_on": (closed, closed_on)}
    return {field: day for field, (column, day) in found.items() if table.has(column)}


def place(table: Table, cells: Cells, east: str, north: str) -> dict[str, Value]:
    """Easting and northing where the file has both columns."""
    if not (table.has(east) and table.has(north)):
        return {}
    easting, northing = position(cells, east, north)
    return {"easting": easting, "northing": northing}


def _censuses(cells: Cells, as_at: date) -> Mapping[int, Mapping[str, int | float]]:
    """The last figures, by the year of their census; of a closed school that is as good as none."""
    counted_on = cells.day("CensusDate")
    if counted_on is None:
        is_closed = phases.status_of(cells.raw("EstablishmentStatus (name)")) == "closed"
        counted_on = None if is_closed else as_at
    counts = {field: cells.whole(column, MOST_PUPILS) for field, column in COUNTS.items()}
    figures = {**counts, "fsm_share": cells.percent("PercentageFSM")}
    known = {field: figure for field, figure in figures.items() if figure is not None}
    return {counted_on.year: known} if known and counted_on else {}


def _grades(cells: Cells) -> tuple[GradeRecord, ...]:
    grade, on = cells.text("OfstedRating (name)", 80), cells.day("OfstedLastInsp")
    return (GradeRecord(INSPECTION_SCALE, grade, on),) if grade and on else ()


def _groups(table: Table, cells: Cells) -> Mapping[str, tuple[GroupRecord, ...]]:
    return {
        kind: _named_groups(cells, kind, column)
        for kind, column in GROUPS.items()
        if table.has(f"{column} (name)")
    }


def _named_groups(cells: Cells, kind: str, column: str) -> tuple[GroupRecord, ...]:
    """The official file parts several groups, and writes one twice, with a tilde."""
    names = [part.strip() for part in cells.text(f"{column} (name)", 400).split("~")]
    codes = [part.strip() for part in cells.text(f"{column} (code)", 100).split("~")]
    codes = codes if len(codes) == len(names) else [""] * len(names)
    found = {
        (name.casefold(), code): GroupRecord(kind, name[:200], code)
        for name, code in zip(names, codes, strict=True)
        if name
    }
    return tuple(found.values())
