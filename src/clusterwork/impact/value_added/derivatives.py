"""Derivatives of the deviance and scores of groups, by a sweep from the outermost level down."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clusterwork.impact.value_added.deviance import Point

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Predicted:
    """What the data say of the effects of each level at a point; outermost level first.

    scores: by level, (p + 1) x groups (lowest: q x (p + 1) x J), Z'W[X y] over all levels.
    weights: by level, Z'WZ of each group (lowest: q x q x J).
    offsets: by level, (p + 1) x groups, the predicted sum of a group's and all outer effects for
        each column of [X y] as if it were the outcome. spreads: the variance of that sum given
        the data, over the residual variance.
    """

    scores: tuple[Floats, ...]
    weights: tuple[Floats, ...]
    offsets: tuple[Floats, ...]
    spreads: tuple[Floats, ...]


def predicted(point: Point) -> Predicted:
    """Scores and weights of every group, from the outermost level down."""
    sums, depth = point.sums, point.sums.tree.depth
    scores, weights, offsets, spreads = [], [], [], []
    outer = np.zeros((sums.p + 1, 1))
    spread = np.zeros(1)
    for level in range(depth - 1):
        here = point.absorbed[depth - 1 - level]
        above = sums.tree.parents[level - 1] if level else np.zeros(len(here.weight), dtype=int)
        score = here.after - here.weight * outer[:, above]
        weights.append(here.weight - here.weight**2 * spread[above])
        growth = 1.0 + here.ratio * here.before
        outer = outer[:, above] + here.ratio * score
        spread = here.ratio / growth + spread[above] / growth**2
        scores.append(score)
        offsets.append(outer)
        spreads.append(spread)
    held = point.lowest.held
    above = sums.tree.parents[-1] if depth > 1 else np.zeros(held.shape[-1], dtype=int)
    first = held[:, 0]
    scores.append(point.lowest.left - first[:, None] * outer[:, above])
    weights.append(held - first[:, None] * first[None, :] * spread[above])
    return Predicted(tuple(scores), tuple(weights), tuple(offsets), tuple(spreads))


@dataclass(frozen=True)
class Derivatives:
    """By variance over the residual's: of log|covariance| and of [X y]'W[X y].

    outer_logs: one a level above the lowest; outer_crosses: levels x (p + 1) x (p + 1).
    logs: q x q for the lowest level's covariance; crosses: q x q x (p + 1) x (p + 1).
    """

    outer_logs: Floats
    outer_crosses: Floats
    logs: Floats
    crosses: Floats


def derivatives(point: Point) -> Derivatives:
    """The derivatives at a point, from the scores and weights of every group."""
    seen, width = predicted(point), point.sums.p + 1
    outer, lowest = seen.scores[:-1], seen.scores[-1]
    rows = lowest.reshape(-1, lowest.shape[-1])
    crosses = (rows @ rows.T).reshape(len(lowest), width, len(lowest), width)
    return Derivatives(
        np.array([float(weights.sum()) for weights in seen.weights[:-1]]),
        np.array([-(score @ score.T) for score in outer]).reshape(len(outer), width, width),
        seen.weights[-1].sum(axis=-1),
        -crosses.transpose(0, 2, 1, 3),
    )


def by_variance(point: Point, slopes: Derivatives) -> tuple[Floats, Floats]:
    """The derivative of the profiled deviance by each outer variance, and by the lowest covariance.

    The second is q x q and symmetric: a negative direction in it means that more variance there
    fits better, which holds at zero variance too, where the gradient by `theta` says nothing.
    """
    outer = slopes.outer_logs + _pull(point, slopes.outer_crosses)
    return outer, slopes.logs + _pull(point, slopes.crosses)


def _pull(point: Point, crosses: Floats) -> Floats:
    """What changes of [X y]'W[X y] (the last two axes) do to log|X'WX| and the residual term."""
    p, rows = point.sums.p, point.sums.n - point.sums.p
    root = np.linalg.inv(point.root)
    residual = np.append(-point.beta, 1.0)
    determinant = np.einsum("...ab,ab->...", crosses[..., :p, :p], root.T @ root)
    left = np.einsum("...ab,a,b->...", crosses, residual, residual)
    return np.asarray(determinant + rows * left / point.rss)


def gradient(point: Point, slopes: Derivatives) -> Floats:
    """The derivative of the profiled deviance by each parameter of `theta`."""
    outer, lowest = by_variance(point, slopes)
    deviations = np.sqrt([level.ratio for level in reversed(point.absorbed[1:])])
    within = 2.0 * (lowest @ point.factor)[np.tril_indices(point.sums.q)]
    return np.concatenate([2.0 * deviations * outer, within])


def cross_by_parameter(point: Point, slopes: Derivatives) -> Floats:
    """The derivative of [X y]'W[X y] by each parameter: parameters x (p + 1) x (p + 1)."""
    deviations = np.sqrt([level.ratio for level in reversed(point.absorbed[1:])])
    outer = 2.0 * deviations[:, None, None] * slopes.outer_crosses
    rows, columns = np.tril_indices(point.sums.q)
    turned = np.einsum("ikab,kc->icab", slopes.crosses, point.factor)
    turned = turned + np.einsum("kiab,kc->icab", slopes.crosses, point.factor)
    return np.concatenate([outer, turned[rows, columns]])
