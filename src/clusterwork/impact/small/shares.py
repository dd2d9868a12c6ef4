"""Shares shrunk by a beta distribution between units."""

from __future__ import annotations

import numpy as np
from scipy import optimize, special, stats

from clusterwork.impact.small.allowing import MANY, Ends, ends_alike, ends_of, mixed, weighed
from clusterwork.impact.small.intervals import not_a_count, two_sided, wilson
from clusterwork.impact.small.rows import Floats, Rows, rows_of
from clusterwork.impact.small.shrunken import (
    OWN,
    Shrunk,
    Shrunken,
    how_sure,
    must_be_enough,
    shrunk_each,
    shrunken_of,
    way_of,
)
from clusterwork.kernel.messages import Message

MOST = 1e6  # pupils that a prior may be worth; beyond, units differ by nothing
MOST_LOGIT = 16.0  # beyond it a mean is 0 or 1 for all that can be counted
WIDE = 8.0  # logits around the mean of all within which its true one is looked for
Prior = tuple[float, float]


def shrink_shares(
    frame: object, *, unit: str, count: str, of: str, by: str = "likelihood", level: float = 0.95
) -> Shrunken:
    """Shares count/of shrunk: true shares Beta(a, b) between units, counts binomial within.

    estimate: (a + x) / (a + b + n); with no spread the mean of all. Interval: quantiles of a beta
    distribution with the mean and variance of the unit over all a and b that are likely; from 300
    units on of Beta(a + x, b + n - x), and with no spread Wilson's of all. by "likelihood": the
    beta-binomial's maximum; "moments": Kleinman 1973, JASA 68, 46-54, weights n/(1 + ρ(n-1)) until
    they stand, ρ = 1/(a + b + 1). Raises TooFewToShrink, NoSuchWay, NotACount, and what `rows_of`
    raises.
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
        assumptions=(Message(OWN), how_sure(len(counts))),
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
        bounds=[(-MOST_LOGIT, MOST_LOGIT), (np.log(1e-3), np.log(MOST))],
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
    raw, weights = counts / sizes, sizes / (sizes + precision)
    if len(counts) < MANY:
        ends = _ends_allowing(counts, sizes, level)
    elif precision == np.inf:
        ends = _ends_alike(counts, sizes, level)
    else:
        own, others = mean * precision + counts, (1 - mean) * precision + sizes - counts
        ends = ends_of(stats.beta(own, others), level)
    return shrunk_each(rows, raw, mean + weights * (raw - mean), ends, weights)


def _ends_alike(counts: Floats, sizes: Floats, level: float) -> Ends:
    """Wilson's interval of all."""
    told = wilson(float(counts.sum()), float(sizes.sum()), level=level)
    sd = np.sqrt(told.estimate * (1 - told.estimate) / sizes.sum())
    return ends_alike(len(counts), float(sd), told)


def _ends_allowing(counts: Floats, sizes: Floats, level: float) -> Ends:
    """A beta distribution with each unit's mean and variance over all means and spreads.

    The spread is the root of the correlation between two pupils of a unit, 1/(a + b + 1).
    """
    middle = float(special.logit((counts.sum() + 0.5) / (sizes.sum() + 1)))
    means, spreads, weights = weighed(
        lambda mean, spread: _height(mean, spread, counts, sizes),
        (middle - WIDE, middle + WIDE),
        (MOST**-0.5, 0.98),
    )
    share, precision = special.expit(means), 1 / spreads**2 - 1
    size = sizes[:, None] + precision
    within = (share * precision + counts[:, None]) / size
    mean, variance = mixed(within, within * (1 - within) / (size + 1), weights)
    worth = mean * (1 - mean) / variance - 1
    return ends_of(stats.beta(mean * worth, (1 - mean) * worth), level)


def _height(mean: Floats, spread: Floats, counts: Floats, sizes: Floats) -> Floats:
    """The log density at (G,) logits of the mean and spreads; beforehand every mean is alike."""
    share, precision = special.expit(mean), 1 / spread**2 - 1
    a, b = (share * precision)[:, None], ((1 - share) * precision)[:, None]
    likely = special.betaln(a + counts, b + sizes - counts) - special.betaln(a, b)
    return np.asarray(likely.sum(axis=1) + np.log(share) + np.log1p(-share))
