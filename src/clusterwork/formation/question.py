"""What is asked when some units are divided exactly, and what is answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from clusterwork.formation.book import Key

Floats = NDArray[np.float64]
ROUNDS = 60


@dataclass(frozen=True)
class Prices:
    """duals: (units,) price of each unit's place; count: of one cluster more. best: there are
    hardly better ones."""

    duals: Floats
    count: float
    best: bool = False

    @property
    def guide(self) -> tuple[Floats, float]:
        """The prices of places and of one cluster more."""
        return self.duals, self.count


@dataclass(frozen=True)
class Question:
    """units to be divided into `count` clusters; `incumbent` is a known division. Only what costs
    no more than `upper` is looked for."""

    units: Sequence[int]
    count: tuple[int, int]
    incumbent: Sequence[Key]
    upper: float

    @property
    def one(self) -> float:
        """What a cluster of the known division costs, about."""
        return max(1e-9, abs(self.upper) / max(1, len(self.incumbent)))


@dataclass(frozen=True)
class Answer:
    """bound: no division costs less. keys: the clusters that a better one could use, cheapest
    first, the incumbent's among them. A division that uses another one costs at least `reach`.
    prices: those by which the clusters were listed."""

    bound: float
    keys: tuple[Key, ...]
    reach: float
    prices: Prices


@dataclass
class Limits:
    """How far to go: clusters listed at most, seconds, when to stop, and how many rounds of
    inequalities to take."""

    most: int
    seconds: float
    seed: int
    stop: Callable[[], bool]
    tell: Callable[[float], None] = field(default=lambda _: None)
    rounds: int = ROUNDS
