"""Schools for the tests: small sets, drawn or written by hand."""

from __future__ import annotations

import json
import shutil
import subprocess
from functools import cache
from pathlib import Path

import numpy as np
import polars as pl
import pytest

COVARIATES = ("pupils", "need", "language")
SHARED = Path(__file__).parents[6] / "shared" / "data"


def schools(seed: int, n: int = 60, *, whole: bool = False) -> pl.DataFrame:
    """n schools of which about a third take part; with `whole` few values, so that many are tied.

    The outcome is need + 0.5 + noise for those who take part, need + noise for the others.
    """
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, 3))
    if whole:
        x = np.rint(x)
    took = rng.random(n) < 1.0 / (1.0 + np.exp(1.0 - 0.5 * x[:, 0]))
    took[:2] = [True, False]
    return pl.DataFrame(
        {
            "urn": np.arange(100, 100 + n),
            "took": took.astype(int),
            **dict(zip(COVARIATES, x.T, strict=True)),
            "phase": rng.choice(["Primary", "Secondary"], n, p=[0.7, 0.3]),
            "cluster": rng.integers(0, 12, n),
            "y": x[:, 1] + 0.5 * took + rng.normal(size=n),
        }
    )


@cache
def without_r(packages: str) -> str:
    """Why R cannot be asked; empty where it can."""
    if shutil.which("Rscript") is None:
        return "R is not installed"
    asked = ["Rscript", "-e", f"invisible(lapply(c({packages}), library, character.only = TRUE))"]
    done = subprocess.run(asked, capture_output=True, check=False)
    return "" if done.returncode == 0 else f"R lacks one of {packages}"


def in_r(program: str, folder: Path, frame: pl.DataFrame | None = None) -> list[float]:
    """The numbers that the program prints as JSON; its rows are in the variable `rows`."""
    if frame is not None:
        frame.write_csv(folder / "rows.csv")
        program = f"rows <- read.csv('{folder / 'rows.csv'}')\n{program}"
    (folder / "ask.R").write_text(program)
    told = subprocess.run(
        ["Rscript", str(folder / "ask.R")], capture_output=True, text=True, check=True
    )
    return json.loads(told.stdout[told.stdout.index("[") :])


def needs_r(packages: str) -> None:
    if without_r(packages):
        pytest.skip(without_r(packages))
