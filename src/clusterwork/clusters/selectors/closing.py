"""Until when a question to schools may be open: never in the holidays, so many school weeks."""

from __future__ import annotations

import datetime as dt

from clusterwork.kernel.errors import Problem
from clusterwork.registry.models import Organisation
from clusterwork.registry.rules.school_weeks import closing_date, refusal_for
from clusterwork.registry.selectors.holidays import DaysOff, days_off

LOOK_AHEAD = dt.timedelta(days=400)


def days_off_from(organisation: Organisation, opened_on: dt.date) -> DaysOff:
    """The days without school of the year after `opened_on`, supposed where none were entered."""
    return days_off(organisation, opened_on, opened_on + LOOK_AHEAD)


def suggested_closing(organisation: Organisation, opened_on: dt.date, weeks: int) -> dt.date:
    """The first day that keeps the rule."""
    off = days_off_from(organisation, opened_on)
    return closing_date(opened_on, weeks, off.holidays, off.bank_holidays)


def against_closing(
    organisation: Organisation, opened_on: dt.date, closes_on: dt.date, weeks: int
) -> Problem | None:
    """Why the questions cannot close on that day; None where they can."""
    off = days_off_from(organisation, opened_on)
    return refusal_for(closes_on, opened_on, weeks, off.holidays, off.bank_holidays)
