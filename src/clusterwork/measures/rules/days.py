"""The day that a figure holds for, and whether a school was there then."""

from __future__ import annotations

import datetime as dt

SCHOOL_YEAR = "school_year"


def end_of_year(year: int) -> dt.date:
    """The day for which a figure of a school year holds: 31 July 2019 for 2018/19."""
    return dt.date(year, 7, 31)


def start_of_year(on: dt.date) -> dt.date:
    """The first day of the school year that ends on `on`, eleven months before."""
    return dt.date(on.year - 1, 8, 31)


def was_there(
    opened_on: dt.date | None, closed_on: dt.date | None, on: dt.date, covers: str
) -> bool:
    """Whether a school over [opened_on, closed_on) was open on the day, or at any time of its year.

    Unknown days are long ago and not yet.
    """
    since = start_of_year(on) if covers == SCHOOL_YEAR else on
    return (opened_on is None or opened_on <= on) and (closed_on is None or closed_on > since)


def is_end_of_year(on: dt.date) -> bool:
    """Whether a figure of a school year may be dated so."""
    return (on.month, on.day) == (7, 31)
