"""How like one cluster is to another, by a few plain facts, each in its own spread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from statistics import pstdev


@dataclass(frozen=True, slots=True)
class Traits:
    """Facts of a cluster; None where none of its schools has told it."""

    n_schools: float
    secondary_share: float
    mean_pupils: float | None
    mean_fsm: float | None


def nearest(own: Traits, others: Mapping[int, Traits], n: int) -> list[int]:
    """The `n` of the others at the least distance, ties to the lower number.

    Each fact counts in standard deviations of all clusters; one that either does not know counts
    as one.
    """
    spreads = [
        _spread(column) for column in zip(*map(astuple, [own, *others.values()]), strict=True)
    ]

    def distance(pk: int) -> float:
        pairs = zip(astuple(own), astuple(others[pk]), spreads, strict=True)
        return sum(_apart(here, there, spread) ** 2 for here, there, spread in pairs)

    return sorted(others, key=lambda pk: (distance(pk), pk))[:n]


def _spread(values: Sequence[float | None]) -> float:
    known = [value for value in values if value is not None]
    return pstdev(known) if len(known) > 1 else 0.0


def _apart(here: float | None, there: float | None, spread: float) -> float:
    if here is None or there is None:
        return 1.0
    return (here - there) / spread if spread else 0.0
