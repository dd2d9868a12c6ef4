"""Invented schools in clusters whose clusters have good and bad years."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
YEARS, BEFORE = 6, 3
SCHOOLS = (4, 9)
PUPILS = (15, 60)


@dataclass(frozen=True)
class World:
    """How much what varies, in standard deviations of pupils.

    shock: of a cluster in a year, and how much of it stays until the next (`stays`). school: of a
    school in a year, besides its pupils' chance. level: between schools, all years.
    """

    shock: float = 0.10
    stays: float = 0.5
    school: float = 0.10
    level: float = 0.30


@dataclass(frozen=True, eq=False)
class Drawn:
    """R repetitions of C clusters of up to S schools in T years.

    outcomes: R×C×S×T, means of a school. pupils: R×C×S, 0 where a cluster has fewer schools.
    """

    outcomes: Floats
    pupils: Floats

    def cluster_means(self) -> Floats:
        """R×C×T, weighed by pupils, as `panel_of` does."""
        total = (self.outcomes * self.pupils[..., None]).sum(axis=2)
        return np.asarray(total / self.pupils.sum(axis=2)[..., None], dtype=float)

    def school_changes(self) -> Floats:
        """R×C×S, each school's mean of the years after less that of the years before."""
        after, before = self.outcomes[..., BEFORE:], self.outcomes[..., :BEFORE]
        return np.asarray(after.mean(axis=-1) - before.mean(axis=-1), dtype=float)


def drawn(
    clusters: int, n_treated: int, repetitions: int, effect: float, seed: int, world: World
) -> Drawn:
    """Repetitions in which the first clusters start after three of six years."""
    rng = np.random.default_rng([seed, clusters, n_treated])
    shape = (repetitions, clusters, SCHOOLS[1], YEARS)
    there = np.arange(SCHOOLS[1]) < rng.integers(SCHOOLS[0], SCHOOLS[1] + 1, shape[:2])[..., None]
    pupils = rng.integers(PUPILS[0], PUPILS[1] + 1, shape[:3]) * there
    chance = rng.standard_normal(shape) / np.sqrt(np.maximum(pupils, 1))[..., None]
    outcomes = chance + world.school * rng.standard_normal(shape)
    outcomes += world.level * rng.standard_normal(shape[:3])[..., None]
    outcomes += shocks(rng, shape[:2], world)[:, :, None, :]
    outcomes[:, :n_treated, :, BEFORE:] += effect
    return Drawn(outcomes, pupils.astype(float))


def shocks(rng: np.random.Generator, shape: tuple[int, ...], world: World) -> Floats:
    """R×C×T, of one spread in all years, each keeping a part of the last."""
    found = rng.standard_normal((*shape, YEARS))
    for year in range(1, YEARS):
        kept, new = world.stays, np.sqrt(1 - world.stays**2)
        found[..., year] = kept * found[..., year - 1] + new * found[..., year]
    return world.shock * found
