"""Where a version of an agreement stood on a day, from its days; no database."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from clusterwork.clusters.states.agreement import DRAFT, IN_FORCE, SIGNING


@dataclass(frozen=True, slots=True)
class Days:
    """The days of a version, and where it stands now; each is None until it has come."""

    drafted: dt.date
    opened: dt.date | None
    in_force: dt.date | None
    ended: dt.date | None
    now: str


def state_on(days: Days, day: dt.date) -> str | None:
    """Its state at the end of `day`; None before it was begun."""
    if min(days.drafted, days.opened or days.drafted) > day:
        return None
    if days.ended and days.ended <= day:
        return days.now
    if days.in_force and days.in_force <= day:
        return IN_FORCE
    return SIGNING if days.opened and days.opened <= day else DRAFT
