"""Panels for the tests: schools in clusters that start at different times."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

COLUMNS = {"outcome": "y", "unit": "school", "time": "year", "start": "first", "cluster": "place"}


@dataclass(frozen=True)
class Made:
    """Rows as a frame, and the same as matrices: outcome n x T, start n (infinite for never)."""

    frame: pl.DataFrame
    outcome: NDArray[np.float64]
    start: NDArray[np.float64]
    times: NDArray[np.float64]
    cluster: NDArray[np.int64]


def panel(
    seed: int, *, units: int = 60, times: int = 5, clusters: int = 20, never: bool = True
) -> Made:
    """Units whose covariate "a" bears on trend and start; an effect of 0.5 and rising."""
    rng = np.random.default_rng(seed)
    years = 2000.0 + np.arange(times)
    starts = np.array([2002.0, 2003.0, 2004.0, *([np.inf] * 2 if never else [])])[: times + 1]
    cluster = np.arange(units) % clusters
    start = starts[np.arange(clusters) % len(starts)][cluster]
    a = rng.normal(size=units) + 0.3 * np.isfinite(start)
    outcome = rng.normal(size=(units, 1)) + 0.2 * np.arange(times) * (1.0 + a)[:, None]
    outcome = outcome + 0.3 * rng.normal(size=(clusters, times))[cluster]
    since = years[None, :] - start[:, None]
    outcome = outcome + np.where(since >= 0, 0.5 + 0.1 * since, 0.0)
    outcome = outcome + 0.4 * rng.normal(size=outcome.shape)
    return Made(_frame(outcome, start, years, cluster, a, rng), outcome, start, years, cluster)


def _frame(outcome, start, years, cluster, a, rng) -> pl.DataFrame:
    units, times = outcome.shape
    return pl.DataFrame(
        {
            "school": np.repeat([f"s{unit:03d}" for unit in range(units)], times),
            "place": np.repeat([f"c{each:02d}" for each in cluster], times),
            "year": np.tile(years.astype(int), units),
            "first": np.repeat(np.where(np.isfinite(start), start, 0.0).astype(int), times),
            "a": np.repeat(a, times),
            "n": np.repeat(rng.integers(1, 9, units).astype(float), times),
            "y": outcome.ravel(),
        }
    )
