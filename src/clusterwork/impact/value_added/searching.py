"""Finds the variance ratios with the least deviance; steps off the boundary where that helps."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clusterwork.impact.value_added.derivatives import by_variance, derivatives, gradient
from clusterwork.impact.value_added.deviance import Point, Sums, evaluate
from clusterwork.impact.value_added.starting import start_of

Floats = NDArray[np.float64]
ZERO = 1e-5
"""A deviation below this share of the residual's is none."""
BUMP = 0.1
ROUNDS, STEPS, HALVINGS = 4, 60, 30
LONGEST = 1.0
ROUNDING = 1e-11
"""A promised fall of the deviance below this share of it cannot be seen in double precision."""
WIDTH = 1e-4
FLAT = 1e-10
"""The search ends where a row's share of the gradient is below this."""


def least(sums: Sums) -> Point:
    """The point with the least deviance; a variance at its boundary is exactly zero.

    Newton's method on deviations, whose sign makes no difference to the deviance, so that zero
    needs no bound; the search starts from estimates by moments.
    """
    theta = start_of(sums)
    for _ in range(ROUNDS):
        theta = _settled(sums, _searched(sums, theta))
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
    inside: NDArray[np.bool_] = theta != 0.0
    if sums.q == 2:
        inside[-2] = inside[-3]
    return inside


def slope_at(sums: Sums, theta: Floats) -> Floats:
    """The gradient of the profiled deviance."""
    point = evaluate(sums, theta)
    return gradient(point, derivatives(point))


def hessian(sums: Sums, theta: Floats, inside: NDArray[np.bool_]) -> Floats:
    """The second derivatives by the parameters inside their bounds, by central differences."""
    places = np.flatnonzero(inside)
    rows = []
    for place in places:
        width = WIDTH * max(1.0, abs(theta[place]))
        step = width * (np.arange(len(theta)) == place)
        change = slope_at(sums, theta + step) - slope_at(sums, theta - step)
        rows.append(change[places] / (2.0 * width))
    return _symmetric(np.array(rows))


def _searched(sums: Sums, theta: Floats) -> Floats:
    """Newton steps with halving until the gradient is flat.

    The curvature is measured at the start and before the last step; in between it is kept up from
    the gradients that the steps meet.
    """
    point = evaluate(sums, theta)
    pull = gradient(point, derivatives(point))
    bend: Floats | None = None
    for _ in range(STEPS):
        if np.abs(pull).max() <= FLAT * sums.n:
            break
        measured = bend is None
        if bend is None:
            bend = _bend(sums, theta, pull)
        step = _downhill(bend, pull)
        if -pull @ step <= ROUNDING * abs(point.deviance):
            if measured:
                return _reflected(sums, theta + step)
            bend = None
            continue
        after, found = _halved(sums, theta, step, point.deviance)
        if found is None:
            if measured:
                break
            bend = None
            continue
        before, turned = pull, _reflected(sums, after)
        pull = gradient(found, derivatives(found))
        same = np.array_equal(turned, after)
        bend = _kept_up(bend, after - theta, pull - before) if same else None
        theta, point = turned, found
    return theta


def _kept_up(bend: Floats, step: Floats, change: Floats) -> Floats:
    """The curvature that the change of the gradient over a step shows, of rank one.

    Nocedal and Wright (2006), Numerical optimization, equations 6.24 and 6.26.
    """
    apart = change - bend @ step
    along = float(apart @ step)
    if abs(along) <= 1e-8 * float(np.linalg.norm(apart) * np.linalg.norm(step)):
        return bend
    return np.asarray(bend + np.outer(apart, apart) / along)


def _reflected(sums: Sums, theta: Floats) -> Floats:
    """The same point with the deviations of the outer levels positive."""
    outer = sums.tree.depth - 1
    return np.concatenate([np.abs(theta[:outer]), theta[outer:]])


def _bend(sums: Sums, theta: Floats, pull: Floats) -> Floats:
    """The second derivatives by forward differences, enough for a step."""
    rows = [(slope_at(sums, theta + WIDTH * unit) - pull) / WIDTH for unit in np.eye(len(theta))]
    return _symmetric(np.array(rows))


def _symmetric(matrix: Floats) -> Floats:
    return np.asarray((matrix + matrix.T) / 2.0)


def _downhill(bend: Floats, pull: Floats) -> Floats:
    """A Newton step with every curvature taken as upward, no longer than `LONGEST`."""
    values, vectors = np.linalg.eigh(bend)
    values = np.maximum(np.abs(values), 1e-8 * np.abs(values).max() + 1e-300)
    step = -vectors @ ((vectors.T @ pull) / values)
    length = float(np.linalg.norm(step))
    return np.asarray(step * min(1.0, LONGEST / length))


def _halved(
    sums: Sums, theta: Floats, step: Floats, deviance: float
) -> tuple[Floats, Point | None]:
    """The step, halved until the deviance falls; None where rounding is all that is left."""
    for _ in range(HALVINGS):
        after = theta + step
        found = evaluate(sums, after)
        if found.deviance < deviance:
            return after, found
        step = step / 2.0
        if np.abs(step).max() < 1e-12:
            break
    return theta, None


def _settled(sums: Sums, theta: Floats) -> Floats:
    """The same point with deviations positive, and those of next to nothing exactly zero."""
    outer = theta[: sums.tree.depth - 1].copy()
    outer[outer < ZERO] = 0.0
    factor = np.zeros((sums.q, sums.q))
    factor[np.tril_indices(sums.q)] = theta[len(outer) :]
    factor = factor * np.where(np.diag(factor) < 0.0, -1.0, 1.0)
    diagonal = np.diag_indices(sums.q)
    factor[diagonal] = np.where(factor[diagonal] < ZERO, 0.0, factor[diagonal])
    return np.concatenate([outer, factor[np.tril_indices(sums.q)]])


def _off_the_boundary(sums: Sums, theta: Floats) -> Floats | None:
    """A start away from a zero variance where more of it fits better; None where none does.

    At zero the gradient by a deviation vanishes whatever the data say; that by the variance tells.
    """
    point = evaluate(sums, theta)
    outer, lowest = by_variance(point, derivatives(point))
    moved = theta.copy()
    moved[: len(outer)][(theta[: len(outer)] == 0.0) & (outer < 0.0)] = BUMP
    values, vectors = np.linalg.eigh(lowest)
    if np.diag(point.factor).min() == 0.0 and values[0] < -1e-6 * sums.n:
        covariance = point.factor @ point.factor.T
        covariance = covariance + BUMP**2 * np.outer(vectors[:, 0], vectors[:, 0])
        ridge = 1e-12 * np.eye(sums.q)
        moved[len(outer) :] = np.linalg.cholesky(covariance + ridge)[np.tril_indices(sums.q)]
    return None if np.array_equal(moved, theta) else moved
