"""Clusterwork's own table of schools, for registers that no official file covers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import BinaryIO

from clusterwork.kernel.messages import N_
from clusterwork.registry.imports import kinds
from clusterwork.registry.imports.cells import Cells
from clusterwork.registry.imports.gias import dates, status
from clusterwork.registry.imports.places import BRITAIN, position, postcode
from clusterwork.registry.imports.reading import Seen, read_rows
from clusterwork.registry.imports.records import (
    AuthorityRecord,
    GroupRecord,
    Rejection,
    SchoolRecord,
    Value,
)
from clusterwork.registry.imports.table import Table
from clusterwork.registry.rules import phases

NUMBERS = ("urn", "welsh_number", "la_estab")
NEEDED = ("authority_code", "authority_name", "name", "phase")
TEXTS = {
    "name_cy": 200,
    "phase_name": 120,
    "type_name": 120,
    "type_group": 120,
    "status_name": 120,
    "religious_character": 120,
    "diocese": 120,
    "medium": 20,
    "gender": 40,
    "street": 120,
    "locality": 120,
    "town": 120,
    "county": 120,
}
WHOLES = {"low_age": 120, "high_age": 120, "capacity": 20_000}
COUNTS = ("pupils", "boys", "girls")
SHARES = ("fsm_share", "fsm_protected_share", "sen_support_share", "ehcp_share", "eal_share")
GROUPS = ("trust", "federation")
COLUMNS = (
    *NUMBERS,
    "authority_code",
    "authority_name",
    "country",
    "name",
    "name_cy",
    "phase",
    *(name for name in TEXTS if name != "name_cy"),
    *WHOLES,
    "status",
    "opened_on",
    "closed_on",
    "postcode",
    "easting",
    "northing",
    "census_year",
    *COUNTS,
    *SHARES,
    *GROUPS,
)


def open_file(source: Path | BinaryIO, name: str = "") -> Table:
    """The file as a table; raises `FileUnreadable`, among them `WrongHeader`."""
    table = Table(source, name)
    hint = kinds.looks_like(table, but_not="csv")
    table.require(NEEDED, hint)
    if not any(table.has(number) for number in NUMBERS):
        table.require([" / ".join(NUMBERS)], hint)
    return table


def read(table: Table, as_at: date) -> Iterator[SchoolRecord | Rejection]:
    """One record a school, which needs one of its three numbers."""
    seen = Seen()

    def convert(cells: Cells) -> SchoolRecord:
        numbers = _numbers(table, cells)
        for column, number in numbers.items():
            if number and (column != "la_estab" or not (numbers.get("urn"))):
                seen.claim((column, number), column, cells.row, str(number))
        return SchoolRecord(
            line=cells.row.line,
            authority=_authority(cells),
            values={**numbers, **_values(table, cells)},
            censuses=_censuses(cells, as_at),
            groups=_groups(table, cells),
        )

    return read_rows(table, convert)


def _numbers(table: Table, cells: Cells) -> dict[str, Value]:
    numbers: dict[str, Value] = {
        "urn": cells.whole("urn", 9_999_999) or None,
        "welsh_number": cells.text("welsh_number", 7) or None,
        "la_estab": cells.text("la_estab", 16),
    }
    if not any(numbers.values()):
        raise cells.refuse(
            next(number for number in NUMBERS if table.has(number)),
            N_("The row has no URN and no other number, so it can't be known which school it is."),
            N_("Fill in one of the numbers, or enter a setting without a number by hand."),
        )
    return {column: number for column, number in numbers.items() if table.has(column)}


def _authority(cells: Cells) -> AuthorityRecord:
    country = cells.text("country", 20).upper()[:1] or "E"
    if country not in ("E", "W"):
        raise cells.refuse(
            "country", N_("This country is not known."), N_("Write E for England or W for Wales.")
        )
    return AuthorityRecord(
        cells.needed("authority_code", 10), cells.needed("authority_name"), "", country
    )


def _values(table: Table, cells: Cells) -> dict[str, Value]:
    filed = cells.text("status") or "open"
    return {
        "name": cells.needed("name"),
        "phase": _phase(cells),
        "status": status(cells, "status", filed),
        **{field: cells.text(field, most) for field, most in TEXTS.items() if table.has(field)},
        **{field: cells.whole(field, most) for field, most in WHOLES.items() if table.has(field)},
        **dates(table, cells, "opened_on", "closed_on"),
        **_place(table, cells),
        **({"postcode": postcode(cells.text("postcode", 10))} if table.has("postcode") else {}),
    }


def _phase(cells: Cells) -> str:
    filed = cells.needed("phase").casefold()
    phase = filed.replace("-", "_").replace(" ", "_")
    found = phase if phase in phases.PHASES else phases.phase_of(filed, filed)
    if found == phases.OTHER and phase != phases.OTHER:
        raise cells.refuse(
            "phase",
            N_("This phase is not known. Known are: %(phases)s."),
            N_("Write one of the known phases."),
            phases=", ".join(phases.PHASES),
        )
    return found


def _place(table: Table, cells: Cells) -> dict[str, Value]:
    if not (table.has("easting") and table.has("northing")):
        return {}
    easting, northing = position(cells, "easting", "northing", BRITAIN)
    return {"easting": easting, "northing": northing}


def _censuses(cells: Cells, as_at: date) -> Mapping[int, Mapping[str, int | float]]:
    counts = {name: cells.whole(name, 20_000) for name in COUNTS}
    shares = {name: cells.share(name) for name in SHARES}
    known = {name: value for name, value in {**counts, **shares}.items() if value is not None}
    year = cells.whole("census_year", 2200) or as_at.year
    return {year: known} if known else {}


def _groups(table: Table, cells: Cells) -> Mapping[str, tuple[GroupRecord, ...]]:
    return {
        kind: ((GroupRecord(kind, name),) if (name := cells.text(kind, 200)) else ())
        for kind in GROUPS
        if table.has(kind)
    }
