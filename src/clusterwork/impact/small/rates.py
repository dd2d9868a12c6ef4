"""Rates of events shrunk by a gamma distribution between units."""

from __future__ import annotations

import numpy as np
from scipy import optimize, special, stats

from clusterwork.impact.small.allowing import MANY, Ends, ends_alike, ends_of, mixed, weighed
from clusterwork.impact.small.intervals import exact_poisson, not_a_count, two_sided
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

MOST = 1e6
WIDE = 8.0  # logs around the mean of all within which its true one is looked for
WIDEST_SPREAD = 5.0  # of units, over their mean
Prior = tuple[float, float]


def shrink_rates(
    frame: object,
    *,
    unit: str,
    count: str,
    expected: str,
    by: str = "likelihood",
    level: float = 0.95,
) -> Shrunken:
    """Rates count/expected shrunk: true rates Gamma(ν, α) between units, counts Poisson within.

    expected: events expected, or exposure (pupils, years). estimate: (x + ν) / (E + α); with no
    spread the mean of all. Interval: quantiles of a gamma distribution with the mean and variance
    of the unit over all ν and α that are likely; from 300 units on of Gamma(x + ν, E + α), and with
    no spread the exact one of all. by "moments": Clayton and Kaldor 1987, Biometrics 43, 671-681,
    equations 4 and 5; "likelihood": the negative binomial's maximum. Raises TooFewToShrink,
    NoSuchWay, NotACount.
    """
    rows = rows_of(frame, [unit], [count, expected])
    two_sided(level)
    counts, exposures = rows[count], rows[expected]
    _must_be_counts(counts, exposures)
    must_be_enough(len(counts))
    shape, rate = way_of(by, moments=by_moments, likelihood=by_likelihood)(counts, exposures)
    mean = float(counts.sum() / exposures.sum()) if shape == np.inf else shape / rate
    effects = _effects(rows, counts, exposures, (shape, rate), mean, level)
    return shrunken_of(
        rows,
        effects,
        assumptions=(Message(OWN), how_sure(len(counts))),
        mean=mean,
        spread=0.0 if shape == np.inf else float(np.sqrt(shape) / rate),
        kind="rate",
        by=by,
        level=level,
    )


def _must_be_counts(counts: Floats, exposures: Floats) -> None:
    wrong = (counts < 0) | (exposures <= 0) | (counts != np.rint(counts))
    if wrong.any():
        place = int(np.argmax(wrong))
        raise not_a_count(float(counts[place] if exposures[place] > 0 else exposures[place]))


def by_moments(counts: Floats, exposures: Floats) -> Prior:
    """Shape ν and rate α (both infinite: no spread) by Clayton and Kaldor's two equations."""
    if not _differ(counts, exposures):
        return np.inf, np.inf
    rates = counts / exposures
    mean = float(rates.mean())
    rate = mean / float(rates.var(ddof=1))
    shape = mean * rate
    for _ in range(20_000):
        shrunken = (counts + shape) / (exposures + rate)
        mean = float(shrunken.mean())
        spread = ((1 + rate / exposures) * (shrunken - mean) ** 2).sum() / (len(counts) - 1)
        before, rate = rate, mean / float(spread)
        shape = mean * rate
        if shape > MOST:
            return np.inf, np.inf
        if abs(rate - before) < 1e-11 * rate:
            break
    return shape, rate


def _differ(counts: Floats, exposures: Floats) -> bool:
    """Whether counts vary more than Poisson counts of one rate do on average (Pearson's X²)."""
    expected = exposures * counts.sum() / exposures.sum()
    if counts.sum() == 0:
        return False
    return float(((counts - expected) ** 2 / expected).sum()) > len(counts) - 1


def by_likelihood(counts: Floats, exposures: Floats) -> Prior:
    """Shape ν and rate α where the negative binomial's likelihood is greatest."""
    if counts.sum() == 0:
        return np.inf, np.inf
    alone = float(counts.sum() / exposures.sum())
    found = min(
        (_climbed(counts, exposures, alone, start) for start in (1.0, 30.0)),
        key=lambda each: float(each.fun),
    )
    mean, shape = np.exp(found.x)
    at_alone = special.xlogy(counts, alone * exposures).sum() - alone * exposures.sum()
    if shape > 0.99 * MOST or -found.fun - at_alone < 1e-6:
        return np.inf, np.inf
    return float(shape), float(shape / mean)


def _climbed(
    counts: Floats, exposures: Floats, mean: float, shape: float
) -> optimize.OptimizeResult:
    return optimize.minimize(
        _fall,
        x0=np.log([mean, shape]),
        args=(counts, exposures),
        jac=True,
        method="L-BFGS-B",
        bounds=[(None, None), (np.log(1e-3), np.log(MOST))],
        options={"ftol": 1e-15, "gtol": 1e-9, "maxiter": 500},
    )


def _fall(point: Floats, counts: Floats, exposures: Floats) -> tuple[float, Floats]:
    """The log likelihood without factorials and its slope, both with the sign turned."""
    mean, shape = np.exp(point)
    expected = mean * exposures
    value = special.gammaln(counts + shape) - special.gammaln(shape)
    value += shape * np.log(shape) + special.xlogy(counts, expected)
    value -= (counts + shape) * np.log(shape + expected)
    by_mean = ((counts - expected) * shape / (shape + expected)).sum()
    by_shape = special.digamma(counts + shape) - special.digamma(shape) + np.log(shape) + 1
    by_shape -= np.log(shape + expected) + (counts + shape) / (shape + expected)
    return -float(value.sum()), -np.array([by_mean, shape * by_shape.sum()])


def _effects(
    rows: Rows, counts: Floats, exposures: Floats, prior: Prior, mean: float, level: float
) -> tuple[Shrunk, ...]:
    shape, rate = prior
    raw, weights = counts / exposures, exposures / (exposures + rate)
    if len(counts) < MANY:
        ends = _ends_allowing(counts, exposures, level)
    elif shape == np.inf:
        ends = _ends_alike(counts, exposures, level)
    else:
        ends = ends_of(stats.gamma(counts + shape, scale=1 / (exposures + rate)), level)
    return shrunk_each(rows, raw, mean + weights * (raw - mean), ends, weights)


def _ends_alike(counts: Floats, exposures: Floats, level: float) -> Ends:
    """The exact interval of all."""
    whole = float(exposures.sum())
    told = exact_poisson(int(counts.sum()), whole, level=level)
    return ends_alike(len(counts), float(np.sqrt(counts.sum())) / whole, told)


def _ends_allowing(counts: Floats, exposures: Floats, level: float) -> Ends:
    """A gamma distribution with each unit's mean and variance over all means and spreads.

    The spread is the standard deviation between units over their mean, 1/√ν.
    """
    middle = float(np.log((counts.sum() + 0.5) / exposures.sum()))
    means, spreads, weights = weighed(
        lambda mean, spread: _height(mean, spread, counts, exposures),
        (middle - WIDE, middle + WIDE),
        (MOST**-0.5, WIDEST_SPREAD),
    )
    shape = spreads**-2
    rate = exposures[:, None] + shape / np.exp(means)
    within = (counts[:, None] + shape) / rate
    mean, variance = mixed(within, within / rate, weights)
    return ends_of(stats.gamma(mean**2 / variance, scale=variance / mean), level)


def _height(mean: Floats, spread: Floats, counts: Floats, exposures: Floats) -> Floats:
    """The log density at (G,) logs of the mean and spreads; beforehand every mean is alike."""
    shape, expected = spread[:, None] ** -2, np.exp(mean)[:, None] * exposures
    likely = special.gammaln(counts + shape) - special.gammaln(shape)
    likely += special.xlogy(counts, expected) - counts * np.log(shape + expected)
    likely -= shape * np.log1p(expected / shape)
    return np.asarray(likely.sum(axis=1) + mean)
