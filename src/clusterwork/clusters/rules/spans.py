"""Half-open spans of days [start, end); an end of None is open. Knows no database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

FOR_EVER = dt.date.max


class Span(NamedTuple):
    """The days from `start` until the day before `end`."""

    start: dt.date
    end: dt.date | None = None

    @property
    def last(self) -> dt.date:
        """The end, an open one being the last day that there is."""
        return self.end or FOR_EVER

    @property
    def is_real(self) -> bool:
        """Whether it has a day."""
        return self.start < self.last


def overlap(one: Span, other: Span) -> bool:
    """Whether the two have a day in common."""
    return one.start < other.last and other.start < one.last


def within(inner: Span, outer: Span) -> bool:
    """Whether every day of `inner` is one of `outer`."""
    return outer.start <= inner.start and inner.last <= outer.last


def covered(inner: Span, by: Iterable[Span]) -> bool:
    """Whether every day of `inner` is in one of `by`, which may follow on one another."""
    reached = inner.start
    for span in sorted(by):
        if span.start > reached:
            break
        reached = max(reached, span.last)
    return reached >= inner.last
