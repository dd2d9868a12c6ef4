"""Intervals for a share or a count that keep their promise when numbers are small."""

from __future__ import annotations

import math

from scipy import stats

from clusterwork.impact.result import Estimate
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message


class NotACount(Problem):
    """A number is below zero, or more were counted than there are."""


class NotALevel(Problem):
    """The level of an interval is not between 0 and 1."""


def wilson(count: float, of: float, *, level: float = 0.95) -> Estimate:
    """Share count/of with Wilson's score interval; all in 0 to 1.

    `of` may be an effective number below the pupils counted, and then `count` too is no whole
    number. None of none has the estimate not-a-number and the interval 0 to 1.
    (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n). Wilson 1927, JASA 22, 209-212; Newcombe 1998,
    Statistics in Medicine 17, method 3. Raises NotACount, NotALevel.
    """
    _must_be_counts(count, of)
    if of == 0:
        return Estimate(math.nan, low=0.0, high=1.0, level=level, method="wilson")
    z = two_sided(level)
    share = count / of
    middle = (share + z**2 / (2 * of)) / (1 + z**2 / of)
    half = z * math.sqrt(share * (1 - share) / of + z**2 / (4 * of**2)) / (1 + z**2 / of)
    low = 0.0 if count == 0 else max(0.0, middle - half)
    high = 1.0 if count == of else min(1.0, middle + half)
    return Estimate(share, low=low, high=high, level=level, method="wilson")


def clopper_pearson(count: int, of: int, *, level: float = 0.95) -> Estimate:
    """Share count/of with the exact interval, which covers at least `level` whatever the share.

    Quantiles α/2 of Beta(x, n-x+1) and 1-α/2 of Beta(x+1, n-x). Clopper and Pearson 1934,
    Biometrika 26, 404-413. Raises NotACount, NotALevel.
    """
    _must_be_counts(count, of)
    two_sided(level)
    tail = (1 - level) / 2
    low = 0.0 if count == 0 else float(stats.beta.ppf(tail, count, of - count + 1))
    high = 1.0 if count == of else float(stats.beta.ppf(1 - tail, count + 1, of - count))
    share = count / of if of else math.nan
    return Estimate(share, low=low, high=high, level=level, method="clopper-pearson")


def exact_poisson(count: int, exposure: float = 1.0, *, level: float = 0.95) -> Estimate:
    """Rate count/exposure, in events per unit of exposure, with the exact interval.

    χ²(α/2; 2x)/2 and χ²(1-α/2; 2x+2)/2 over the exposure. Garwood 1936, Biometrika 28, 437-442.
    Raises NotACount, NotALevel.
    """
    _must_be_counts(count, math.inf)
    if not exposure > 0 or math.isinf(exposure):
        raise not_a_count(exposure)
    two_sided(level)
    tail = (1 - level) / 2
    low = 0.0 if count == 0 else float(stats.chi2.ppf(tail, 2 * count)) / 2
    high = float(stats.chi2.ppf(1 - tail, 2 * count + 2)) / 2
    return Estimate(
        count / exposure,
        low=low / exposure,
        high=high / exposure,
        level=level,
        method="exact-poisson",
    )


def two_sided(level: float) -> float:
    """The normal quantile of a two-sided level; raises NotALevel."""
    if not 0 < level < 1:
        raise NotALevel(
            Message(N_("This is no level for an interval: %(level)s"), {"level": level}),
            why=Message(N_("A level lies between 0 and 1.")),
            next_step=Message(N_("Write 0.95 for 95 of 100.")),
        )
    return float(stats.norm.ppf((1 + level) / 2))


def _must_be_counts(count: float, of: float) -> None:
    if not (0 <= count <= of and math.isfinite(count)):
        raise not_a_count(count)


def not_a_count(value: float) -> NotACount:
    """The refusal of a number that cannot have been counted."""
    return NotACount(
        Message(N_("This number cannot have been counted: %(value)s"), {"value": value}),
        why=Message(N_("Counts are not below zero, and no more than there are pupils.")),
        next_step=Message(
            N_("Check which column holds the pupils and which those who reached it.")
        ),
    )
