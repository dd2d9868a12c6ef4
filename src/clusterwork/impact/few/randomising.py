"""Randomisation inference: how often another choice of treated clusters would show as much.

Fisher (1935); Rosenbaum (2002), Observational Studies, chapter 2; for few treated clusters among
many Conley and Taber (2011), Rev. Econ. Stat. 93. Exact where the clusters could as well have been
drawn by lot, or where their shocks are exchangeable.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import comb, floor

import numpy as np
from numpy.typing import NDArray

from clusterwork.impact.few.changes import Changes
from clusterwork.impact.result import Estimate

Floats = NDArray[np.float64]
Choices = NDArray[np.int8]
MOST_ENUMERATED = 20_000
DRAWS = 9_999
TIES = 1e-9


def how_many(assigned: tuple[int, ...]) -> int:
    """In how many ways the same numbers of clusters could start at each start."""
    left, ways = len(assigned), 1
    for place in set(assigned) - {-1}:
        ways *= comb(left, assigned.count(place))
        left -= assigned.count(place)
    return ways


@lru_cache(maxsize=4)
def assignments(assigned: tuple[int, ...], draws: int = DRAWS, seed: int = 1) -> Choices:
    """B×C, every assignment of starts, or where there are too many the one seen and drawn ones."""
    if how_many(assigned) <= MOST_ENUMERATED:
        return np.array(list(_all(assigned)), dtype=np.int8)
    rng = np.random.default_rng(seed)
    seen = np.array(assigned, dtype=np.int8)
    return np.vstack([seen, rng.permuted(np.tile(seen, (draws, 1)), axis=1)])


def _all(assigned: tuple[int, ...]) -> Iterator[Choices]:
    """Every different arrangement of the labels."""
    places = sorted(set(assigned) - {-1})

    def fill(row: Choices, place: int) -> Iterator[Choices]:
        if place == len(places):
            yield row
            return
        free = np.flatnonzero(row == -1)
        for chosen in combinations(free, assigned.count(places[place])):
            following = row.copy()
            following[list(chosen)] = places[place]
            yield from fill(following, place + 1)

    yield from fill(np.full(len(assigned), -1, dtype=np.int8), 0)


@lru_cache(maxsize=2)
def _who(assigned: tuple[int, ...], draws: int, seed: int) -> tuple[Floats, ...]:
    """B×C with ones for comparison clusters, then for each start in turn."""
    choices = assignments(assigned, draws, seed)
    return tuple((choices == place).astype(float) for place in range(-1, max(assigned) + 1))


def differences(by_start: Floats, shares: Floats, who: tuple[Floats, ...]) -> Floats:
    """B, the estimate under each assignment.

    by_start: C×G. shares: G, of the treated clusters. who: 1 + G times B×C, ones for comparison
    clusters and for those that start at each start.
    """
    comparison, *starting = who
    n_comparison = comparison[0].sum()
    n_treated = comparison.shape[1] - n_comparison
    found = comparison @ (by_start @ shares) / -n_comparison
    for place, those in enumerate(starting):
        found += those @ by_start[:, place] / n_treated
    return np.asarray(found, dtype=float)


@dataclass(frozen=True, eq=False)
class Randomised:
    """Estimates under each assignment: `found` in the data, `carried` of a constant effect of one.

    With an effect t taken from the data, an assignment's estimate is found - t carried, and the one
    seen is estimate - t.
    """

    estimate: float
    found: Floats
    carried: Floats

    @property
    def p(self) -> float:
        """The share of assignments whose absolute estimate is at least the one seen."""
        return float(np.mean(np.abs(self.found) >= abs(self.estimate) * (1 - TIES)))

    @property
    def least_p(self) -> float:
        """The smallest p that this many assignments could give; two where arms are as large."""
        always = np.abs(self.carried) >= 1 - TIES
        return float(np.mean(always))

    def interval(self, level: float) -> tuple[float | None, float | None]:
        """All constant effects whose p is above 1 - level; an end is None where there is no end.

        An assignment counts against an effect t where |found - t carried| >= |estimate - t|, a
        quadratic in t that holds at t = estimate and so on an interval around it. Its ends are
        known, so that the ends of the wanted set are order statistics of them and exact.
        """
        lows, highs = self._ends()
        spare = floor((1 - level) * len(lows) + TIES)
        low, high = float(np.sort(lows)[spare]), float(np.sort(highs)[::-1][spare])
        return (low if np.isfinite(low) else None, high if np.isfinite(high) else None)

    def _ends(self) -> tuple[Floats, Floats]:
        """Two B, where each assignment stops counting; infinite where it never does.

        An assignment that carries the whole effect, or the whole of it reversed (`alone`), has one
        root. One that carries more than the effect, which only lines drawn on can, counts again
        beyond its roots: it is taken never to stop, which can only widen the interval.
        """
        with np.errstate(divide="ignore", invalid="ignore"):
            one = (self.estimate - self.found) / (1 - self.carried)
            other = (self.estimate + self.found) / (1 + self.carried)
        scale = float(np.abs(self.found).max())
        never = np.abs(self.carried) > 1 + TIES
        alone = ~never & (np.abs(self.carried) >= 1 - TIES)
        never |= alone & (np.abs(self.found - self.estimate * self.carried) <= TIES * scale)
        root = np.where(self.carried > 0, other, one)
        low = np.where(alone, np.where(root > self.estimate, -np.inf, root), np.fmin(one, other))
        high = np.where(alone, np.where(root > self.estimate, root, np.inf), np.fmax(one, other))
        return np.where(never, -np.inf, low), np.where(never, np.inf, high)


def randomised(changes: Changes, *, draws: int = DRAWS, seed: int = 1) -> Randomised:
    """The estimates under every assignment, or drawn ones where there are more than 20,000."""
    who = _who(tuple(int(place) for place in changes.assigned), draws, seed)
    return Randomised(
        changes.estimate,
        differences(changes.by_start, changes.shares, who),
        differences(changes.carried, changes.shares, who),
    )


def randomisation(
    changes: Changes, *, level: float = 0.95, draws: int = DRAWS, seed: int = 1
) -> Estimate:
    """The difference with the p of randomisation and the interval of constant effects it keeps."""
    found = randomised(changes, draws=draws, seed=seed)
    low, high = found.interval(level)
    return Estimate(found.estimate, None, low, high, None, found.p, level, "randomisation")
