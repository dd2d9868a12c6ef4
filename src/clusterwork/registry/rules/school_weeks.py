"""School days and school weeks, and when a question to schools may close; knows no database.

A school week is five school days, wherever they lie. Periods are [start_on, end_on).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from dateutil.easter import easter

from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

DAY, WEEK = dt.timedelta(days=1), dt.timedelta(weeks=1)
DAYS_IN_WEEK = 5
SATURDAY = 5
NEAR = 2 * WEEK  # a usual holiday may lie so far from where an authority puts it
FURTHEST = dt.timedelta(days=3 * 366)


class Holiday(Protocol):
    """Days without school."""

    @property
    def start_on(self) -> dt.date: ...
    @property
    def end_on(self) -> dt.date: ...


@dataclass(frozen=True)
class UsualHoliday:
    """Days on which most schools of England and Wales are closed."""

    name: str
    start_on: dt.date
    end_on: dt.date


class ClosesOutsideSchool(Problem):
    """The closing date is a day without school."""


class ClosesTooSoon(Problem):
    """Fewer school weeks than promised lie before the closing date."""


class ClosesInThePast(Problem):
    """The closing date has passed already."""


class NoSchoolDays(Problem):
    """The holidays that were entered leave no school days for years."""


def is_school_day(
    day: dt.date, holidays: Sequence[Holiday], bank_holidays: Collection[dt.date]
) -> bool:
    """A weekday that is neither a bank holiday nor in a school holiday."""
    if day.weekday() >= SATURDAY or day in bank_holidays:
        return False
    return not any(each.start_on <= day < each.end_on for each in holidays)


def school_days_between(
    start: dt.date,
    end: dt.date,
    holidays: Sequence[Holiday],
    bank_holidays: Collection[dt.date],
) -> int:
    """How many school days lie in [start, end); 0 where the end comes first."""
    return sum(is_school_day(day, holidays, bank_holidays) for day in _days(start, end))


def closing_date(
    start: dt.date,
    weeks: int,
    holidays: Sequence[Holiday],
    bank_holidays: Collection[dt.date],
) -> dt.date:
    """The first school day with `weeks` school weeks before it, `start` counted in.

    Raises `NoSchoolDays` where none comes within three years.
    """
    wanted, seen = weeks * DAYS_IN_WEEK, 0
    for day in _days(start, start + FURTHEST):
        if is_school_day(day, holidays, bank_holidays):
            if seen >= wanted:
                return day
            seen += 1
    raise NoSchoolDays(
        Message(N_("No closing date can be found: no school days are left for years.")),
        next_step=Message(N_("Put the school holidays right, then try again.")),
    )


def refusal_for(
    closes_on: dt.date,
    opened_on: dt.date,
    weeks: int,
    holidays: Sequence[Holiday],
    bank_holidays: Collection[dt.date],
) -> Problem | None:
    """Why a question opened on `opened_on` cannot close on `closes_on`; None where it can."""
    if closes_on > opened_on + FURTHEST:
        return NoSchoolDays(
            Message(N_("The closing date lies more than three years ahead.")),
            next_step=Message(N_("Choose a nearer day.")),
        )
    if closes_on < opened_on:
        return _past(closing_date(opened_on, weeks, holidays, bank_holidays))
    n = school_days_between(opened_on, closes_on, holidays, bank_holidays)
    if n < weeks * DAYS_IN_WEEK:
        return _too_soon(n, weeks, closing_date(opened_on, weeks, holidays, bank_holidays))
    if not is_school_day(closes_on, holidays, bank_holidays):
        return _outside(closing_date(closes_on, 0, holidays, bank_holidays))
    return None


def _past(earliest: dt.date) -> Problem:
    return ClosesInThePast(
        Message(N_("The closing date lies in the past.")),
        next_step=Message(
            N_("The earliest day that can be chosen: %(day)s."), {"day": earliest.isoformat()}
        ),
    )


def _too_soon(n: int, weeks: int, earliest: dt.date) -> Problem:
    return ClosesTooSoon(
        Message(N_("The closing date comes too soon.")),
        why=Message(
            N_(
                "School days before it: %(n)s. The schools have been promised school weeks: "
                "%(weeks)s, of five school days each."
            ),
            {"n": n, "weeks": weeks},
        ),
        next_step=Message(
            N_("The earliest day that can be chosen: %(day)s."), {"day": earliest.isoformat()}
        ),
    )


def _outside(later: dt.date) -> Problem:
    return ClosesOutsideSchool(
        Message(N_("The closing date is not a school day.")),
        why=Message(N_("It is a weekend, a bank holiday or in the school holidays.")),
        next_step=Message(N_("The next school day: %(day)s."), {"day": later.isoformat()}),
    )


def usual_holidays(start: dt.date, end: dt.date) -> list[UsualHoliday]:
    """The usual holidays that share a day with [start, end), in order."""
    years = range(start.year - 1, end.year + 1)
    found = [holiday for year in years for holiday in _of_year(year)]
    return [each for each in found if each.start_on < end and each.end_on > start]


def not_entered(start: dt.date, end: dt.date, holidays: Sequence[Holiday]) -> list[UsualHoliday]:
    """The usual holidays of [start, end) near which nobody has entered one.

    `holidays` should reach two weeks further on both sides.
    """
    return [
        usual
        for usual in usual_holidays(start, end)
        if not any(
            each.start_on < usual.end_on + NEAR and each.end_on > usual.start_on - NEAR
            for each in holidays
        )
    ]


def _of_year(year: int) -> Iterator[UsualHoliday]:
    """The holidays that begin in a calendar year, in order."""
    february = _monday(dt.date(year, 2, 1) + 6 * DAY) + 2 * WEEK
    holy_week = easter(year) - 6 * DAY
    may, october = _monday(dt.date(year, 5, 31)), _monday(dt.date(year, 10, 31))
    christmas = _monday(dt.date(year, 12, 25))
    yield UsualHoliday(N_("February half-term"), february, february + WEEK)
    yield UsualHoliday(N_("Easter holiday"), holy_week, holy_week + 2 * WEEK)
    yield UsualHoliday(N_("May half-term"), may, may + WEEK)
    yield UsualHoliday(N_("Summer holiday"), _monday(dt.date(year, 7, 25)), dt.date(year, 9, 1))
    yield UsualHoliday(N_("October half-term"), october, october + WEEK)
    yield UsualHoliday(N_("Christmas holiday"), christmas, christmas + 2 * WEEK)


def _monday(day: dt.date) -> dt.date:
    """The Monday on or before a day."""
    return day - day.weekday() * DAY


def _days(start: dt.date, end: dt.date) -> Iterator[dt.date]:
    while start < end:
        yield start
        start += DAY
