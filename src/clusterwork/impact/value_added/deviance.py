"""The profiled REML deviance of a nested linear mixed model.

Random effects are absorbed level by level, from the lowest to the outermost, by the Woodbury
identity: one evaluation costs groups x columns squared, and no pupil is looked at again. Groups
stand along the last axis, so that what is done to each is done to all at once.

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
    own: q x (p + 1) x J, Z'[X y] of each lowest group; Z is [1] or [1, slope].
    among: q x q x J, Z'Z of each lowest group.
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
        return len(self.own)


@dataclass(frozen=True)
class Absorbed:
    """A level of G groups after its effects were taken out.

    ratio: the variance of its effects over the residual variance (0 for the lowest level here).
    before, weight: G, 1'W1 of each group without and with its own effects.
    after: (p + 1) x G, 1'W[X y] with them.
    """

    ratio: float
    before: Floats
    weight: Floats
    after: Floats


@dataclass(frozen=True)
class Lowest:
    """The lowest level: the factor of its covariance, and without outer levels Z'W[X y] and Z'WZ.

    left: q x (p + 1) x J. held: q x q x J.
    """

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
    weights, determinant = _weighed(sums.among, factor)
    spared = -_times(sums.among, weights)
    spared[np.diag_indices(sums.q)] += 1.0
    left, held = _times(spared, sums.own), _times(spared, sums.among)
    shrunk = _times(weights, sums.own)
    cross = sums.products - np.matmul(sums.own, shrunk.transpose(0, 2, 1)).sum(axis=0)
    lowest = Absorbed(0.0, held[0, 0], held[0, 0], left[0])
    absorbed, logs, cross = _absorb_upwards(sums, theta, lowest, cross)
    logs += float(np.log(determinant).sum())
    return _profiled(Lowest(factor, left, held), sums, absorbed, cross, logs)


def _times(left: Floats, right: Floats) -> Floats:
    """Matrix products group by group: a x b x J by b x c x J."""
    product = left[:, 0, None] * right[None, 0]
    for place in range(1, len(right)):
        product += left[:, place, None] * right[None, place]
    return np.asarray(product)


def _weighed(among: Floats, factor: Floats) -> tuple[Floats, Floats]:
    """L (I + L'Z'ZL)^-1 L' for each group, and the determinant of what is inverted."""
    inner = conjugated(factor.T, among)
    inner[np.diag_indices(len(factor))] += 1.0
    inverse, determinant = _inverse(inner)
    return conjugated(factor, inverse), determinant


def conjugated(turn: Floats, matrices: Floats) -> Floats:
    """turn @ M @ turn' for each of q x q x J."""
    rows = (turn @ matrices.reshape(len(turn), -1)).reshape(matrices.shape)
    return np.asarray(np.matmul(turn, rows))


def _inverse(inner: Floats) -> tuple[Floats, Floats]:
    """Of symmetric matrices up to 2 x 2 by formula, with the determinants."""
    if len(inner) == 1:
        return 1.0 / inner, inner[0, 0]
    determinant = inner[0, 0] * inner[1, 1] - inner[0, 1] ** 2
    turned = np.stack([[inner[1, 1], -inner[0, 1]], [-inner[0, 1], inner[0, 0]]])
    return turned / determinant, determinant


def _absorb_upwards(
    sums: Sums, theta: Floats, lowest: Absorbed, cross: Floats
) -> tuple[tuple[Absorbed, ...], float, Floats]:
    """Each level's effects taken out, the lowest first in the answer."""
    absorbed, logs = [lowest], 0.0
    for level in range(sums.tree.depth - 2, -1, -1):
        below, ratio = absorbed[-1], float(theta[level]) ** 2
        begin = sums.tree.starts[level]
        weight = np.add.reduceat(below.weight, begin)
        raw = np.add.reduceat(below.after, begin, axis=1)
        growth = 1.0 + ratio * weight
        cross = cross - (raw * (ratio / growth)) @ raw.T
        logs += float(np.log(growth).sum())
        absorbed.append(Absorbed(ratio, weight, weight / growth, raw / growth))
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
