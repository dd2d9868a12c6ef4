"""School years, and the day by whose memberships a group's figure of one is put together."""

from __future__ import annotations

import datetime as dt
import re

from clusterwork.measures.rules.days import end_of_year

SEPTEMBER = 9
YEARS = 3  # that a table shows
ONE_YEAR = re.compile(r"(\d{4})(?:\.0+)?", re.ASCII)
TWO_YEARS = re.compile(r"(\d{4})\s*[-/–]?\s*(\d{2}|\d{4})", re.ASCII)


def year_of(on: dt.date) -> int:
    """The year in which the school year of the day ends; a new one begins in September."""
    return on.year + (on.month >= SEPTEMBER)


def three_years(last: int) -> tuple[int, ...]:
    """The year and the two before it, the earliest first."""
    return tuple(range(last - YEARS + 1, last + 1))


def span_of(year: int) -> tuple[dt.date, dt.date]:
    """The first and the last day of the school year."""
    return dt.date(year - 1, SEPTEMBER, 1), dt.date(year, SEPTEMBER - 1, 31)


def member_day(year: int, first_on: dt.date | None) -> dt.date:
    """31 July of the year, or the group's first day where that came later.

    So the schools behind a figure do not change afterwards.
    """
    last = end_of_year(year)
    return last if first_on is None or first_on <= last else first_on


def ending(text: str) -> int | None:
    """The year in which a school year ends, written as 2019, 2018/19, 2018-2019 or 201819."""
    if found := ONE_YEAR.fullmatch(text.strip()):
        return int(found[1])
    if not (found := TWO_YEARS.fullmatch(text.strip())):
        return None
    first, last = int(found[1]), found[2]
    return first + 1 if str(first + 1).endswith(last) else None
