"""Errors by cluster that hold with few clusters: CR2 with Satterthwaite's degrees of freedom.

Bell and McCaffrey (2002), Survey Methodology 28; Pustejovsky and Tipton (2018), J. Bus. Econ. Stat.
36, equations 4 to 11, with independent errors of one variance as the working model.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from clusterwork.impact.result import Estimate
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

Floats = NDArray[np.float64]
TINY = 1e-10


class ColumnsCombine(Problem):
    """A column of the regression is a combination of others."""


@dataclass(frozen=True, eq=False)
class Clustered:
    """A weighted least-squares regression of N rows in G clusters, made ready for one column.

    design: N×k. weights: N. rows: G places of each cluster's rows. bread: k×k, (X'WX)^-1.
    adjusted: N, the weights of the residuals in each cluster's part of the adjusted variance,
    A_g W_g X_g (X'WX)^-1 c; the estimate's variance is the sum over clusters of its squared product
    with the cluster's residuals.
    """

    design: Floats
    weights: Floats
    rows: tuple[NDArray[np.intp], ...]
    bread: Floats
    adjusted: Floats
    column: int

    def coefficients(self, outcome: Floats) -> Floats:
        """k, by least squares."""
        return np.asarray(self.bread @ (self.design.T @ (self.weights * outcome)), dtype=float)

    def variance(self, residuals: Floats) -> float:
        """The CR2 variance of the column's coefficient."""
        parts = [self.adjusted[rows] @ residuals[rows] for rows in self.rows]
        return float(np.square(parts).sum())

    @property
    def df(self) -> float:
        """Satterthwaite's degrees of freedom: the squared trace over the trace of the square."""
        parts = [(self.adjusted[rows], rows) for rows in self.rows]
        sums = np.array([self.design[rows].T @ part for part, rows in parts])
        weighed = np.array([self.design[rows].T @ (self.weights[rows] * p) for p, rows in parts])
        meat = self.design.T @ (np.square(self.weights)[:, None] * self.design)
        crossed = weighed @ self.bread @ sums.T
        gram = sums @ self.bread @ meat @ self.bread @ sums.T - crossed - crossed.T
        gram[np.diag_indices_from(gram)] += [part @ part for part, _ in parts]
        return float(np.trace(gram) ** 2 / np.square(gram).sum())


def clustered(
    design: Floats, clusters: Sequence[object], column: int, weights: Floats | None = None
) -> Clustered:
    """A regression made ready; raises ColumnsCombine where the columns are not independent.

    design: N×k with its intercept. clusters: N labels. column: whose coefficient is asked for.
    """
    if np.linalg.matrix_rank(design) < design.shape[1]:
        raise ColumnsCombine(
            Message(N_("A column of the regression is a combination of others.")),
            why=Message(N_("Its coefficient could be any number.")),
            next_step=Message(N_("Leave one of them out.")),
        )
    given = np.ones(len(design)) if weights is None else np.asarray(weights, dtype=float)
    _, labels = np.unique(np.array([str(each) for each in clusters]), return_inverse=True)
    rows = tuple(np.flatnonzero(labels == g) for g in range(labels.max() + 1))
    bread: Floats = np.asarray(np.linalg.inv(design.T @ (given[:, None] * design)), dtype=float)
    meat = design.T @ (np.square(given)[:, None] * design)
    adjusted = np.zeros(len(design))
    for each in rows:
        part, own = design[each], given[each]
        adjustment = _adjustment(part, own, bread, bread @ meat @ bread)
        adjusted[each] = adjustment @ (own * (part @ bread[:, column]))
    return Clustered(design, given, rows, bread, adjusted, column)


def _adjustment(part: Floats, weights: Floats, bread: Floats, spread: Floats) -> Floats:
    """A_g, the symmetric root of the generalised inverse of the residuals' working covariance."""
    hat = part @ bread @ (part * weights[:, None]).T
    covariance = np.eye(len(part)) - hat - hat.T + part @ spread @ part.T
    values, vectors = np.linalg.eigh(covariance)
    roots = np.where(values > TINY, 1.0 / np.sqrt(np.maximum(values, TINY)), 0.0)
    return np.asarray((vectors * roots) @ vectors.T, dtype=float)


def cr2(
    outcome: Floats,
    design: Floats,
    clusters: Sequence[object],
    column: int,
    *,
    weights: Floats | None = None,
    level: float = 0.95,
) -> Estimate:
    """A coefficient with its CR2 error, Satterthwaite's df, t interval and two-sided p.

    Raises ColumnsCombine.
    """
    ready = clustered(design, clusters, column, weights)
    coefficients = ready.coefficients(outcome)
    se = float(np.sqrt(ready.variance(outcome - design @ coefficients)))
    return student(float(coefficients[column]), se, ready.df, level, "cr2")


def student(estimate: float, se: float, df: float, level: float, method: str) -> Estimate:
    """An estimate with the interval and two-sided p of Student's t."""
    half = float(stats.t.ppf((1 + level) / 2, df)) * se
    p = float(2 * stats.t.sf(abs(estimate) / se, df)) if se > 0 else None
    return Estimate(estimate, se, estimate - half, estimate + half, df, p, level, method)
