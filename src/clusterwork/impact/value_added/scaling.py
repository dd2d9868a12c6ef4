"""From statistics to well-scaled sums and back; decides which columns can be told apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clusterwork.impact.value_added.cells import Cells
from clusterwork.impact.value_added.deviance import Sums
from clusterwork.impact.value_added.nesting import Tree

Floats = NDArray[np.float64]
DOUBLE = 1e-10
"""A column is taken for a combination of earlier ones where less than this share of its squared
length lies outside them: cross-products hold about sixteen digits of squares."""


@dataclass(frozen=True)
class Scaled:
    """Sums of columns of mean 0 and deviation 1, and the way back to the columns as given.

    kept, dropped: coefficients by number (0 is the intercept) that can and cannot be told apart.
    back, base: coefficients as given = back @ scaled + base (p x p, p).
    back_effects: effects of the lowest level as given = back_effects @ scaled (q x q).
    unit: the outcome's deviation.
    log_jacobian: deviance as given - deviance scaled.
    """

    sums: Sums
    kept: tuple[int, ...]
    dropped: tuple[int, ...]
    back: Floats
    base: Floats
    back_effects: Floats
    unit: float
    log_jacobian: float


def scaled(cells: Cells, tree: Tree) -> Scaled:
    """The sums of the model with columns of mean 0 and deviation 1, none told twice."""
    turn, deviations = _standardising(cells.products)
    products = turn @ cells.products @ turn.T
    kept = independent(products[:-1, :-1])
    chosen = [*kept, len(products) - 1]
    place = _slope_column(cells)
    own = _random_columns(cells, turn, place)
    sums = Sums(
        tree,
        products[np.ix_(chosen, chosen)],
        own[:, chosen],
        _among(own, place),
        cells.n,
    )
    unit = float(deviations[-1])
    rows = cells.n - len(kept)
    return Scaled(
        sums,
        kept,
        tuple(sorted(set(range(len(products) - 1)) - set(kept))),
        unit * (_uncentring(cells) @ turn[:-1, :-1].T)[np.ix_(kept, kept)],
        _base(cells, turn, unit, len(kept)),
        unit * _effects_back(cells, turn, place),
        unit,
        2.0 * float(np.log(deviations[list(kept)]).sum()) + 2.0 * rows * float(np.log(unit)),
    )


def _standardising(products: Floats) -> tuple[Floats, Floats]:
    """The matrix that takes a row of columns to mean 0 and deviation 1, and the deviations."""
    n = products[0, 0]
    means = products[0] / n
    spread = np.sqrt(np.maximum(np.diag(products) / n - means**2, 0.0))
    spread[0], means[0] = 1.0, 0.0
    spread[spread <= 1e-12 * np.sqrt(np.diag(products) / n)] = 1.0
    turn = np.diag(1.0 / spread)
    turn[1:, 0] = -means[1:] / spread[1:]
    return turn, spread


def independent(products: Floats) -> tuple[int, ...]:
    """The columns, first to last, that are no combination of those kept before them."""
    left = products.copy()
    kept = []
    for column in range(len(left)):
        if left[column, column] <= DOUBLE * max(products[column, column], 1.0):
            continue
        kept.append(column)
        part = left[column] / left[column, column]
        left = left - np.outer(left[column], part)
    return tuple(kept)


def _slope_column(cells: Cells) -> int | None:
    slope = cells.columns.slope
    return None if slope is None else 1 + cells.columns.covariates.index(slope)


def _random_columns(cells: Cells, turn: Floats, place: int | None) -> Floats:
    """q x width x J: Z'[X y] of scaled columns, Z being 1 or [1, slope]."""
    first = turn @ cells.sums.T
    if place is None:
        return first[None]
    second = turn @ cells.slopes.T * turn[place, place] + first * turn[place, 0]
    return np.stack([first, second])


def _among(own: Floats, place: int | None) -> Floats:
    """q x q x J: Z'Z, whose columns stand among those of Z'[X y]."""
    return own[:, [0]] if place is None else own[:, [0, place]]


def _uncentring(cells: Cells) -> Floats:
    """Takes coefficients of centred columns to those of the columns as given."""
    matrix = np.eye(cells.columns.width - 1)
    matrix[0, 1:] = -cells.columns.shifts[1:-1]
    return matrix


def _base(cells: Cells, turn: Floats, unit: float, p: int) -> Floats:
    """What the intercept gains from the outcome's own mean."""
    base = np.zeros(p)
    base[0] = cells.columns.shifts[-1] - turn[-1, 0] * unit
    return base


def _effects_back(cells: Cells, turn: Floats, place: int | None) -> Floats:
    """Effects of [1, scaled slope] to effects of [1, slope as given], for an outcome of unit 1."""
    if place is None:
        return np.eye(1)
    centre = cells.columns.shifts[place] * turn[place, place] - turn[place, 0]
    return np.array([[1.0, -centre], [0.0, turn[place, place]]])
