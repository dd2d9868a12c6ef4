"""Invented clusters for the tests."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import polars as pl

from clusterwork.impact.few.changes import Changes


def rows(
    starts: Mapping[str, int], *, years: int = 6, effect: float = 0.0, seed: int = 1, spread=0.3
) -> pl.DataFrame:
    """Four schools in every cluster and year, with a shock of the cluster in the year."""
    rng = np.random.default_rng(seed)
    found = []
    for name, start in starts.items():
        level = rng.normal()
        for year in range(2001, 2001 + years):
            shock = spread * rng.normal()
            for school in range(4):
                gain = effect if start and year >= start else 0.0
                outcome = level + shock + 0.2 * rng.normal() + gain
                found.append((name, f"{name}{school}", year, start, outcome, 20 + 3 * school))
    columns = ["cluster", "school", "year", "start", "score", "pupils"]
    return pl.DataFrame(found, schema=columns, orient="row")


def arms(n_treated: int, n_comparison: int, start: int = 2004) -> dict[str, int]:
    """Starts by cluster, those that start first."""
    names = [f"c{place:02d}" for place in range(n_treated + n_comparison)]
    return {name: start if place < n_treated else 0 for place, name in enumerate(names)}


def changes(values: list[float], n_treated: int) -> Changes:
    """Changes of clusters that started together, the first ones treated."""
    treated = np.arange(len(values)) < n_treated
    return Changes(
        clusters=tuple(f"c{place}" for place in range(len(values))),
        starts=(2004,),
        by_start=np.array(values, dtype=float)[:, None],
        carried=treated[:, None].astype(float),
        assigned=np.where(treated, 0, -1),
    )


NAMES = {
    "outcome": "score",
    "cluster": "cluster",
    "time": "year",
    "start": "start",
    "weight": "pupils",
}
