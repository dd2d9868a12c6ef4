"""Whether a programme has time enough, as the reports found it; plain values only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from clusterwork.kernel.messages import N_, Message

LEAST_YEARS = 5  # Excellence Clusters, 7.7: "the minimum lifespan"
LEAD_IN_MONTHS = 6  # Excellence Clusters, 7.7: "not in post until half-way through the first year"


@dataclass(frozen=True)
class LifeWarning:
    """What is short about a programme's dates, and what a report says about it."""

    what: Message
    why: Message


def warnings_of(
    starts_on: dt.date, ends_on: dt.date | None, first_cycle_on: dt.date | None
) -> list[LifeWarning]:
    """What should give pause; dates that are not set give none."""
    found = [_short_life(starts_on, ends_on), _lead_in(starts_on, first_cycle_on)]
    return [each for each in found if each]


def _short_life(starts_on: dt.date, ends_on: dt.date | None) -> LifeWarning | None:
    if ends_on is None or ends_on >= _later(starts_on, 12 * LEAST_YEARS):
        return None
    return LifeWarning(
        Message(
            N_("The programme lasts less than five years: %(n)s months."),
            {"n": months_between(starts_on, ends_on)},
        ),
        Message(
            N_(
                "Excellence Clusters, 7.7: clusters feared that the initiative would be over "
                "before its work was part of school life; five years is the least life of one "
                "that is to succeed and to last."
            )
        ),
    )


def _lead_in(starts_on: dt.date, first_cycle_on: dt.date | None) -> LifeWarning | None:
    if first_cycle_on is None or first_cycle_on >= _later(starts_on, LEAD_IN_MONTHS):
        return None
    if first_cycle_on <= starts_on:
        what = Message(N_("There is no lead-in before the first cycle."))
    else:
        n = months_between(starts_on, first_cycle_on)
        what = (
            Message(N_("The lead-in before the first cycle is short: one month."))
            if n == 1
            else Message(N_("The lead-in before the first cycle is short: %(n)s months."), {"n": n})
        )
    return LifeWarning(what, Message(WHY_LEAD_IN))


WHY_LEAD_IN = N_(
    "EAS clusters, 4.2.5: evaluation one year in was called too soon, because a partnership needs "
    "time to bed in. Excellence Clusters, 7.7: coordinators and mentors were often not in post "
    "until half-way through the first year."
)


def months_between(start: dt.date, end: dt.date) -> int:
    """Whole months from `start` to `end`."""
    months = 12 * (end.year - start.year) + end.month - start.month
    return months - (end.day < start.day)


def _later(day: dt.date, months: int) -> dt.date:
    """The same day some months later; the last of February where the 29th is missing."""
    years, month = divmod(day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return dt.date(day.year + years, month + 1, last)
        except ValueError:
            continue
    raise AssertionError
