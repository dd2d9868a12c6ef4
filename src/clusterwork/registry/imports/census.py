"""School figures of one year, by the columns of the census, of the tables, or our own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.imports import kinds
from clusterwork.registry.imports.cells import Cells
from clusterwork.registry.imports.raw import FileUnreadable
from clusterwork.registry.imports.reading import Seen, read_rows, school_number
from clusterwork.registry.imports.records import CensusRecord, Notice, Rejection
from clusterwork.registry.imports.table import Table, WrongHeader

NATIONAL = "NAT"  # rows that sum up the whole country
EARLIEST, LATEST = 1990, 2100
Figure = int | float | None


class YearMissing(FileUnreadable):
    """Neither the file nor the reader says which year the figures are of."""

    def __init__(self) -> None:
        super().__init__(
            Message(N_("The file does not say which year its figures are of.")),
            next_step=Message(
                N_("Say the year in which the school year ended: --year 2019 for 2018/19.")
            ),
        )


@dataclass(frozen=True, slots=True)
class Form:
    """One way of writing a census: what tells it, and each figure's reading."""

    number: str
    telling: tuple[str, ...]
    figures: Mapping[str, Callable[[Cells], Figure]]


def _count(column: str) -> Callable[[Cells], Figure]:
    return lambda cells: cells.whole(column, 20_000)


def _percent(column: str) -> Callable[[Cells], Figure]:
    return lambda cells: cells.percent(column)


def _share(column: str) -> Callable[[Cells], Figure]:
    return lambda cells: cells.share(column)


def _part(column: str, whole: str) -> Callable[[Cells], Figure]:
    """A count as a share of another; never above 1, since both may be counted on other days."""

    def share(cells: Cells) -> Figure:
        part, total = cells.whole(column, 20_000), cells.whole(whole, 20_000)
        return None if part is None or not total else min(1.0, round(part / total, 6))

    return share


FORMS = (
    Form(
        "URN",
        ("URN", "NOR"),
        {
            "pupils": _count("NOR"),
            "boys": _count("NORB"),
            "girls": _count("NORG"),
            "fsm_share": _part("NUMFSM", "NOR"),
            "sen_support_share": _percent("PSENELK"),
            "ehcp_share": _percent("PSENELSE"),
            "eal_share": _percent("PNUMEAL"),
        },
    ),
    Form(
        "urn",
        ("urn", "pupil_number"),
        {
            "pupils": _count("pupil_number"),
            "boys": _count("pupil_boys"),
            "girls": _count("pupil_girls"),
            "fsm_share": _percent("percent_free_school_meals"),
            "sen_support_share": _percent("percent_sen_support"),
            "ehcp_share": _percent("percent_ehc_plan"),
            "eal_share": _percent("percent_not_english_language"),
        },
    ),
    Form(
        "urn",
        ("urn", "pupils"),
        {
            **{name: _count(name) for name in ("pupils", "boys", "girls")},
            **{
                name: _share(name)
                for name in (
                    "fsm_share",
                    "fsm_protected_share",
                    "sen_support_share",
                    "ehcp_share",
                    "eal_share",
                )
            },
        },
    ),
)


def open_file(source: Path | BinaryIO, name: str = "") -> Table:
    """The file as a table; raises `FileUnreadable`, among them `WrongHeader`."""
    table = Table(source, name)
    if form_of(table) is None:
        raise WrongHeader(("urn", "pupils"), kinds.looks_like(table, but_not="census"))
    return table


def form_of(table: Table) -> Form | None:
    """The way in which the file is written, or None."""
    return next((form for form in FORMS if all(table.has(c) for c in form.telling)), None)


def read(table: Table, year: int | None) -> Iterator[CensusRecord | Rejection]:
    """One record a school and year. Withheld figures (SUPP, NE, …) are left out, not 0.

    `year` is for files without a column `year`: the end of the academic year, 2019 for 2018/19.
    """
    form = form_of(table) or FORMS[0]
    if year is None and not table.has("year"):
        raise YearMissing
    seen = Seen()
    passed_over: list[int] = []

    def convert(cells: Cells) -> CensusRecord | None:
        if cells.raw(form.number).upper() == NATIONAL:
            passed_over.append(cells.row.line)
            return None
        number, of_year = school_number(cells, form.number), _year(cells, year)
        seen.claim((number, of_year), form.number, cells.row, number)
        figures = {name: figure(cells) for name, figure in form.figures.items()}
        known = {name: figure for name, figure in figures.items() if figure is not None}
        return CensusRecord(cells.row.line, number, of_year, known)

    yield from read_rows(table, convert)
    if passed_over:
        text = N_("Rows that sum up the whole country were passed over: %(n)s.")
        table.notices.append(Notice(passed_over[0], Message(text, {"n": len(passed_over)})))


def _year(cells: Cells, year: int | None) -> int:
    found = cells.whole("year", LATEST) or year
    if found is None or not EARLIEST <= found <= LATEST:
        raise cells.refuse(
            "year",
            N_("This is not the year of a school year's end."),
            N_("Write the year in which the school year ended, 2019 for 2018/19."),
        )
    return found
