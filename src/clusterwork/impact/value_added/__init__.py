"""Value added: how much more or less pupils made of it in one school than in others."""

from __future__ import annotations

from collections.abc import Sequence

from clusterwork.impact.value_added.cells import Cells, CellsDiffer, Columns, nothing, total
from clusterwork.impact.value_added.fitting import fit_cells
from clusterwork.impact.value_added.reading import cells_of
from clusterwork.impact.value_added.result import Coefficient, Effect, ValueAddedFit, Variance


def fit_value_added(
    frame: object,
    *,
    outcome: str,
    covariates: Sequence[str],
    levels: Sequence[str],
    slope: str | None = None,
) -> ValueAddedFit:
    """Pupils in schools in authorities or clusters: a linear mixed model by REML.

    frame: any data frame, one row a pupil. levels: columns from the outermost to the lowest.
    slope: a covariate whose coefficient varies between groups of the lowest level.
    Raises what `cells_of` and `fit_cells` raise.
    """
    return fit_cells(
        cells_of(frame, outcome=outcome, covariates=covariates, levels=levels, slope=slope)
    )


__all__ = [
    "Cells",
    "CellsDiffer",
    "Coefficient",
    "Columns",
    "Effect",
    "ValueAddedFit",
    "Variance",
    "cells_of",
    "fit_cells",
    "fit_value_added",
    "nothing",
    "total",
]
