"""How sure a shrunken figure is where the mean and the spread of the units are not known either.

Every mean and spread is weighed by how likely the figures make it, as Gelman and others (*Bayesian
data analysis*, 3rd edition, 5.3) do on a grid; beforehand no mean is likelier than another, and no
spread (Gelman 2006, Bayesian Analysis 1, 515-534: uniform on the standard deviation).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from clusterwork.impact.result import Estimate
from clusterwork.impact.small.rows import Floats
from clusterwork.kernel.messages import N_

ALLOWED = N_(
    "Intervals allow for not knowing the mean of all units and how far they differ: every mean and "
    "every spread that the figures leave likely is weighed."
)
TAKEN = N_("With so many units, their mean and how far they differ are taken as known.")
MANY = 300  # units whose figures tell the spread well enough
POINTS = 41
ROUNDS = 4
LEAST_SHARE = 1e-6  # of the likeliest point's weight; what is less likely is not looked at
Box = tuple[float, float]
Density = Callable[[Floats, Floats], Floats]


@dataclass(frozen=True)
class Ends:
    """Of each of k units the standard deviation and the ends of the interval: (k,) each."""

    sd: Floats
    low: Floats
    high: Floats


def weighed(density: Density, means: Box, spreads: Box) -> tuple[Floats, Floats, Floats]:
    """Points of a mean and a spread, (G,) each, with weights that sum to 1.

    density: the log density at (G,) means and spreads. The boxes are narrowed to what is likely.
    """
    within = (means, spreads)
    sides = [np.linspace(*box, POINTS) for box in within]
    for _ in range(ROUNDS):
        at, weights = _on_grid(density, sides)
        sides = [
            _narrowed(side, weights.max(axis=1 - axis), box)
            for axis, (side, box) in enumerate(zip(sides, within, strict=True))
        ]
    at, weights = _on_grid(density, sides)
    kept = weights.ravel() > LEAST_SHARE
    left = weights.ravel()[kept]
    return at[0].ravel()[kept], at[1].ravel()[kept], left / left.sum()


def _on_grid(density: Density, sides: list[Floats]) -> tuple[list[Floats], Floats]:
    """The grid, and at each point the weight relative to the largest."""
    at = np.meshgrid(*sides, indexing="ij")
    heights = density(at[0].ravel(), at[1].ravel()).reshape(at[0].shape)
    return list(at), np.exp(heights - heights.max())


def _narrowed(side: Floats, weights: Floats, box: Box) -> Floats:
    """As many points within what is likely, a step wider on both sides but within the box."""
    likely = side[weights > LEAST_SHARE]
    step = side[1] - side[0]
    low, high = max(likely[0] - step, box[0]), min(likely[-1] + step, box[1])
    return np.linspace(low, high, POINTS)


def ends_of(after: Any, level: float) -> Ends:
    """Of a distribution of scipy's with k members."""
    return Ends(after.std(), after.ppf((1 - level) / 2), after.ppf((1 + level) / 2))


def ends_alike(n: int, sd: float, of_all: Estimate) -> Ends:
    """Everybody has the interval of all."""
    return Ends(*(np.full(n, each or 0.0) for each in (sd, of_all.low, of_all.high)))


def mixed(means: Floats, variances: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Mean and variance of each unit, (k,), over k x G conditional ones weighed by (G,)."""
    mean = means @ weights
    return mean, (variances + means**2) @ weights - mean**2
