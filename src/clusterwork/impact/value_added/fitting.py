"""Fits the model to its statistics; what it says is in `result`."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from clusterwork.impact.refusing import outcome_all_alike
from clusterwork.impact.result import Diagnostic
from clusterwork.impact.value_added.cells import Cells
from clusterwork.impact.value_added.deviance import Point
from clusterwork.impact.value_added.effects import effects_of
from clusterwork.impact.value_added.freedom import satterthwaite
from clusterwork.impact.value_added.nesting import tree_of
from clusterwork.impact.value_added.result import (
    ASSUMPTIONS,
    Coefficient,
    ValueAddedFit,
    Variance,
)
from clusterwork.impact.value_added.scaling import Scaled, scaled
from clusterwork.impact.value_added.searching import least
from clusterwork.impact.value_added.shares import correlations, explained
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

Floats = NDArray[np.float64]
INTERCEPT = "(Intercept)"


class TooFewPupils(Problem):
    """There are not more pupils than coefficients and groups' variances to tell."""


class ExplainedWholly(Problem):
    """Covariates and groups leave nothing over, so that no uncertainty can be told."""


def fit_cells(cells: Cells) -> ValueAddedFit:
    """The model of the statistics' columns, fitted by restricted maximum likelihood.

    Raises LevelsCross, OneGroup, TooFewPupils, OutcomeAllAlike, ExplainedWholly.
    """
    _must_tell(cells)
    tree = tree_of(cells.columns.levels, cells.keys)
    base = scaled(cells, tree)
    _must_leave_some(cells, base)
    point = least(base.sums)
    covariances = _covariances(point, base)
    return ValueAddedFit(
        outcome=cells.columns.outcome,
        levels=cells.columns.levels,
        fixed=_fixed(cells, base, point),
        variances=_variances(cells, covariances),
        deviance=point.deviance + base.log_jacobian,
        n=cells.n,
        groups={
            level: len(names) for level, names in zip(cells.columns.levels, tree.names, strict=True)
        },
        by_level=effects_of(cells, tree, base, point),
        correlation=correlations(cells.columns.levels, point),
        **explained(point),
        dropped=tuple(_names(cells)[place] for place in base.dropped),
        missing=cells.missing,
        notes=_notes(cells, base, covariances),
        data_hash=hash_of(cells),
        assumptions=ASSUMPTIONS,
        diagnostics=_diagnostics(cells),
        tables=(),
    )


def hash_of(cells: Cells) -> str:
    """SHA-256 of the model's columns, of the groups with their counts, and of the cross-product.

    The cross-product to six decimals of its scale, because sums differ in the last digits by the
    order of the rows.
    """
    counts = np.rint(cells.sums[:, 0]).astype(np.int64)
    scale = np.sqrt(np.maximum(np.diag(cells.products), 1.0))
    numbers = (cells.products / np.outer(scale, scale)).ravel()
    told = repr((cells.columns, cells.missing))
    told += " ".join(f"{value + 0.0:.6f}" for value in numbers).replace("-0.000000", "0.000000")
    told += "\n".join(map("\t".join, cells.keys))
    return hashlib.sha256(told.encode() + counts.astype("<i8").tobytes()).hexdigest()


def _names(cells: Cells) -> tuple[str, ...]:
    return (INTERCEPT, *cells.columns.covariates)


def _must_tell(cells: Cells) -> None:
    """Refuses what no model could be fitted to."""
    wide = cells.columns.width - 1
    if cells.n <= wide + len(cells.columns.levels):
        raise TooFewPupils(
            Message(
                N_("There are too few pupils for this model: %(n)s, with %(wide)s coefficients."),
                {"n": cells.n, "wide": wide},
            ),
            why=Message(
                N_("Rows with a missing value were left out: %(missing)s"),
                {"missing": cells.missing},
            ),
            next_step=Message(N_("Take fewer covariates, or add the pupils of more years.")),
        )
    spread = cells.products[-1, -1] - cells.products[0, -1] ** 2 / cells.n
    if spread <= 1e-12 * cells.products[-1, -1] or spread == 0.0:
        raise outcome_all_alike()


def _must_leave_some(cells: Cells, base: Scaled) -> None:
    """Refuses where the covariates alone give the outcome."""
    products = base.sums.products
    half = np.linalg.solve(np.linalg.cholesky(products[:-1, :-1]), products[:-1, -1])
    if products[-1, -1] - half @ half <= 1e-10 * products[-1, -1]:
        raise ExplainedWholly(
            Message(
                N_("The covariates give the outcome exactly: %(name)s"),
                {"name": cells.columns.outcome},
            ),
            why=Message(N_("Nothing is left over from which uncertainty could be told.")),
            next_step=Message(N_("Take out the covariate that is another form of the outcome.")),
        )


def _fixed(cells: Cells, base: Scaled, point: Point) -> tuple[Coefficient, ...]:
    """The coefficients of the columns as given."""
    estimates = base.back @ point.beta + base.base
    root = np.linalg.inv(point.root)
    spread = base.back @ (root.T @ root) @ base.back.T * point.residual_variance
    freedom = satterthwaite(point, base.back)
    names = _names(cells)
    return tuple(
        Coefficient(names[place], float(estimate), float(se), float(df))
        for place, estimate, se, df in zip(
            base.kept, estimates, np.sqrt(np.diag(spread)), freedom, strict=True
        )
    )


def _covariances(point: Point, base: Scaled) -> list[Floats]:
    """By level from the outermost the covariance of effects as given, the residual's last."""
    residual = point.residual_variance
    outer = [
        np.array([[level.ratio * residual * base.unit**2]])
        for level in reversed(point.absorbed[1:])
    ]
    lowest = base.back_effects @ point.factor @ point.factor.T @ base.back_effects.T * residual
    return [*outer, lowest, np.array([[residual * base.unit**2]])]


def _variances(cells: Cells, covariances: Sequence[Floats]) -> tuple[Variance, ...]:
    """One entry a variance and covariance, in the order of lme4's table."""
    entries = []
    for level, matrix in zip((*cells.columns.levels, "residual"), covariances, strict=True):
        names = ("" if level == "residual" else INTERCEPT, cells.columns.slope or "")
        for row in range(len(matrix)):
            entries.append(Variance(level, names[row], None, float(matrix[row, row])))
        if len(matrix) == 2:
            entries.append(Variance(level, names[0], names[1], float(matrix[1, 0])))
    return tuple(entries)


def _diagnostics(cells: Cells) -> tuple[Diagnostic, ...]:
    """Who is in the model and who is not."""
    every = cells.n + cells.missing
    return (
        Diagnostic(
            "flow",
            Message(
                N_("Pupils in the data: %(every)s; in the model: %(n)s."),
                {"every": every, "n": cells.n},
            ),
            passed=None if cells.missing <= 0.05 * every else False,
        ),
    )


def _notes(cells: Cells, base: Scaled, covariances: Sequence[Floats]) -> tuple[Message, ...]:
    """What a reader has to know of this fit."""
    notes = []
    for place in base.dropped:
        notes.append(
            Message(
                N_("Left out, because it is a combination of other covariates: %(name)s"),
                {"name": _names(cells)[place]},
            )
        )
    for level, matrix in zip(cells.columns.levels, covariances, strict=False):
        if np.diag(matrix).min() <= 0.0:
            notes.append(
                Message(
                    N_(
                        "No variance between groups of this level beyond chance: %(level)s. "
                        "Their effects are shrunken to nothing."
                    ),
                    {"level": level},
                )
            )
    if cells.missing:
        notes.append(
            Message(
                N_("Rows left out because a value was missing: %(count)s"),
                {"count": cells.missing},
            )
        )
    return tuple(notes)
