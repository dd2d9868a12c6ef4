"""Shares shrunk by a beta distribution between units."""

from __future__ import annotations

import numpy as np
from scipy import optimize, special, stats

from clusterwork.impact.small.intervals import not_a_count, two_sided, wilson
from clusterwork.impact.small.rows import Floats, Rows, rows_of
from clusterwork.impact.small.shrunken import (
    KNOWN,
    OWN,
    Shrunk,
    Shrunken,
    must_be_enough,
    shrunken_of,
    way_of,
)
from clusterwork.kernel.messages import Message

MOST = 1e6  # pupils that a prior may be worth; beyond, units differ by nothing
Prior = tuple[float, float]


def shrink_shares(
    frame: object, *, unit: str, count: str, of: str, by: str = "likelihood", level: float = 0.95
) -> Shrunken:
    """Shares count/of shrunk: true shares Beta(a, b) between units, counts binomial within.

    estimate: (a + x) / (a + b + n); interval: quantiles of Beta(a + x, b + n - x). With no spread
    every unit has the mean of all and its Wilson interval. by "likelihood": the beta-binomial's
    maximum; "moments": Kleinman 1973, JASA 68, 46-54, weights n/(1 + ρ(n-1)) until they stand,
    ρ = 1/(a + b + 1). Raises TooFewToShrink, NoSuchWay, NotACount, and what `rows_of` raises.
    """
    rows = rows_of(frame, [unit], [count, of])
    two_sided(level)
    counts, sizes = rows[count], rows[of]
    _must_be_counts(counts, sizes)
    must_be_enough(len(counts))
    mean, precision = way_of(by, moments=by_moments, likelihood=by_likelihood)(counts, sizes)
    effects = _effects(rows, counts, sizes, mean, precision, level)
    return shrunken_of(
        rows,
        effects,
        assumptions=(Message(OWN), Message(KNOWN)),
        mean=mean,
        spread=0.0 if precision == np.inf else float(np.sqrt(mean * (1 - mean) / (precision + 1))),
        kind="share",
        by=by,
        level=level,
    )


def _must_be_counts(counts: Floats, sizes: Floats) -> None:
    wrong = (counts < 0) | (counts > sizes) | (sizes <= 0)
    if wrong.any():
        place = int(np.argmax(wrong))
        raise not_a_count(float(counts[place] if sizes[place] > 0 else sizes[place]))


def by_moments(counts: Floats, sizes: Floats) -> Prior:
    """Mean a/(a+b) and precision a+b (infinite: no spread); (k,) whole numbers each."""
    shares = counts / sizes
    correlation = 0.0
    for _ in range(1000):
        before = correlation
        correlation = _correlation(shares, sizes, sizes / (1 + correlation * (sizes - 1)))
        if correlation <= 0:
            return _all_alike(counts, sizes)
        if abs(correlation - before) < 1e-13:
            break
    weights = sizes / (1 + correlation * (sizes - 1))
    return float(np.average(shares, weights=weights)), 1 / correlation - 1


def _correlation(shares: Floats, sizes: Floats, weights: Floats) -> float:
    """Kleinman's estimate of the correlation between two pupils of a unit, at most just below 1."""
    relative = weights / weights.sum()
    mean = float(relative @ shares)
    chance = mean * (1 - mean)
    if chance == 0:
        return 0.0
    left = weights * (1 - relative)
    spread = weights @ (shares - mean) ** 2
    by_chance = chance * (left / sizes).sum()
    whole = chance * (left * (1 - 1 / sizes)).sum()
    return float(min((spread - by_chance) / whole, 1 - 1e-9)) if whole > 0 else 0.0


def by_likelihood(counts: Floats, sizes: Floats) -> Prior:
    """Mean and precision where the beta-binomial's likelihood is greatest."""
    alone = _all_alike(counts, sizes)
    if not 0 < alone[0] < 1:
        return alone
    starts = [by_moments(counts, sizes)[1], 10.0]
    found = min(
        (_climbed(counts, sizes, alone[0], min(start, 1000.0)) for start in starts),
        key=lambda each: float(each.fun),
    )
    mean, precision = special.expit(found.x[0]), np.exp(found.x[1])
    gain = -found.fun - _log_likelihood_alone(counts, sizes, alone[0])
    if precision > 0.99 * MOST or gain < 1e-6:
        return alone
    return float(mean), float(precision)


def _climbed(
    counts: Floats, sizes: Floats, mean: float, precision: float
) -> optimize.OptimizeResult:
    return optimize.minimize(
        _fall,
        x0=np.array([special.logit(mean), np.log(precision)]),
        args=(counts, sizes),
        jac=True,
        method="L-BFGS-B",
        bounds=[(None, None), (np.log(1e-3), np.log(MOST))],
        options={"ftol": 1e-15, "gtol": 1e-9, "maxiter": 500},
    )


def _fall(point: Floats, counts: Floats, sizes: Floats) -> tuple[float, Floats]:
    """The log likelihood without binomial coefficients and its slope, both with the sign turned."""
    mean, precision = special.expit(point[0]), np.exp(point[1])
    a, b = mean * precision, (1 - mean) * precision
    value = (special.betaln(a + counts, b + sizes - counts) - special.betaln(a, b)).sum()
    shared = special.digamma(precision) - special.digamma(precision + sizes)
    by_a = (special.digamma(a + counts) - special.digamma(a) + shared).sum()
    by_b = (special.digamma(b + sizes - counts) - special.digamma(b) + shared).sum()
    by_mean = precision * (by_a - by_b) * mean * (1 - mean)
    by_precision = precision * (mean * by_a + (1 - mean) * by_b)
    return -float(value), -np.array([by_mean, by_precision])


def _log_likelihood_alone(counts: Floats, sizes: Floats, mean: float) -> float:
    """The same where every unit has the mean."""
    reached = special.xlogy(counts, mean) + special.xlogy(sizes - counts, 1 - mean)
    return float(reached.sum())


def _all_alike(counts: Floats, sizes: Floats) -> Prior:
    return float(counts.sum() / sizes.sum()), np.inf


def _effects(
    rows: Rows, counts: Floats, sizes: Floats, mean: float, precision: float, level: float
) -> tuple[Shrunk, ...]:
    names = [label[0] for label in rows.labels]
    raw = counts / sizes
    if precision == np.inf:
        told = wilson(float(counts.sum()), float(sizes.sum()), level=level)
        sd = float(np.sqrt(mean * (1 - mean) / sizes.sum()))
        ends = (float(told.low or 0.0), float(told.high or 0.0))
        return tuple(
            Shrunk(name, share, mean, sd, *ends, weight=0.0)
            for name, share in zip(names, raw.tolist(), strict=True)
        )
    after = stats.beta(mean * precision + counts, (1 - mean) * precision + sizes - counts)
    columns = (
        raw,
        after.mean(),
        after.std(),
        after.ppf((1 - level) / 2),
        after.ppf((1 + level) / 2),
    )
    weights = sizes / (sizes + precision)
    return tuple(
        Shrunk(name, *numbers)
        for name, *numbers in zip(
            names, *(each.tolist() for each in columns), weights.tolist(), strict=True
        )
    )
