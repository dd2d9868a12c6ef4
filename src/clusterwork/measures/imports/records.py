"""What a row of a file of figures says."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple


class Cell(NamedTuple):
    """One figure; `value` is as PostgreSQL reads it, or None where there is a code."""

    measure: int
    group: str
    value: Decimal | None
    code: str
    denominator: int | None = None
    numerator: int | None = None


@dataclass(frozen=True, slots=True)
class FigureRow:
    """The figures of one school and day."""

    line: int
    number: str
    on: dt.date
    cells: tuple[Cell, ...]
    fields: tuple[str, ...]
    covers: str = "school_year"
    source: str = ""
