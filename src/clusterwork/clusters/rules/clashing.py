"""Schools that would be in two clusters of one programme at a time; plain values only."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from clusterwork.clusters.rules.spans import Span


class Stay(NamedTuple):
    """A school in a cluster that takes part in the programme, over a span."""

    school: int
    cluster: int
    span: Span


class Clash(NamedTuple):
    """A school in two clusters from a day on."""

    school: int
    one: int
    other: int
    on: dt.date


def common(one: Span, other: Span) -> Span | None:
    """The days that two spans share; None where they share none."""
    start = max(one.start, other.start)
    last = min(one.last, other.last)
    if start >= last:
        return None
    return Span(start, None if one.end is None and other.end is None else last)


def clashes_among(stays: Iterable[Stay]) -> list[Clash]:
    """One clash for each stay that begins before an earlier one of its school ends, by school."""
    by_school: dict[int, list[Stay]] = defaultdict(list)
    for stay in stays:
        by_school[stay.school].append(stay)
    return [clash for school in sorted(by_school) for clash in _of_school(by_school[school])]


def _of_school(stays: list[Stay]) -> Iterator[Clash]:
    inside = sorted(stays, key=lambda stay: (stay.span.start, stay.cluster))
    longest = inside[0]
    for _before, stay in pairwise(inside):
        if stay.span.start < longest.span.last:
            yield Clash(stay.school, longest.cluster, stay.cluster, stay.span.start)
        if stay.span.last > longest.span.last:
            longest = stay
