"""The command that an authority runs on its own machine, as its analyst would type it."""

from __future__ import annotations

import shlex

from clusterwork.evaluation.models import CellSet

EXAMPLE = ("ks2", ("ks1", "fsm"), ("authority", "school"))


def command_for(cells: CellSet | None) -> str:
    """With the columns of a set that is there, so that both can be added up; else an example."""
    if cells is None:
        outcome, covariates, levels = EXAMPLE
        return _written(outcome, covariates, levels)
    more = ["--slope", cells.slope] if cells.slope else []
    return _written(
        cells.outcome,
        tuple(cells.covariates),
        tuple(cells.levels),
        *more,
        "--centre",
        "COLUMNS.json",
    )


def _written(outcome: str, covariates: tuple[str, ...], levels: tuple[str, ...], *more: str) -> str:
    words = ["clusterwork", "impact", "cells", "PUPILS.csv", "--outcome", outcome]
    if covariates:
        words += ["--covariates", ",".join(covariates)]
    words += ["--levels", ",".join(levels), *more, "--fewest", "2", "--out", "CELLS.json"]
    return shlex.join(words)
