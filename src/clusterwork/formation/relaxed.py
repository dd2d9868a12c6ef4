"""What relaxations of "every school stands in exactly one cluster" have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from clusterwork.formation.model import Model

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Frame:
    """n schools; the sizes (s,) that a cluster may have, rising, and their prices (s,); how many
    clusters there may be; hubs: (n,) True for schools that may be one. Weights of travel and of
    the longest journey. some_out: schools may be left out."""

    n: int
    sizes: NDArray[np.int64]
    prices: Floats
    count_low: int
    count_high: int
    hubs: Flags
    travel: float
    worst: float
    some_out: bool = False


def frame_of(model: Model) -> Frame:
    """The frame of a whole model."""
    sizes = np.arange(model.low, min(model.high, model.n) + 1)
    return Frame(
        n=model.n,
        sizes=sizes,
        prices=np.array([model.size_price(int(size)) for size in sizes]),
        count_low=model.count_low,
        count_high=model.count_high,
        hubs=np.asarray(model.may_hub[np.arange(model.n), np.arange(model.n)]),
        travel=model.policy.weights.travel,
        worst=model.policy.weights.worst,
        some_out=model.may_leave_out,
    )


@dataclass
class Step:
    """The relaxation's value at some duals; reduced (n,) as in `Bound`; cover (n,) how often
    each school is taken; the price of one cluster more."""

    value: float
    reduced: Floats
    cover: Floats
    threshold: float


class Relaxed(Protocol):
    """A relaxation: a bound for every plan at any duals (n,)."""

    def step(self, duals: Floats) -> Step:
        """Value and slope at these duals."""
        ...


@dataclass(frozen=True)
class Bound:
    """`value` holds for the full objective. duals: (n,) price of each school's place.

    reduced: (n,) what the best cluster around each hub costs less its members' prices (hub
    measure), or what each school's share of one does (peers). `threshold` is the reduced cost
    from which a further cluster would not be opened.
    """

    value: float
    duals: Floats
    reduced: Floats
    threshold: float
