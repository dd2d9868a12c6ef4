"""Dated facts of schools: census, inspections, support categories, flows, partnerships."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from clusterwork.lookalike.model import Census, County, School
from clusterwork.lookalike.write.tables import percent, write_table

CENSUS_COLUMNS = (
    "URN", "LA", "ESTAB", "SCHOOLTYPE", "NOR", "NORG", "NORB", "PNORG", "PNORB", "TSENELSE",
    "PSENELSE", "TSENELK", "PSENELK", "NUMEAL", "NUMENGFL", "NUMUNCFL", "PNUMEAL", "PNUMENGFL",
    "PNUMUNCFL", "NUMFSM", "NUMFSMEVER", "PNUMFSMEVER",
)  # fmt: skip
SCHOOL_TYPES = {
    "Primary": "State-funded primary",
    "Nursery": "State-funded nursery",
    "Not applicable": "State-funded special school",
}


def write_facts(county: County, folder: Path) -> list[str]:
    """census_YEAR.csv for each year, and one file for each other kind of fact."""
    schools = {school.urn: school for school in county.schools}
    names = [f"census_{year}.csv" for year in county.years]
    for year, name in zip(county.years, names, strict=True):
        rows = (_census(schools[row.urn], row) for row in county.census if row.year == year)
        write_table(folder / name, CENSUS_COLUMNS, rows)
    tables: dict[str, tuple[tuple[str, ...], Sequence[Sequence[object]]]] = {
        "inspections.csv": (
            ("urn", "rating", "inspection_date"),
            sorted((row.urn, row.grade, row.on) for row in county.inspections),
        ),
        "support_categories.csv": (("urn", "category", "on"), sorted(county.support_categories)),
        "flows.csv": (("from_urn", "to_urn", "year", "pupils"), sorted(county.flows)),
        "partnerships.csv": (("partnership", "kind", "urn", "part", "since"), county.partners),
    }
    for name, (header, table) in tables.items():
        write_table(folder / name, header, table)
    return [*names, *tables]


def _school_type(school: School) -> str:
    if school.kind == "Pupil referral unit":
        return "Pupil referral unit"
    return SCHOOL_TYPES.get(school.phase, "State-funded secondary")


def _census(school: School, row: Census) -> tuple[object, ...]:
    n, english = row.n_pupils, row.n_pupils - row.n_eal
    return (
        row.urn, school.place.authority_code, f"{school.number:04d}", _school_type(school),
        n, row.n_girls, n - row.n_girls, percent(row.n_girls, n), percent(n - row.n_girls, n),
        row.n_sen_plan, percent(row.n_sen_plan, n), row.n_sen_support,
        percent(row.n_sen_support, n), row.n_eal, english, 0, percent(row.n_eal, n),
        percent(english, n), percent(0, n), row.n_fsm, row.n_fsm_ever, percent(row.n_fsm_ever, n),
    )  # fmt: skip
