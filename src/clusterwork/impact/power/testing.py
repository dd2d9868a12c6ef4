"""Which test fits so many clusters, the smallest p-value it can give, and its power."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import optimize, stats

_RAW = np.polynomial.legendre.leggauss(400)
NODES, WEIGHTS = (_RAW[0] + 1) / 2, _RAW[1] / 2
FEW, MANY = 4, 12  # clusters in the smaller arm: the bounds of `impact.choose`


@dataclass(frozen=True)
class Trial:
    """A two-sided test of no effect.

    method: the name that `impact.choose` gives it: "placebo_rank" (one cluster in an arm: ranks
    only), "randomisation", "wild_bootstrap" (with CR2) or "influence". df: degrees of freedom of
    the t that its power is told by; None with
    "placebo_rank". assignments: ways to choose the clusters with the work. smallest_p: the smallest
    p-value that comparing with all of them can give. alpha: the level that it really has, at most
    the level wanted, because such p-values come in steps.
    """

    method: str
    df: float | None
    assignments: int
    smallest_p: float
    alpha: float

    @property
    def possible(self) -> bool:
        """Whether any result at all could be significant."""
        return self.df is not None and self.alpha > 0


def fitting_test(clusters: int, treated: int, covariates: int, alpha: float) -> Trial:
    """The test that `impact.choose` would take.

    With as many clusters with the work as without, each assignment is as extreme as its mirror
    image, so that the smallest p-value is 2 over the assignments, else 1.
    """
    smaller = min(treated, clusters - treated)
    assignments = math.comb(clusters, treated)
    step = (2 if 2 * treated == clusters else 1) / assignments
    if smaller == 1:
        return Trial("placebo_rank", None, assignments, step, 0.0)
    if smaller < FEW:
        reached = math.floor(alpha / step + 1e-9) * step
        left = _above_zero(clusters - 2 - covariates)
        return Trial("randomisation", left, assignments, step, reached)
    df = _above_zero(satterthwaite(clusters, treated) - covariates)
    return Trial("wild_bootstrap" if smaller < MANY else "influence", df, assignments, step, alpha)


def satterthwaite(clusters: int, treated: int) -> float:
    """Of CR2's t for the difference of two arms' means: (1/a + 1/b)² / (1/a²(a-1) + 1/b²(b-1)).

    Pustejovsky and Tipton 2018, Journal of Business and Economic Statistics 36, for two groups;
    K - 2 where the arms are alike. Both arms of at least two.
    """
    a, b = treated, clusters - treated
    return (1 / a + 1 / b) ** 2 / (1 / (a**2 * (a - 1)) + 1 / (b**2 * (b - 1)))


def _above_zero(df: float) -> float | None:
    return float(df) if df > 0 else None


def power_of(effect: float, se: float, df: float, alpha: float) -> float:
    """The chance that a two-sided t test at `alpha` finds the effect, 0 to 1.

    The noncentral t's tails, summed over 400 quantiles of the estimated spread (to 1e-7; SciPy's
    own lower tail is not-a-number for few degrees of freedom).
    """
    spread = np.sqrt(stats.chi2.ppf(NODES, df) / df)
    critical = stats.t.isf(alpha / 2, df) * spread
    away = abs(effect) / se
    return float(WEIGHTS @ (stats.norm.cdf(away - critical) + stats.norm.cdf(-away - critical)))


def multiplier(df: float, alpha: float = 0.05, power: float = 0.8) -> float:
    """Bloom's: t(α/2) + t(1-power), by which the standard error is multiplied (Bloom 1995)."""
    return float(stats.t.isf(alpha / 2, df) + stats.t.isf(1 - power, df))


def least_effect(se: float, df: float, alpha: float, power: float) -> float:
    """The effect that is found with the power wanted, by the noncentral t; in the unit of se.

    Bloom's multiplier is its usual approximation: within 1 % from ten degrees of freedom.
    """
    rough = multiplier(df, alpha, power)

    def beyond(times: float) -> float:
        return power_of(times, 1.0, df, alpha) - power

    high = rough
    while beyond(high) < 0:
        high *= 1.5
    return se * float(optimize.brentq(beyond, 1e-9, high, xtol=1e-10))
