"""The wild cluster bootstrap with the null imposed, all sign changes where there are few clusters.

Cameron, Gelbach and Miller (2008), Rev. Econ. Stat. 90, section III.C; Roodman, MacKinnon, Nielsen
and Webb (2019), Stata J. 19, equations 9 to 23 and section 3.6 on inverting the test. The
statistic is studentised by CR2.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from clusterwork.impact.few.robust import Clustered, clustered
from clusterwork.impact.result import Estimate

Floats = NDArray[np.float64]
MOST_ENUMERATED = 12
DRAWS = 9_999
STEPS = 20
HALVINGS = 60
TIES = 1e-9


@lru_cache(maxsize=8)
def signs(n: int, draws: int = DRAWS, seed: int = 1) -> Floats:
    """Sign changes by row, n clusters wide; the first changes nothing.

    All 2^(n-1) that differ up to a change of every sign for up to twelve clusters (the absolute
    statistic is the same for both of a pair), drawn by a seed beyond.
    """
    if n <= MOST_ENUMERATED:
        bits = (np.arange(2 ** (n - 1))[:, None] >> np.arange(n)[None, :]) & 1
        return np.asarray(1.0 - 2.0 * bits, dtype=float)
    drawn = np.random.default_rng(seed).integers(0, 2, (draws, n))
    return np.vstack([np.ones(n), 1.0 - 2.0 * drawn])


@dataclass(frozen=True, eq=False)
class Wild:
    """A regression made ready for the bootstrap. changed: B×G signs; restriction: N×N."""

    ready: Clustered
    changed: Floats
    restriction: Floats

    def p(self, outcome: Floats, null: float = 0.0) -> float:
        """The share of sign changes whose |t| is at least the one that was seen."""
        tested = self.ready.design[:, self.ready.column] * null
        t = np.abs(self._statistics(self.restriction @ (outcome - tested)))
        return float(np.mean(t >= t[0] * (1 - TIES)))

    def _statistics(self, residuals: Floats) -> Floats:
        """B, the t of every sign change of restricted residuals (N).

        With S the k×G scores, coefficients are M S v, and the part of cluster g in the variance
        v_g a_g'u_g - a_g'X_g M S v.
        """
        ready = self.ready
        scores = np.column_stack([ready.design[r].T @ residuals[r] for r in ready.rows])
        own = np.array([ready.adjusted[r] @ residuals[r] for r in ready.rows])
        sums = np.array([ready.adjusted[r] @ ready.design[r] for r in ready.rows])
        moved = ready.bread @ scores
        parts = self.changed @ (np.diag(own) - sums @ moved).T
        numerator = self.changed @ moved[ready.column]
        spread = np.sqrt(np.square(parts).sum(axis=1))
        small = spread <= TIES * np.abs(residuals).max()
        return _ratio(numerator, spread, small)

    def interval(self, outcome: Floats, level: float = 0.95) -> tuple[float, float]:
        """The nulls that are not rejected, by bisection; infinite where no end is rejected."""
        coefficients = self.ready.coefficients(outcome)
        estimate = float(coefficients[self.ready.column])
        residuals = outcome - self.ready.design @ coefficients
        step = float(np.sqrt(self.ready.variance(residuals))) or 1.0

        def kept(null: float) -> bool:
            return self.p(outcome, null) > 1 - level + TIES

        return _end(kept, estimate, -step), _end(kept, estimate, step)


def _ratio(numerator: Floats, spread: Floats, small: NDArray[np.bool_]) -> Floats:
    """t; where nothing is left of the spread infinite, or zero where the numerator is nothing."""
    none = small & (np.abs(numerator) <= TIES * np.abs(numerator).max())
    ends = np.where(none, 0.0, np.inf)
    return np.divide(numerator, spread, out=ends, where=~small)


def _end(kept: Callable[[float], bool], estimate: float, step: float) -> float:
    """The far end of the nulls that are kept on one side of the estimate."""
    inside, outside = estimate, estimate + step
    for _ in range(STEPS):
        if not kept(outside):
            break
        inside, outside = outside, outside + 2 * (outside - estimate)
    else:
        return float(np.copysign(np.inf, step))
    for _ in range(HALVINGS):
        middle = (inside + outside) / 2
        if abs(outside - inside) <= 1e-9 * abs(step):
            break
        inside, outside = (middle, outside) if kept(middle) else (inside, middle)
    return (inside + outside) / 2


def wild(
    design: Floats, clusters: Sequence[object], column: int, *, draws: int = DRAWS, seed: int = 1
) -> Wild:
    """The bootstrap of a column of a regression (N×k with its intercept); raises ColumnsCombine."""
    ready = clustered(design, clusters, column)
    others = np.delete(design, column, axis=1)
    restriction = np.eye(len(design)) - others @ np.linalg.pinv(others)
    return Wild(ready, signs(len(ready.rows), draws, seed), restriction)


def wild_bootstrap(
    outcome: Floats,
    design: Floats,
    clusters: Sequence[object],
    column: int,
    *,
    level: float = 0.95,
    draws: int = DRAWS,
    seed: int = 1,
) -> Estimate:
    """A coefficient with its CR2 error and df, and the bootstrap's p and interval.

    Ends of the interval are None where no null on that side is rejected. Raises ColumnsCombine.
    """
    ready = wild(design, clusters, column, draws=draws, seed=seed)
    coefficients = ready.ready.coefficients(outcome)
    se = float(np.sqrt(ready.ready.variance(outcome - design @ coefficients)))
    low, high = (float(end) if np.isfinite(end) else None for end in ready.interval(outcome, level))
    p = ready.p(outcome)
    estimate = float(coefficients[column])
    return Estimate(estimate, se, low, high, ready.ready.df, p, level, "wild_bootstrap")
