"""Limits within which chance alone would leave a unit: exact for counts, normal for means."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import stats

from clusterwork.impact.small.rows import Floats


def binomial_limits(target: float, sizes: Floats, tail: float) -> tuple[Floats, Floats]:
    """Shares below and above which `tail` of chance lies on each side; (k,) in 0 to 1.

    The exact limits of Spiegelhalter 2005, Statistics in Medicine 24, 1185-1202, appendix A.1.1:
    with r the smallest count whose P(R ≤ r) reaches p, limit (r - α)/n with
    α = (P(R ≤ r) - p) / P(R = r). Kept within 0 and 1.
    """
    low = _interpolated(stats.binom(sizes, target), tail) / sizes
    high = _interpolated(stats.binom(sizes, target), 1 - tail) / sizes
    return np.clip(low, 0.0, 1.0), np.clip(high, 0.0, 1.0)


def poisson_limits(target: float, expected: Floats, tail: float) -> tuple[Floats, Floats]:
    """Rates, in the unit of `target`, by the same interpolation; not below 0."""
    chance = stats.poisson(expected * target)
    low, high = _interpolated(chance, tail), _interpolated(chance, 1 - tail)
    return np.maximum(low / expected, 0.0), high / expected


def normal_limits(target: float, errors: Floats, tail: float) -> tuple[Floats, Floats]:
    """target ± z se."""
    half = float(stats.norm.isf(tail)) * errors
    return target - half, target + half


def _interpolated(chance: Any, p: float) -> Floats:
    """r - α: where the distribution function, joined by straight lines, is p."""
    reached = chance.ppf(p)
    over = (chance.cdf(reached) - p) / chance.pmf(reached)
    return np.asarray(reached - over, dtype=np.float64)


def overdispersion(scores: Floats, winsorised: float = 0.1) -> float:
    """Spiegelhalter's φ: the mean squared z, the most extreme tenth of each tail drawn in.

    1 where φ is at most 1 + 2√(2/k), which chance alone may give (the same paper, appendix A.2 and
    section 3.2).
    """
    low, high = np.quantile(scores, [winsorised, 1 - winsorised])
    factor = float((np.clip(scores, low, high) ** 2).mean())
    return factor if factor > 1 + 2 * np.sqrt(2 / len(scores)) else 1.0
