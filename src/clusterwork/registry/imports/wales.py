"""The register of maintained schools of Wales: one row a school number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import BinaryIO

from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.imports import kinds
from clusterwork.registry.imports.cells import Cells
from clusterwork.registry.imports.gias import place
from clusterwork.registry.imports.places import postcode
from clusterwork.registry.imports.reading import Seen, read_rows
from clusterwork.registry.imports.records import (
    AuthorityRecord,
    GradeRecord,
    Notice,
    Rejection,
    SchoolRecord,
    Value,
)
from clusterwork.registry.imports.table import Table
from clusterwork.registry.rules import phases

NEEDED = ("school_number", "school_name", "la_code", "la_name", "sector")
TEXTS = {
    "name_cy": "school_name_cy",
    "type_name": "governance",
    "type_group": "school_type",
    "religious_character": "religious_character",
}
SUPPORT_SCALE = "support-category"
SUPPORT_COLUMN = re.compile(r"support_category_(\d{4})")
FSM_COLUMN = re.compile(r"fsm_pct_(\d{4})")
AGES = re.compile(r"\(ages (\d+)-(\d+)\)", re.IGNORECASE)


def open_file(source: Path | BinaryIO, name: str = "") -> Table:
    """The file as a table; raises `FileUnreadable`, among them `WrongHeader`."""
    table = Table(source, name)
    table.require(NEEDED, kinds.looks_like(table, but_not="wales"))
    return table


def read(table: Table, as_at: date) -> Iterator[SchoolRecord | Rejection]:
    """One record a school. The column `pupils` names no year: it is taken as that of `as_at`.

    Support categories were published each January; they are dated 31 January of their year.
    """
    seen = Seen()
    years = _Years(table)
    filed_as_middle: list[str] = []

    def convert(cells: Cells) -> SchoolRecord:
        number = _number(cells)
        seen.claim(number, "school_number", cells.row, number)
        values = _values(table, cells)
        if values["phase"] == phases.MIDDLE:
            filed_as_middle.append(str(values["name"]))
        return SchoolRecord(
            line=cells.row.line,
            authority=_authority(cells),
            values={"welsh_number": number, **values},
            censuses=years.censuses(cells, as_at.year),
            grades=years.grades(cells),
        )

    yield from read_rows(table, convert)
    _note_middle(table, filed_as_middle)


def _note_middle(table: Table, names: list[str]) -> None:
    if names:
        text = N_(
            "These schools are filed as middle; in Wales a middle school teaches all ages. "
            "They are kept as filed, with their ages: %(names)s."
        )
        table.notices.append(Notice(0, Message(text, {"names": "; ".join(names)})))


def _number(cells: Cells) -> str:
    number = cells.raw("school_number")
    if not number:
        raise cells.refuse(
            "school_number",
            N_("The row has no school number, so it can't be known which school it is."),
            N_("Fill in the school number, or enter a setting without a number by hand."),
        )
    if not (number.isascii() and number.isdigit() and len(number) == 7):
        raise cells.refuse(
            "school_number",
            N_("This is not a Welsh school number, which has seven digits."),
            N_("Correct the school number."),
        )
    return number


def _authority(cells: Cells) -> AuthorityRecord:
    return AuthorityRecord(
        code=cells.needed("la_code", 10),
        name=cells.needed("la_name"),
        gss_code=cells.text("la_gss", 9),
        country="W",
        name_cy=cells.text("la_name_cy", 200),
    )


def _values(table: Table, cells: Cells) -> dict[str, Value]:
    sector = cells.needed("sector")
    number = cells.raw("school_number")
    return {
        "name": cells.needed("school_name"),
        "la_estab": f"{number[:3]}/{number[3:]}",
        "phase_name": sector,
        "phase": phases.phase_of(sector, sector),
        "status": "open",
        **{field: cells.text(name, 200) for field, name in TEXTS.items() if table.has(name)},
        **_ages(cells),
        **place(table, cells, "easting", "northing"),
        **({"medium": _medium(cells)} if table.has("medium_code") else {}),
        **({"postcode": postcode(cells.text("postcode", 10))} if table.has("postcode") else {}),
    }


def _medium(cells: Cells) -> str:
    code = cells.text("medium_code", 20)
    return "" if code == "NA" else code


def _ages(cells: Cells) -> dict[str, Value]:
    found = AGES.search(cells.text("school_type"))
    return {"low_age": int(found[1]), "high_age": int(found[2])} if found else {}


class _Years:
    """The columns that carry a year in their name."""

    def __init__(self, table: Table) -> None:
        self.support = _dated(table, SUPPORT_COLUMN)
        self.free_meals = _dated(table, FSM_COLUMN)

    def censuses(self, cells: Cells, year: int) -> Mapping[int, Mapping[str, int | float]]:
        found: dict[int, dict[str, int | float]] = {}
        if (pupils := cells.whole("pupils", 20_000)) is not None:
            found[year] = {"pupils": pupils}
        for column, column_year in self.free_meals.items():
            if (share := cells.percent(column)) is not None:
                found.setdefault(column_year, {})["fsm_share"] = share
        return found

    def grades(self, cells: Cells) -> tuple[GradeRecord, ...]:
        return tuple(
            GradeRecord(SUPPORT_SCALE, grade, date(year, 1, 31))
            for column, year in self.support.items()
            if (grade := cells.text(column, 80))
        )


def _dated(table: Table, pattern: re.Pattern[str]) -> dict[str, int]:
    matches = {column: pattern.fullmatch(column) for column in table.places}
    return {column: int(found[1]) for column, found in matches.items() if found}
