"""From when on results can show what a cluster did."""

from __future__ import annotations

import datetime as dt

SEPTEMBER = 9


def first_whole_year(start_on: dt.date) -> int:
    """The end of the first school year that began with the cluster there.

    A cluster there by 1 September counts from the results of the next summer; one that came later
    in the school year from those of the summer after, since the year was begun without it.
    """
    by_september = (start_on.month, start_on.day) <= (SEPTEMBER, 1)
    return start_on.year + (1 if by_september else 2)


def first_day_of(year: int) -> dt.date:
    """1 September on which the school year begins that ends in `year`."""
    return dt.date(year - 1, SEPTEMBER, 1)


def last_day_of(year: int) -> dt.date:
    """31 August on which the school year ends."""
    return dt.date(year, SEPTEMBER - 1, 31)
