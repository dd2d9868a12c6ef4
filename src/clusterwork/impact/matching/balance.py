"""How alike the groups are in each covariate, before and after matching."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields

import numpy as np

from clusterwork.impact.matching.reading import Floats, Units
from clusterwork.impact.result import Diagnostic, Table
from clusterwork.kernel.messages import N_, Message

ALIKE = 0.1
APART = 0.25
RATIOS = (0.5, 2.0)
FEWEST = 3  # who take part; of two the standard deviation is chance, of one there is none


@dataclass(frozen=True)
class Balance:
    """One covariate, or one category of it (without ratios).

    Means in units of the covariate. difference: standardised, of means over the standard deviation
    of all who take part, or of all others where only one or two take part, the same before and
    after; None where they do not vary. ratio: the variance of those who take part over that of the
    others (after: weighted).
    Source: Stuart 2010, Statistical Science 25, section 4.1.
    """

    name: str
    treated_before: float
    control_before: float
    difference_before: float | None
    ratio_before: float | None
    treated_after: float
    control_after: float
    difference_after: float | None
    ratio_after: float | None


def balance_of(units: Units, matched: Floats, weights: Floats) -> tuple[Balance, ...]:
    """matched: N, 1 for those who take part and were matched; weights: N, of the others."""
    took = units.treated.astype(np.float64)
    rest = (~units.treated).astype(np.float64)
    return tuple(
        _line(name, column, took, rest, matched, weights)
        for name, column in zip(units.names, units.values.T, strict=True)
    )


def _line(
    name: str, column: Floats, took: Floats, rest: Floats, matched: Floats, weights: Floats
) -> Balance:
    deviation = weighted_variance(column, took if took.sum() >= FEWEST else rest) ** 0.5
    two = bool(np.isin(column, (0.0, 1.0)).all())
    return Balance(
        name,
        *_compared(column, took, rest, deviation, two),
        *_compared(column, matched, weights, deviation, two),
    )


def _compared(
    column: Floats, one: Floats, other: Floats, deviation: float, two: bool
) -> tuple[float, float, float | None, float | None]:
    means = weighted_mean(column, one), weighted_mean(column, other)
    apart = means[0] - means[1]
    tiny = 1e-12 * max(1e-9, abs(means[0]))
    known = deviation > tiny and apart == apart
    below = weighted_variance(column, other)
    ratio = weighted_variance(column, one) / below if below > tiny**2 and not two else None
    return *means, apart / deviation if known else None, ratio if ratio == ratio else None


def weighted_mean(column: Floats, weights: Floats) -> float:
    """Not a number where all weights are zero."""
    whole = float(weights.sum())
    return float(weights @ column) / whole if whole > 0.0 else float("nan")


def weighted_variance(column: Floats, weights: Floats) -> float:
    """Unbiased for weights that tell reliability: sum w (x - m)^2 / (1 - sum w^2), sum w = 1.

    With equal weights the usual variance with n - 1; not a number for fewer than two.
    """
    whole = float(weights.sum())
    if whole <= 0.0:
        return float("nan")
    shares = weights / whole
    left = 1.0 - float(shares @ shares)
    if left < 1e-12:
        return float("nan")
    return float(shares @ (column - shares @ column) ** 2) / left


def balance_table(lines: Sequence[Balance]) -> Table:
    """The balance as a table."""
    names = tuple(each.name for each in fields(Balance))
    return Table("balance", names, tuple(astuple(line) for line in lines))


def worst_of(lines: Sequence[Balance]) -> float:
    """The largest standardised difference after matching, without sign; 0 where none is known."""
    return max((abs(line.difference_after or 0.0) for line in lines), default=0.0)


def balance_diagnostic(lines: Sequence[Balance]) -> Diagnostic:
    """Passed: differences up to 0.1 and ratios from a half to two; failed beyond 0.25 or these.

    Between 0.1 and 0.25 the reader has to judge. Source: Rubin 2001, Health Services and Outcomes
    Research Methodology 2, page 174 (0.25; ratios); Austin 2009, Statistics in Medicine 28 (0.1).
    """
    worst = worst_of(lines)
    ratios = [line.ratio_after for line in lines if line.ratio_after is not None]
    fine = all(RATIOS[0] <= ratio <= RATIOS[1] for ratio in ratios)
    lines_apart = [line.name for line in lines if abs(line.difference_after or 0.0) > APART]
    passed = False if lines_apart or not fine else (True if worst <= ALIKE else None)
    return Diagnostic("balance", _said(worst, passed), passed, balance_table(lines))


def _said(worst: float, passed: bool | None) -> Message:
    number = {"worst": f"{worst:.2f}"}
    if passed:
        return Message(
            N_(
                "The groups are alike in every covariate: after matching no mean differs by more "
                "than %(worst)s standard deviations."
            ),
            number,
        )
    if passed is None:
        return Message(
            N_(
                "The groups are nearly alike: after matching the largest difference of means is "
                "%(worst)s standard deviations. Judge whether it matters for the outcome."
            ),
            number,
        )
    return Message(
        N_(
            "The groups are not alike: in some covariates means or spreads still differ (largest "
            "difference of means: %(worst)s standard deviations). Do not read the difference of "
            "outcomes as an effect."
        ),
        number,
    )
