"""Schools from the rows of a data frame, read as if they stood in a SCHOOLS.csv."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from clusterwork.formation.instance import School
from clusterwork.formation.tables import SCHOOL_COLUMNS, BadTable, Table, check_header, read_schools
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

MORE_COLUMNS = ("authority", "medium", "faith", "support")


class BadRow(Problem):
    """A school whose row cannot be used."""

    def __init__(self, group: str, school: str, bad: BadTable) -> None:
        super().__init__(
            Message(
                N_(
                    "A row cannot be used. Authority: %(group)s. School: %(school)s. "
                    "Column: %(column)s. Value: %(value)s."
                ),
                {
                    "group": group or "–",
                    "school": school or "–",
                    "column": bad.column or "–",
                    "value": bad.value or "–",
                },
            ),
            why=bad.why,
            next_step=bad.next_step,
        )


def columns_wanted(columns: Sequence[str], by: str) -> list[str]:
    """Those of a frame's columns that are read, `by` among them, by small letters.

    Raises `BadTable` where one that is needed is absent.
    """
    named = {name.strip().casefold(): name for name in columns}
    check_header("–", tuple(named), (*SCHOOL_COLUMNS, by.casefold()))
    wanted = dict.fromkeys((*SCHOOL_COLUMNS, *MORE_COLUMNS, by.casefold()))
    return [named[name] for name in wanted if name in named]


def schools_from(group: str, rows: Iterable[Mapping[str, object]]) -> tuple[School, ...]:
    """The schools of one group; column names in any letters. Raises `BadRow`."""
    texts = [{key.strip().casefold(): text_of(v) for key, v in row.items()} for row in rows]
    table = Table("–", SCHOOL_COLUMNS, tuple(enumerate(texts)))
    try:
        return read_schools(table)
    except BadTable as bad:
        school = texts[bad.line]["id"] if bad.line is not None else ""
        raise BadRow(group, school, bad) from bad


def text_of(value: object) -> str:
    """As it would stand in a CSV file; nothing for None and for not-a-number."""
    absent = value is None or (isinstance(value, float) and math.isnan(value))
    return "" if absent else str(value).strip()
