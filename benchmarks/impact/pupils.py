"""Simulated pupils: 30 a school, 20,000 schools in 150 authorities, 12 covariates; or ten times."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl

SCHOOLS, AUTHORITIES, COVARIATES = 20_000, 150, 12
NAMES = [f"x{place}" for place in range(COVARIATES)]


def write_pupils(path: Path, n: int, seed: int = 3) -> None:
    """A Parquet file of `n` rows: authority, school, covariates and outcome, in no order."""
    rng = np.random.default_rng(seed)
    authority = rng.integers(0, AUTHORITIES, SCHOOLS)
    school = rng.integers(0, SCHOOLS, n)
    x = rng.normal(size=(n, COVARIATES))
    y = x @ np.linspace(-0.2, 0.6, COVARIATES) + rng.normal(size=n)
    y += 0.2 * rng.normal(size=AUTHORITIES)[authority[school]]
    y += (0.3 * rng.normal(size=SCHOOLS))[school]
    y += (0.1 * rng.normal(size=SCHOOLS))[school] * x[:, 0]
    columns = {name: x[:, place] for place, name in enumerate(NAMES)}
    pl.DataFrame(
        {"authority": authority[school] + 200, "school": school + 100_000, **columns, "y": y}
    ).write_parquet(path)
