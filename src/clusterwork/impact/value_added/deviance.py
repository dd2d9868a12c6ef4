"""The profiled REML deviance of a nested linear mixed model.

Random effects are absorbed level by level, from the lowest to the outermost, by the Woodbury
identity: one evaluation costs groups x columns squared, and no pupil is looked at again.

Sources: Bates, Mächler, Bolker and Walker (2015), Fitting linear mixed-effects models using lme4,
J. Stat. Softw. 67(1), sections 3.3 and 3.4 (relative covariance factor, profiled REML criterion);
Goldstein (2011), Multilevel statistical models, chapter 2 (nested groups).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clusterwork.impact.value_added.nesting import Tree

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Sums:
    """What the deviance is computed from; p coefficients, J lowest groups, q random effects each.

    tree: the groups.
    products: (p + 1) x (p + 1), [X y]'[X y].
    own: J x q x (p + 1), Z'[X y] of each lowest group; Z is [1] or [1, slope].
    among: J x q x q, Z'Z of each lowest group.
    n: rows.
    """

    tree: Tree
    products: Floats
    own: Floats
    among: Floats
    n: int

    @property
    def p(self) -> int:
        """Coefficients."""
        return len(self.products) - 1

    @property
    def q(self) -> int:
        """Random effects of a lowest group."""
        return int(self.own.shape[1])


@dataclass(frozen=True)
class Absorbed:
    """A level after its effects were taken out; one row a group.

    ratio: the variance of its effects over the residual variance (0 for the lowest level here).
    weight: 1'W1 of each group without (`before`) and with (`after`) its own effects.
    after: 1'W[X y] with them.
    """

    ratio: float
    before: Floats
    weight: Floats
    after: Floats


@dataclass(frozen=True)
class Lowest:
    """The lowest level: the factor of its covariance, Z'W[X y] and Z'WZ without outer levels."""

    factor: Floats
    left: Floats
    held: Floats


@dataclass(frozen=True)
class Point:
    """The deviance at one set of variance ratios.

    cross: (p + 1) x (p + 1), [X y]'W[X y], where W is the inverse of the covariance over the
        residual variance.
    log_determinant: of that covariance.
    beta: p coefficients. rss: the weighted residual sum of squares. root: lower Cholesky of X'WX.
    deviance: the REML criterion, profiled over coefficients and residual variance.
    """

    sums: Sums
    lowest: Lowest
    absorbed: tuple[Absorbed, ...]
    cross: Floats
    log_determinant: float
    root: Floats
    beta: Floats
    rss: float
    deviance: float

    @property
    def factor(self) -> Floats:
        """The lower Cholesky factor of the lowest level's covariance over the residual variance."""
        return self.lowest.factor

    @property
    def residual_variance(self) -> float:
        """The REML estimate at these ratios."""
        return self.rss / (self.sums.n - self.sums.p)


def factor_of(sums: Sums, theta: Floats) -> Floats:
    """The lower Cholesky factor of the lowest level's covariance, q x q."""
    factor = np.zeros((sums.q, sums.q))
    factor[np.tril_indices(sums.q)] = theta[sums.tree.depth - 1 :]
    return factor


def evaluate(sums: Sums, theta: Floats) -> Point:
    """The deviance at `theta`: standard deviations over the residual's, outermost level first.

    With a slope the last three are the lower Cholesky factor row by row (as lme4's theta, whose
    order within a 2 x 2 factor is the same).
    """
    factor = factor_of(sums, theta)
    middle, determinant = _shrunk(sums.among, factor)
    weights = factor @ middle @ factor.T
    shrunk = _times(weights, sums.own)
    width = sums.p + 1
    cross = sums.products - sums.own.reshape(-1, width).T @ shrunk.reshape(-1, width)
    left = sums.own - _times(sums.among, shrunk)
    held = sums.among - _times(sums.among, _times(weights, sums.among))
    lowest = Absorbed(0.0, held[:, 0, 0], held[:, 0, 0], left[:, 0, :])
    absorbed, logs, cross = _absorb_upwards(sums, theta, lowest, cross)
    logs += float(np.log(determinant).sum())
    return _profiled(Lowest(factor, left, held), sums, absorbed, cross, logs)


def _times(left: Floats, right: Floats) -> Floats:
    """Matrix products group by group; for matrices this small quicker than asking BLAS."""
    parts = [left[:, :, [k]] * right[:, [k], :] for k in range(left.shape[2])]
    return np.asarray(sum(parts[1:], parts[0]))


def _shrunk(among: Floats, factor: Floats) -> tuple[Floats, Floats]:
    """(I + L'Z'ZL) inverted for each group, and its determinant, by formula up to 2 x 2."""
    inner = factor.T @ among @ factor + np.eye(len(factor))
    if len(factor) == 1:
        return 1.0 / inner, inner[:, 0, 0]
    determinant = inner[:, 0, 0] * inner[:, 1, 1] - inner[:, 0, 1] ** 2
    inverse = np.empty_like(inner)
    inverse[:, 0, 0], inverse[:, 1, 1] = inner[:, 1, 1], inner[:, 0, 0]
    inverse[:, 0, 1] = inverse[:, 1, 0] = -inner[:, 0, 1]
    return inverse / determinant[:, None, None], determinant


def _absorb_upwards(
    sums: Sums, theta: Floats, lowest: Absorbed, cross: Floats
) -> tuple[tuple[Absorbed, ...], float, Floats]:
    """Each level's effects taken out, the lowest first in the answer."""
    absorbed, logs = [lowest], 0.0
    for level in range(sums.tree.depth - 2, -1, -1):
        below, ratio = absorbed[-1], float(theta[level]) ** 2
        begin = sums.tree.starts[level]
        weight = np.add.reduceat(below.weight, begin)
        raw = np.add.reduceat(below.after, begin)
        growth = 1.0 + ratio * weight
        cross = cross - raw.T @ (raw * (ratio / growth)[:, None])
        logs += float(np.log(growth).sum())
        absorbed.append(Absorbed(ratio, weight, weight / growth, raw / growth[:, None]))
    return tuple(absorbed), logs, cross


def _profiled(
    lowest: Lowest,
    sums: Sums,
    absorbed: tuple[Absorbed, ...],
    cross: Floats,
    log_determinant: float,
) -> Point:
    """Coefficients, residual sum and deviance from the weighted cross-product."""
    p, rows = sums.p, sums.n - sums.p
    root = np.asarray(np.linalg.cholesky(cross[:p, :p]), dtype=np.float64)
    half = np.linalg.solve(root, cross[:p, p])
    beta = np.linalg.solve(root.T, half)
    rss = float(cross[p, p] - half @ half)
    deviance = (
        log_determinant
        + 2.0 * float(np.log(np.diag(root)).sum())
        + rows * (1.0 + math.log(2.0 * math.pi * rss / rows))
    )
    return Point(sums, lowest, absorbed, cross, log_determinant, root, beta, rss, deviance)
