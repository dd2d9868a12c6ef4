"""Shares of variance: between groups, and explained.

Sources: Nakagawa and Schielzeth (2013), Methods Ecol. Evol. 4, 133-142, equations 26 and 30; for
slopes Johnson (2014), Methods Ecol. Evol. 5, 944-946.
"""

from __future__ import annotations

from collections.abc import Sequence

from clusterwork.impact.value_added.deviance import Point


def _spread_at_mean(point: Point) -> list[float]:
    """By level the variance of effects for a pupil with the mean slope column, scaled units."""
    outer = [level.ratio for level in reversed(point.absorbed[1:])]
    covariance = point.factor @ point.factor.T
    mean = point.sums.among.sum(axis=-1) / point.sums.n
    return [*outer, float((covariance * mean).sum())]


def correlations(levels: Sequence[str], point: Point) -> dict[str, float]:
    spreads = _spread_at_mean(point)
    whole = sum(spreads) + 1.0
    return {level: spread / whole for level, spread in zip(levels, spreads, strict=True)}


def explained(point: Point) -> dict[str, float]:
    """Marginal and conditional shares of variance."""
    p, n = point.sums.p, point.sums.n
    covariance = point.sums.products[:p, :p] / n
    covariance[0], covariance[:, 0] = 0.0, 0.0
    by_covariates = float(point.beta @ covariance @ point.beta)
    residual = point.residual_variance
    by_groups = residual * sum(_spread_at_mean(point))
    whole = by_covariates + by_groups + residual
    return {
        "marginal_r2": by_covariates / whole,
        "conditional_r2": (by_covariates + by_groups) / whole,
    }
