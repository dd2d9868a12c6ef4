"""How an earlier plan becomes the beginning of a new one; knows no database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from clusterwork.kernel.messages import N_
from clusterwork.plans.rules.parts import (
    ActionPart,
    Holds,
    MilestonePart,
    Part,
    TargetPart,
    names_of,
)

# Where a field was filled from, in the words that pages show.
EARLIER_PLAN = N_("The earlier plan")
APPROVED_PLAN = N_("The approved plan")
CHOSEN = N_("The priorities that your schools chose")
MEMBERS = N_("The schools of the cluster")
APPOINTED = N_("The people appointed in the cluster")
PROGRAMMES = N_("The programmes of the cluster")
PROGRAMME_PRIORITIES = N_("The priorities of the programme")
FIGURES = N_("The figures of the measure")
REGISTER = N_("The register of schools")
STRAND = N_("The strand that it belongs to")
ACTION = N_("The action that it stands for")
DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Shift:
    """From the earlier plan's time to the new one's.

    `years` are whole years where both start on the same day of the year, otherwise `days` apart.
    """

    years: int
    days: int
    start_on: dt.date
    end_on: dt.date

    def moved(self, day: dt.date) -> dt.date:
        """The day so much later; 29 February becomes 28 February in a year without one."""
        if not self.years:
            return day + self.days * DAY
        try:
            return day.replace(year=day.year + self.years)
        except ValueError:
            return day.replace(year=day.year + self.years, day=28)

    def within(self, day: dt.date) -> dt.date:
        """The moved day, held within the new plan's time."""
        return min(max(self.moved(day), self.start_on), self.end_on)


def shift_between(earlier: dt.date, start_on: dt.date, end_on: dt.date) -> Shift:
    """How far dates move from a plan that began on `earlier` to one over [start_on, end_on)."""
    years = start_on.year - earlier.year
    same_day = (earlier.month, earlier.day) == (start_on.month, start_on.day)
    days = (start_on - earlier).days
    return Shift(years if same_day else 0, days, start_on, end_on)


def carried(part: Part, shift: Shift, schools: frozenset[int]) -> Part:
    """The part for the new plan: same `uid`, dates moved on, schools that have left taken out."""
    changed: dict[str, Any] = {"version": 1}
    for name in names_of(type(part), Holds.SCHOOLS):
        changed[name] = tuple(pk for pk in getattr(part, name) if pk in schools)
    for name in names_of(type(part), Holds.SCHOOL):
        changed[name] = getattr(part, name) if getattr(part, name) in schools else None
    changed |= dict(_dates(part, shift))
    return replace(part, **changed)


def _dates(part: Part, shift: Shift) -> Iterator[tuple[str, Any]]:
    if isinstance(part, ActionPart):
        start, end = shift.within(part.start_on), shift.within(part.end_on)
        yield from _period(start, end, shift)
    elif isinstance(part, TargetPart):
        yield "wanted_on", shift.moved(part.wanted_on)
        yield "known_on", shift.moved(part.known_on) if part.known_on else None
    elif isinstance(part, MilestonePart):
        yield "on", min(shift.within(part.on), shift.end_on - DAY)


def _period(start: dt.date, end: dt.date, shift: Shift) -> Iterator[tuple[str, dt.date]]:
    """What would be left without a day takes the whole time of the plan."""
    fits = start < end
    yield "start_on", start if fits else shift.start_on
    yield "end_on", end if fits else shift.end_on


def filled_fields(part: Part) -> list[str]:
    """The names of the fields that say something: neither empty nor none."""
    return [name for name, value in part.values.items() if value not in (None, "", ())]
