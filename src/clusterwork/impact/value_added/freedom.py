"""Satterthwaite's degrees of freedom of the coefficients.

Sources: Satterthwaite (1946), Biometrics Bulletin 2(6), 110-114; Kuznetsova, Brockhoff and
Christensen (2017), lmerTest, J. Stat. Softw. 82(13), section 2.2.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clusterwork.impact.value_added.derivatives import cross_by_parameter, derivatives
from clusterwork.impact.value_added.deviance import Point
from clusterwork.impact.value_added.searching import free, hessian, theta_of

Floats = NDArray[np.float64]


def satterthwaite(point: Point, turn: Floats) -> Floats:
    """Degrees of freedom of each row of `turn` (k x p) applied to the coefficients.

    Variances at their boundary are taken as known to be zero. Infinite where the variance of a
    coefficient does not depend on any that is estimated.
    """
    theta = theta_of(point)
    inside = free(point.sums, theta)
    spread = 2.0 * np.linalg.inv(_information(point, theta, inside))
    variance, slopes = _variances(point, turn, inside)
    doubt = np.einsum("ki,ij,kj->k", slopes, spread, slopes)
    with np.errstate(divide="ignore"):
        return np.asarray(2.0 * variance**2 / doubt)


def _information(point: Point, theta: Floats, inside: NDArray[np.bool_]) -> Floats:
    """Second derivatives of the REML deviance by the free parameters and log residual deviation.

    With s = log residual deviation, D = logs + 2 (n - p) s + rss exp(-2 s) + constant; the profiled
    deviance takes s at its best, which the mixed terms undo.
    """
    rows = point.sums.n - point.sums.p
    residual = np.append(-point.beta, 1.0)
    crosses = cross_by_parameter(point, derivatives(point))[inside]
    change = np.einsum("iab,a,b->i", crosses, residual, residual) / point.rss
    mixed = -2.0 * rows * change
    corner = np.array([[4.0 * rows]])
    within = hessian(point.sums, theta, inside) + np.outer(mixed, mixed) / corner[0, 0]
    return np.block([[within, mixed[:, None]], [mixed[None, :], corner]])


def _variances(point: Point, turn: Floats, inside: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """The variance of each combination, and its derivatives by the same parameters."""
    p = point.sums.p
    root = np.linalg.inv(point.root)
    inverse = root.T @ root
    reach = turn @ inverse
    variance = point.residual_variance * np.einsum("kp,kp->k", reach, turn)
    crosses = cross_by_parameter(point, derivatives(point))[inside][:, :p, :p]
    by_ratio = -point.residual_variance * np.einsum("kp,ipr,kr->ki", reach, crosses, reach)
    return variance, np.concatenate([by_ratio, 2.0 * variance[:, None]], axis=1)
