"""From influence by cluster to standard errors, intervals, bands and a test."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from clusterwork.impact.did.panel import Floats

MANY = 1000
RANK = 1e-10


@dataclass(frozen=True)
class Band:
    """Intervals that hold for all of J estimates at once. critical: in standard errors."""

    critical: float
    low: tuple[float, ...]
    high: tuple[float, ...]
    level: float
    draws: int
    seed: int


@dataclass(frozen=True)
class Wald:
    """A test that several effects are all zero. df: the rank of their covariance."""

    statistic: float
    df: int
    p: float


def errors_of(influence: Floats, factor: float = 1.0) -> Floats:
    """The standard errors of J estimates: sqrt(factor * sum over clusters of influence squared)."""
    return np.asarray(np.sqrt(factor * np.einsum("cj,cj->j", influence, influence)))


def quantile(level: float) -> float:
    """The normal quantile of a two-sided interval of this level."""
    return NormalDist().inv_cdf(0.5 + level / 2.0)


def band_of(
    estimates: Floats, influence: Floats, *, factor: float, level: float, draws: int, seed: int
) -> Band:
    """A simultaneous band by the multiplier bootstrap over clusters.

    Each draw multiplies the clusters' influence by independent numbers of mean 0 and variance 1:
    Mammen's (1993) two-point ones up to a thousand clusters, normal ones above, whose sums are
    drawn as what they are, normal with the influence's cross-product. The critical value is the
    quantile of the largest absolute sum in standard errors, and never less than the one for a
    single estimate (Callaway and Sant'Anna 2021, algorithm 1, corollary 1). Estimates without an
    error (a base) are not counted.
    """
    errors = errors_of(influence, factor)
    counted = errors > 0.0
    critical = quantile(level)
    if counted.any():
        scaled = influence[:, counted] * (np.sqrt(factor) / errors[counted])
        largest = _largest(scaled, draws, np.random.default_rng(seed))
        critical = max(critical, float(np.quantile(largest, level)))
    low, high = estimates - critical * errors, estimates + critical * errors
    return Band(critical, tuple(low.tolist()), tuple(high.tolist()), level, draws, seed)


def _largest(scaled: Floats, draws: int, rng: np.random.Generator) -> Floats:
    """By draw the largest absolute sum of multiplied influence."""
    if len(scaled) > MANY:
        values, vectors = np.linalg.eigh(scaled.T @ scaled)
        root = vectors * np.sqrt(np.maximum(values, 0.0))
        return np.asarray(np.abs(rng.standard_normal((draws, len(values))) @ root.T).max(axis=1))
    return _two_point(scaled, draws, rng)


def _two_point(scaled: Floats, draws: int, rng: np.random.Generator) -> Floats:
    root = np.sqrt(5.0)
    low, gap, share = (1.0 - root) / 2.0, root, (root + 1.0) / (2.0 * root)
    up = rng.random((draws, len(scaled)), dtype=np.float32) >= share
    sums = low * scaled.sum(axis=0) + gap * (up.astype(np.float64) @ scaled)
    return np.asarray(np.abs(sums).max(axis=1))


def wald_of(estimates: Floats, influence: Floats, factor: float) -> Wald | None:
    """Whether J effects are all zero; None where there are none, or no more clusters than effects.

    The covariance's generalised inverse is taken, and its rank is the degrees of freedom.
    """
    if not len(estimates) or len(influence) <= len(estimates):
        return None
    covariance = influence.T @ influence * factor
    values, vectors = np.linalg.eigh(covariance)
    held = values > RANK * values[-1]
    if not held.any():
        return None
    along = vectors[:, held].T @ estimates
    statistic = float(np.sum(along**2 / values[held]))
    return Wald(statistic, int(held.sum()), beyond(statistic, int(held.sum())))


def beyond(statistic: float, df: int) -> float:
    """The probability that a chi-squared number with `df` degrees of freedom is larger.

    By the finite sums of Abramowitz and Stegun (1964), 26.4.4 and 26.4.5.
    """
    half = statistic / 2.0
    term = math.exp(-half) if df % 2 == 0 else math.exp(-half) * math.sqrt(half / math.pi) * 2.0
    whole = 0.0 if df % 2 == 0 else math.erfc(math.sqrt(half))
    for place in range(2 - df % 2 + 2 * (df % 2), df + 2, 2):
        whole += term
        term *= statistic / place
    return min(whole, 1.0)
