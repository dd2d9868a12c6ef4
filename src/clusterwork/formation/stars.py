"""For each hub its most attractive members, and how attractive any other could be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from clusterwork.formation.model import Ints
from clusterwork.formation.star_costs import scaled

Floats = NDArray[np.float64]


class Stars(Protocol):
    """who: (n, t) the members listed for each hub; cost: (n, t) what they add there."""

    @property
    def who(self) -> Ints: ...

    @property
    def cost(self) -> Floats: ...

    def unseen(self, duals: Floats, factor: float = 1.0, share: float = 1.0) -> Floats:
        """(n,) the least that `factor` times the cost of a member who is not listed can be,
        less `share` of its dual; infinite where all possible members are listed."""
        ...


@dataclass(frozen=True)
class NearestStars:
    """Made from a whole matrix: an unlisted member of hub h has cost minus dual of at least
    `beyond[h]` (n,) at the duals `at` (n,), which are zero where only a share is asked for."""

    who: Ints
    cost: Floats
    beyond: Floats
    at: Floats

    def unseen(self, duals: Floats, factor: float = 1.0, share: float = 1.0) -> Floats:
        """As in `Stars`."""
        rise = float((duals - self.at).max(initial=0.0))
        return np.asarray(scaled(self.beyond, factor) - share * rise)


def stars_of(cost: Floats, duals: Floats, most: int) -> NearestStars:
    """The `most` members of each hub that are best at these duals."""
    n = len(cost)
    if most >= n:
        who = np.broadcast_to(np.arange(n), (n, n))
        return NearestStars(who, cost, np.full(n, np.inf), duals.copy())
    red = cost - duals
    order = np.argpartition(red, most, axis=1)
    who = order[:, :most]
    beyond = np.take_along_axis(red, order[:, most:], axis=1).min(axis=1)
    return NearestStars(who, np.take_along_axis(cost, who, axis=1), beyond, duals.copy())
