"""School years as whole numbers: the year in which they end (2026/27 is 2027)."""

from __future__ import annotations

import datetime as dt

FIRST_MONTH = 9


def year_of(day: dt.date) -> int:
    """The school year that `day` lies in; a year begins on 1 September."""
    return day.year + (day.month >= FIRST_MONTH)


def year_words(year: int) -> str:
    """2026/27 for 2027."""
    return f"{year - 1}/{year % 100:02}"
