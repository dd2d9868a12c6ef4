"""How alike two clusters are for the purpose of learning from a plan; knows no database."""

from __future__ import annotations

import math
from dataclasses import dataclass

NEED_WEIGHT = 2.0
UNKNOWN = 0.25


@dataclass(frozen=True, slots=True)
class Likeness:
    """Number of schools, how many of each phase, and the mean share eligible for free meals."""

    n_schools: int
    phases: tuple[tuple[str, int], ...]
    need: float | None


def unlike(one: Likeness, other: Likeness) -> float:
    """0 for the same, growing with difference: twice as many schools weigh as much as 1.

    Phases: half the sum of differences of their shares (0 to 1). Need: difference of shares,
    doubled; 0.25 where one is not known.
    """
    return _size(one, other) + _phases(one, other) + _need(one, other)


def _size(one: Likeness, other: Likeness) -> float:
    return abs(math.log2(max(one.n_schools, 1)) - math.log2(max(other.n_schools, 1)))


def _phases(one: Likeness, other: Likeness) -> float:
    first, second = _shares(one), _shares(other)
    names = first.keys() | second.keys()
    return sum(abs(first.get(name, 0) - second.get(name, 0)) for name in names) / 2


def _shares(told: Likeness) -> dict[str, float]:
    return {name: n / max(told.n_schools, 1) for name, n in told.phases}


def _need(one: Likeness, other: Likeness) -> float:
    if one.need is None or other.need is None:
        return 0.0 if one.need == other.need else UNKNOWN
    return NEED_WEIGHT * abs(one.need - other.need)
