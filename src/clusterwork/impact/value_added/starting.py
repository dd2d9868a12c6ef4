"""Where the search for variances begins: their estimates by moments.

Sums of residuals of ordinary least squares by group, squared, are told apart by what they are
expected to be: Searle, Casella and McCulloch (1992), Variance components, section 5.3 (Henderson's
first method), coefficients taken as known.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clusterwork.impact.value_added.deviance import Sums

Floats = NDArray[np.float64]
LEAST, MOST, UNKNOWN = 0.01, 25.0, 0.25
"""Variances over the residual's between which the search begins, and where nothing is known."""


def start_of(sums: Sums) -> Floats:
    """Standard deviations over the residual's, as `evaluate` takes them; slopes by themselves."""
    residual = np.append(-_ordinary(sums), 1.0)
    totals = residual @ sums.own
    counts = sums.among[np.diag_indices(sums.q)]
    squares = _squares(totals, counts)
    free = sums.n - sums.own.shape[-1]
    within = (residual @ sums.products @ residual - squares[0]) / max(free, 1)
    if free < 1 or within <= 0.0:
        ratios = np.full(sums.tree.depth + sums.q - 1, UNKNOWN)
    else:
        slopes = (squares[1:] / within - sums.own.shape[-1]) / counts[1:].sum(axis=1)
        ratios = np.append(_by_level(sums, totals[0], counts[0], within), slopes)
    deviations = np.sqrt(np.clip(np.nan_to_num(ratios, nan=UNKNOWN), LEAST, MOST))
    outer = sums.tree.depth - 1
    return np.append(deviations[:outer], np.diag(deviations[outer:])[np.tril_indices(sums.q)])


def _ordinary(sums: Sums) -> Floats:
    """The coefficients of ordinary least squares."""
    return np.asarray(np.linalg.solve(sums.products[:-1, :-1], sums.products[:-1, -1]))


def _squares(totals: Floats, counts: Floats) -> Floats:
    """Sums over the last axis of squared totals over counts; of empty groups nothing."""
    each = np.divide(totals**2, counts, out=np.zeros_like(totals), where=counts > 0.0)
    return np.asarray(each.sum(axis=-1))


def _by_level(sums: Sums, totals: Floats, counts: Floats, within: float) -> Floats:
    """The ratios of all levels' intercepts, outermost first, from one equation a level.

    Of a level with G groups the sum of squared totals over counts is expected to be the residual
    variance times G + (for this and every outer level) ratio x n + (for every inner level) ratio x
    sum over groups of their parts' squared counts over their count.
    """
    depth = sums.tree.depth
    shares, found = np.ones((depth, depth)), np.zeros(depth)
    inner: dict[int, Floats] = {}
    for level in range(depth - 1, -1, -1):
        if level < depth - 1:
            begin = sums.tree.starts[level]
            totals, counts = np.add.reduceat(totals, begin), np.add.reduceat(counts, begin)
            inner = {place: np.add.reduceat(each, begin) for place, each in inner.items()}
        found[level] = (_squares(totals, counts) / within - len(counts)) / sums.n
        for place, squared in inner.items():
            shares[level, place] = (squared / counts).sum() / sums.n
        inner[level] = counts**2
    return np.asarray(np.linalg.lstsq(shares, found)[0])
