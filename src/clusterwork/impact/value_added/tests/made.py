"""Pupils for the tests: small nested data sets drawn from a model."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

Floats = NDArray[np.float64]
LEVELS = ("area", "authority", "school")


@dataclass(frozen=True)
class Pupils:
    """Rows as a frame, and the same as matrices for the plain route."""

    frame: pl.DataFrame
    covariates: tuple[str, ...]
    levels: tuple[str, ...]

    @property
    def design(self) -> Floats:
        """n x (m + 1) with the intercept first."""
        columns = [self.frame[name].to_numpy() for name in self.covariates]
        return np.column_stack([np.ones(len(self.frame)), *columns])

    @property
    def outcome(self) -> Floats:
        return self.frame["y"].to_numpy()


def pupils(seed: int, depth: int = 2, *, spread: float = 0.5, most: int = 6) -> Pupils:
    """Pupils of 3 to 6 groups a level, `depth` levels; effects of deviation `spread`."""
    rng = np.random.default_rng(seed)
    keys = [()]
    effects = {(): 0.0}
    for _ in range(depth):
        keys = [(*key, child) for key in keys for child in range(rng.integers(3, 7))]
        for key in keys:
            effects[key] = effects[key[:-1]] + spread * rng.normal()
    rows = [key for key in keys for _ in range(rng.integers(1, most + 1))]
    x = rng.normal(size=(len(rows), 2))
    slope = {key: 0.3 * rng.normal() for key in keys}
    y = [
        effects[key] + 0.4 * a - 0.2 * b + slope[key] * a * spread + rng.normal()
        for key, (a, b) in zip(rows, x, strict=True)
    ]
    levels = LEVELS[-depth:]
    named = {
        level: [".".join(map(str, key[: place + 1])) for key in rows]
        for place, level in enumerate(levels)
    }
    return Pupils(pl.DataFrame({**named, "a": x[:, 0], "b": x[:, 1], "y": y}), ("a", "b"), levels)
