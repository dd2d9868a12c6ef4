"""Means and effects with standard errors shrunk by a normal distribution between units."""

from __future__ import annotations

import numpy as np
from scipy import optimize

from clusterwork.impact.small.intervals import two_sided
from clusterwork.impact.small.rows import Floats, Rows, rows_of
from clusterwork.impact.small.shrunken import (
    OWN,
    Shrunk,
    Shrunken,
    must_be_enough,
    shrunken_of,
    way_of,
)
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

NORMAL = N_("The true figures are spread as a normal distribution, and so is chance.")


class NotAStandardError(Problem):
    """A standard error is zero or below."""


def shrink_means(
    frame: object, *, unit: str, estimate: str, se: str, by: str = "likelihood", level: float = 0.95
) -> Shrunken:
    """Estimates with standard errors shrunk: true values N(μ, A) between units, chance N(0, se²).

    A by "moments" solves Σ(y-μ)²/(A+V) = k-1 (Paule and Mandel 1982), by "likelihood" is the
    restricted maximum. estimate: (1-B)y + Bμ with B = (k-3)/(k-1) V/(V+A), which for equal V by
    moments is the James-Stein estimate of Efron and Morris (1975, JASA 70, equation 1.4);
    variance V(1 - (k-1)/k B) + 2/(k-3) B² (V̄+A)/(V+A) (y-μ)², which allows for not knowing μ and A
    (Morris 1983, JASA 78, equations 1.16 to 1.19). Raises TooFewToShrink, NoSuchWay,
    NotAStandardError.
    """
    rows = rows_of(frame, [unit], [estimate, se])
    z = two_sided(level)
    values, variances = rows[estimate], rows[se] ** 2
    _must_be_errors(rows[se])
    must_be_enough(len(values))
    spread = way_of(by, moments=by_moments, likelihood=by_likelihood)(values, variances)
    mean = float(np.average(values, weights=1 / (variances + spread)))
    effects = _effects(rows, values, variances, mean, spread, z)
    return shrunken_of(
        rows,
        effects,
        assumptions=(Message(OWN), Message(NORMAL)),
        mean=mean,
        spread=float(np.sqrt(spread)),
        kind="mean",
        by=by,
        level=level,
    )


def _must_be_errors(errors: Floats) -> None:
    if (errors <= 0).any():
        raise NotAStandardError(
            Message(
                N_("This is no standard error: %(value)s"),
                {"value": float(errors[np.argmax(errors <= 0)])},
            ),
            why=Message(N_("A figure without chance cannot be weighed against the others.")),
            next_step=Message(N_("Leave the unit out, or write its standard error.")),
        )


def by_moments(values: Floats, variances: Floats) -> float:
    """The variance A between units, 0 where Cochran's Q does not exceed k-1."""
    if _beyond(0.0, values, variances) <= 0:
        return 0.0
    most = float(((values - values.mean()) ** 2).sum())
    return float(optimize.brentq(_beyond, 0.0, most, args=(values, variances), xtol=1e-14 * most))


def _beyond(spread: float, values: Floats, variances: Floats) -> float:
    """Σ(y-μ)²/(A+V) - (k-1)."""
    weights = 1 / (variances + spread)
    mean = (weights @ values) / weights.sum()
    return float(weights @ (values - mean) ** 2) - (len(values) - 1)


def by_likelihood(values: Floats, variances: Floats) -> float:
    """The variance A between units where the restricted likelihood is greatest."""
    most = 4 * float(values.var(ddof=1)) + 1e-300
    grid = np.concatenate([[0.0], most * np.geomspace(1e-6, 1, 60)])
    heights = [_fall(each, values, variances) for each in grid]
    best = int(np.argmin(heights))
    low, high = grid[max(best - 1, 0)], grid[min(best + 1, len(grid) - 1)]
    found = optimize.minimize_scalar(
        _fall,
        bounds=(low, high),
        args=(values, variances),
        method="bounded",
        options={"xatol": 1e-12 * most},
    )
    return 0.0 if heights[0] <= found.fun + 1e-12 else float(found.x)


def _fall(spread: float, values: Floats, variances: Floats) -> float:
    """Minus the restricted log likelihood, without constants."""
    weights = 1 / (variances + spread)
    mean = (weights @ values) / weights.sum()
    squares = weights @ (values - mean) ** 2
    return float(-np.log(weights).sum() + np.log(weights.sum()) + squares) / 2


def _effects(
    rows: Rows, values: Floats, variances: Floats, mean: float, spread: float, z: float
) -> tuple[Shrunk, ...]:
    k = len(values)
    weights = 1 / (variances + spread)
    drawn = (k - 3) / (k - 1) * variances * weights
    average = float((weights @ variances) / weights.sum())
    unsure = 2 / (k - 3) * drawn**2 * (average + spread) * weights
    after = variances * (1 - (k - 1) / k * drawn) + unsure * (values - mean) ** 2
    estimates, sds = values - drawn * (values - mean), np.sqrt(after)
    columns = (values, estimates, sds, estimates - z * sds, estimates + z * sds, 1 - drawn)
    return tuple(
        Shrunk(label[0], *numbers)
        for label, *numbers in zip(rows.labels, *(each.tolist() for each in columns), strict=True)
    )
