"""How long statistics of pupils are kept; knows no database."""

from __future__ import annotations

import datetime as dt

from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

USUAL_YEARS = 1
MOST_YEARS = 2  # from the day on which it is decided
IN_ALL_YEARS = 5  # from the day of the upload


class KeptTooLong(Problem):
    """The day lies further ahead than statistics of pupils may be kept."""


class KeptNotLong(Problem):
    """The day has passed, or is no later than the one that stands."""


def years_after(day: dt.date, years: int) -> dt.date:
    """The same day of a later year; 28 February for a leap day."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def usual(day: dt.date) -> dt.date:
    """The last day on which what comes on `day` is kept unless somebody says otherwise."""
    return years_after(day, USUAL_YEARS)


def latest(uploaded_on: dt.date, day: dt.date) -> dt.date:
    """The latest last day that may be set on `day`."""
    return min(years_after(day, MOST_YEARS), years_after(uploaded_on, IN_ALL_YEARS))


def check(
    until: dt.date, *, uploaded_on: dt.date, day: dt.date, stands: dt.date | None = None
) -> None:
    """Raises `KeptNotLong`, `KeptTooLong`; `stands` is the last day as it is now, if there is one.

    A day before the one that stands is refused: whoever wants it sooner erases them.
    """
    if until < day:
        raise KeptNotLong(
            Message(N_("The statistics cannot be kept until %(until)s."), {"until": until}),
            why=Message(N_("That day has passed.")),
            next_step=Message(N_("Give a day that is still to come.")),
        )
    if stands is not None and until <= stands:
        raise KeptNotLong(
            Message(N_("They are kept until %(stands)s already."), {"stands": stands}),
            next_step=Message(N_("Give a later day. To end it sooner, erase them.")),
        )
    most = latest(uploaded_on, day)
    if until > most:
        raise KeptTooLong(
            Message(N_("The statistics cannot be kept until %(until)s."), {"until": until}),
            why=Message(
                N_(
                    "Statistics of pupils are kept for %(once)s years at a time, and %(in_all)s "
                    "years from their upload at most."
                ),
                {"once": MOST_YEARS, "in_all": IN_ALL_YEARS},
            ),
            next_step=Message(N_("Give a day up to %(most)s."), {"most": most}),
        )
