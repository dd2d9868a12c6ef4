"""Trends before the start: one test of all years, and the drift that it would have missed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import optimize, stats

from clusterwork.impact.honest.smoothness import two_sided
from clusterwork.impact.honest.study import EventStudy, Floats
from clusterwork.impact.result import Diagnostic, Result, Table
from clusterwork.impact.written import significant
from clusterwork.kernel.messages import N_, Message

POWERS = (0.5, 0.8)
COLUMNS = ("power", "slope_joint", "slope_any")


@dataclass(frozen=True)
class Slope:
    """A steady drift a year, in the outcome's unit, that is found with this power: by the joint
    test, and by any one year before being significant by itself."""

    power: float
    joint: float
    any_year: float


@dataclass(frozen=True)
class Pretrends(Result):
    """wald: β'Σ⁻¹β of the years before; df their number; p by χ²."""

    wald: float
    df: int
    p: float
    slopes: tuple[Slope, ...]
    level: float

    @property
    def passed(self) -> bool:
        """Whether the test did not find a difference; no proof that there is none."""
        return self.p >= 1 - self.level

    def sentences(self) -> Sequence[Message]:
        """What the test said, and how large a drift it would have missed."""
        numbers = {"p": f"= {self.p:.3f}" if self.p >= 0.001 else "< 0.001"}
        if not self.passed:
            moved = N_(
                "Before the start the two groups already moved apart (p %(p)s): the figures after "
                "it do not show what the work did."
            )
            return (Message(moved, numbers),)
        found = N_(
            "Before the start no difference in trends was found (p %(p)s). That does not show that "
            "there was none."
        )
        return (Message(found, numbers), *map(_said_slope, self.slopes))


def pretrends(study: EventStudy, *, level: float = 0.95) -> Pretrends:
    """The joint Wald test that all estimates before are zero, and its power against a drift.

    A drift by slope γ puts γ(t - reference) in each year; the power of the joint test is the
    noncentral χ²(K; γ²t'Σ⁻¹t), that of "any year significant" the normal chance outside the box
    |β| ≤ z se. Roth 2022, American Economic Review: Insights 4, 305-322, section I.C, which takes
    the second; the slope that either finds in 50 and 80 of 100 studies is told.
    """
    k = len(study.before)
    covariance = study.covariance[:k, :k]
    wald = float(study.before @ np.linalg.solve(covariance, study.before))
    slopes = tuple(
        Slope(power, _joint_slope(covariance, power, level), _any_slope(covariance, power, level))
        for power in POWERS
    )
    p = float(stats.chi2.sf(wald, k))
    return Pretrends(
        data_hash=study.data_hash,
        assumptions=(Message(N_("The estimates vary as a normal distribution.")),),
        diagnostics=(),
        tables=(_table(slopes),),
        wald=wald,
        df=k,
        p=p,
        slopes=slopes,
        level=level,
    )


def as_diagnostic(told: Pretrends) -> Diagnostic:
    """The same beside another result."""
    return Diagnostic("pretrends", told.sentences()[0], told.passed, told.tables[0])


def _years(k: int) -> Floats:
    """Years from the reference: -K, …, -1."""
    return np.arange(-k, 0, dtype=np.float64)


def _joint_slope(covariance: Floats, power: float, level: float) -> float:
    years = _years(len(covariance))
    unit = float(years @ np.linalg.solve(covariance, years))
    return float(np.sqrt(_noncentrality(len(years), power, level) / unit))


def _noncentrality(df: int, power: float, level: float) -> float:
    critical = stats.chi2.ppf(level, df)
    return _where(lambda away: float(stats.ncx2.sf(critical, df, away)) - power, start=1.0)


def _any_slope(covariance: Floats, power: float, level: float) -> float:
    """The slope by which some year before is significant; the same draws for every slope."""
    years = _years(len(covariance))
    errors = np.sqrt(np.diag(covariance))
    correlation = covariance / np.outer(errors, errors)

    def beyond(slope: float) -> float:
        return 1 - box(slope * years / errors, correlation, level) - power

    return _where(beyond, start=float(errors[0] / len(years)))


def box(means: Floats, correlation: Floats, level: float) -> float:
    """The chance that every one of normal values with variances 1 lies within ± z."""
    z = np.full(len(means), two_sided(level))
    chance = stats.multivariate_normal(
        np.zeros(len(means)), correlation, seed=1, maxpts=20_000 * len(means), abseps=1e-5
    )
    return float(chance.cdf(z - means, lower_limit=-z - means))


def _where(rising: Callable[[float], float], start: float) -> float:
    high = start
    while rising(high) < 0:
        high *= 2
    return float(optimize.brentq(rising, 0.0, high, rtol=1e-5))


def _table(slopes: Sequence[Slope]) -> Table:
    return Table("pretrends", COLUMNS, tuple((s.power, s.joint, s.any_year) for s in slopes))


def _said_slope(slope: Slope) -> Message:
    return Message(
        N_("A steady drift of %(slope)s a year would be missed in %(missed)s of 100 such studies."),
        {"slope": significant(slope.joint), "missed": f"{100 * (1 - slope.power):.0f}"},
    )
