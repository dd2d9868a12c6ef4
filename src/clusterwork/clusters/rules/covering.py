"""Whether periods, laid end to end, cover another; plain values only, `[start, end)`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

Period = tuple[dt.date | None, dt.date | None]


def covered_until(periods: Iterable[Period], start: dt.date) -> dt.date | None:
    """The first day from `start` on that no period covers; None where they go on without end.

    `start` itself where no period covers it.
    """
    reached = start
    for begins, ends in sorted(periods, key=lambda period: period[0] or dt.date.min):
        if (begins or dt.date.min) > reached:
            break
        if ends is None:
            return None
        reached = max(reached, ends)
    return reached


def reaches_past(end: dt.date | None, limit: dt.date | None) -> bool:
    """Whether something that ends on `end` goes on after `limit`; None is without end."""
    return limit is not None and (end is None or end > limit)
