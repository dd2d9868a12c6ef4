"""When school terms and school years begin; plain values only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import pairwise

Period = tuple[dt.date, dt.date]

# Half-terms are about a week, the holidays between terms two weeks or more.
BETWEEN_TERMS = dt.timedelta(days=12)
LONGEST_TERM = dt.timedelta(weeks=26)


def first_days_of_terms(holidays: Iterable[Period], since: dt.date, n: int) -> list[dt.date]:
    """The first day of up to `n` terms from `since` on: the first day back after a long holiday."""
    back = sorted(end for start, end in holidays if end - start >= BETWEEN_TERMS)
    return [day for day in back if day >= since][:n]


def first_days_of_years(since: dt.date, n: int) -> list[dt.date]:
    """1 September of `n` years from `since` on."""
    first = since.year if since <= dt.date(since.year, 9, 1) else since.year + 1
    return [dt.date(year, 9, 1) for year in range(first, first + n)]


def end_to_end(days: Iterable[dt.date], end: dt.date) -> list[Period]:
    """Periods that begin on these days, each until the next, the last until `end`."""
    return list(pairwise([*sorted(set(days)), end]))


def too_long_for_a_term(periods: Iterable[Period]) -> Period | None:
    """The first of the periods that is longer than any term."""
    return next((each for each in periods if each[1] - each[0] > LONGEST_TERM), None)


def days_of_meetings(days: Iterable[dt.date]) -> list[Period]:
    """Periods of one day each."""
    return [(day, day + dt.timedelta(days=1)) for day in sorted(set(days))]


def holiday_on(holidays: Iterable[Period], day: dt.date) -> Period | None:
    """The holiday that `day` lies in."""
    return next((each for each in holidays if each[0] <= day < each[1]), None)
