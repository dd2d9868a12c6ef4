"""Finds the variance ratios with the least deviance; steps from the boundary where that helps."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from clusterwork.impact.value_added.deviance import (
    Point,
    Sums,
    by_variance,
    derivatives,
    evaluate,
    gradient,
    lower_bounds,
)

Floats = NDArray[np.float64]
START = 0.5
ZERO = 1e-5
"""A deviation below this share of the residual's is none."""
BUMP = 0.1
ROUNDS = 4
STEP = 1e-4


def least(sums: Sums) -> Point:
    """The point with the least deviance; a variance at its boundary is exactly zero."""
    theta = np.eye(sums.q)[np.tril_indices(sums.q)] * START
    theta = np.concatenate([np.full(sums.tree.depth - 1, START), theta])
    for _ in range(ROUNDS):
        theta = _polished(sums, _searched(sums, theta))
        better = _off_the_boundary(sums, theta)
        if better is None:
            break
        theta = better
    return evaluate(sums, theta)


def theta_of(point: Point) -> Floats:
    """The parameters of a point."""
    outer = [np.sqrt(level.ratio) for level in reversed(point.absorbed[1:])]
    return np.concatenate([outer, point.factor[np.tril_indices(point.sums.q)]])


def free(sums: Sums, theta: Floats) -> NDArray[np.bool_]:
    """Which parameters are not at their boundary; of a factor with a zero row nothing moves."""
    inside = theta > lower_bounds(sums)
    if sums.q == 2:
        inside[-2] = inside[-3]
    return inside


def _searched(sums: Sums, theta: Floats) -> Floats:
    """A quasi-Newton search with the analytic gradient; small deviations set to zero."""

    def both(at: Floats) -> tuple[float, Floats]:
        point = evaluate(sums, at)
        return point.deviance, gradient(point, derivatives(point))

    bounds = [(low if np.isfinite(low) else None, None) for low in lower_bounds(sums)]
    found = minimize(
        both,
        theta,
        jac=True,
        method="L-BFGS-B",
        bounds=bounds,
        options={"ftol": 1e-13, "gtol": 1e-6, "maxiter": 200},
    ).x
    found[(lower_bounds(sums) == 0.0) & (found < ZERO)] = 0.0
    return np.asarray(found)


def _polished(sums: Sums, theta: Floats) -> Floats:
    """Newton steps among the parameters inside their bounds, as long as they help."""
    for _ in range(6):
        inside = free(sums, theta)
        point = evaluate(sums, theta)
        pull = gradient(point, derivatives(point))
        if not inside.any() or np.abs(pull[inside]).max() < 1e-9 * sums.n:
            break
        bend = hessian(sums, theta, inside)
        if np.linalg.eigvalsh(bend)[0] <= 0.0:
            break
        step = np.zeros_like(theta)
        step[inside] = -np.linalg.solve(bend, pull[inside])
        after = np.maximum(theta + step, lower_bounds(sums))
        if evaluate(sums, after).deviance > point.deviance + 1e-9 * abs(point.deviance):
            break
        theta = after
    return theta


def hessian(sums: Sums, theta: Floats, inside: NDArray[np.bool_]) -> Floats:
    """The second derivatives of the profiled deviance by the parameters inside their bounds."""
    places = np.flatnonzero(inside)
    rows = []
    for place in places:
        width = STEP * max(1.0, abs(theta[place]))
        sides = []
        for sign in (1.0, -1.0):
            at = theta.copy()
            at[place] += sign * width
            point = evaluate(sums, at)
            sides.append(gradient(point, derivatives(point))[places])
        rows.append((sides[0] - sides[1]) / (2.0 * width))
    matrix = np.array(rows, dtype=np.float64)
    return np.asarray((matrix + matrix.T) / 2.0)


def _off_the_boundary(sums: Sums, theta: Floats) -> Floats | None:
    """A start away from a zero variance where more of it fits better; None where none does.

    At zero the gradient by a deviation vanishes whatever the data say; that by the variance tells.
    """
    point = evaluate(sums, theta)
    outer, lowest = by_variance(point, derivatives(point))
    stuck = (theta[: len(outer)] == 0.0) & (outer < 0.0)
    values, vectors = np.linalg.eigh(lowest)
    singular = np.diag(point.factor).min() == 0.0
    if not stuck.any() and not (singular and values[0] < -1e-6 * sums.n):
        return None
    moved = theta.copy()
    moved[: len(outer)][stuck] = BUMP
    if singular and values[0] < 0.0:
        covariance = point.factor @ point.factor.T
        covariance = covariance + BUMP**2 * np.outer(vectors[:, 0], vectors[:, 0])
        ridge = 1e-12 * np.eye(sums.q)
        moved[len(outer) :] = np.linalg.cholesky(covariance + ridge)[np.tril_indices(sums.q)]
    return moved
