"""Which clusters are most like one; plain values. See docs/algorithms/similar-clusters.md."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from statistics import pvariance

AT_RANDOM = 2.0  # what two clusters taken at random differ by, squared, in units of the spread

Fact = tuple[float, ...] | None
"""A number, or the shares of a mix, which counts as one fact; None where nothing is known."""


@dataclass(frozen=True, slots=True)
class Member:
    """A school of a cluster; its pupils and free school meals (0 to 1) where they are known."""

    phase: str
    medium: str = ""
    pupils: int | None = None
    meals: float | None = None


def by_likeness(one: int, clusters: Mapping[int, Sequence[Member]]) -> list[int]:
    """The other clusters, the likest first, equals by number; one without schools is left out.

    The standardised Euclidean distance: each fact counts in units of its own spread over all the
    clusters, so that none outweighs another.
    """
    facts = _facts({pk: members for pk, members in clusters.items() if members})
    if one not in facts:
        return []
    spreads = [_spread(column) for column in zip(*facts.values(), strict=True)]
    far = {pk: _distance(facts[one], facts[pk], spreads) for pk in facts.keys() - {one}}
    return sorted(far, key=lambda pk: (far[pk], pk))


def _facts(clusters: Mapping[int, Sequence[Member]]) -> dict[int, tuple[Fact, ...]]:
    """How many schools, how large they are, their phases, their languages, their need."""
    everybody = [each for members in clusters.values() for each in members]
    phases = sorted({each.phase for each in everybody})
    media = sorted({each.medium for each in everybody})
    return {
        pk: (
            (math.log(len(members)),),
            _size(members),
            _mix([each.phase for each in members], phases),
            _mix([each.medium for each in members], media),
            _need(members),
        )
        for pk, members in clusters.items()
    }


def _size(members: Collection[Member]) -> Fact:
    rolls = [each.pupils for each in members if each.pupils]
    return (math.log(sum(rolls) / len(rolls)),) if rolls else None


def _mix(kinds: Sequence[str], all_kinds: Sequence[str]) -> Fact:
    return tuple(kinds.count(each) / len(kinds) for each in all_kinds)


def _need(members: Collection[Member]) -> Fact:
    """Pupils with free school meals over all pupils."""
    told = [(each.pupils, each.meals) for each in members if each.pupils and each.meals is not None]
    total = sum(pupils for pupils, _share in told)
    return (math.fsum(pupils * share for pupils, share in told) / total,) if total else None


def _spread(column: Sequence[Fact]) -> float:
    """The variance of a fact; of a mix, the sum over its kinds."""
    known = [fact for fact in column if fact is not None]
    return math.fsum(pvariance(each) for each in zip(*known, strict=True))


def _distance(here: Sequence[Fact], there: Sequence[Fact], spreads: Sequence[float]) -> float:
    """The square of it; what either does not know counts as at random."""
    return math.fsum(
        AT_RANDOM if one is None or other is None else math.dist(one, other) ** 2 / spread
        for one, other, spread in zip(here, there, spreads, strict=True)
        if spread
    )
