"""How far pupils lie apart in a measure, and how much groups swing from year to year."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import polars as pl

from clusterwork.evaluation.rules.plan import AnalysisPlan

FEWEST_STEPS = 30
USUAL_SHOCK = 0.1
GIVEN, SHARE, WORKED_OUT, SCHOOLS = "given", "share", "worked_out", "schools"


@dataclass(frozen=True)
class Spread:
    """value: a standard deviation in units of the measure. source: "given" by whoever planned;
    "share", √(p (1 - p)) of a percentage; "worked_out" from how much more small schools swing;
    "schools", that of schools' figures, where pupils' cannot be told."""

    value: float
    source: str


@dataclass(frozen=True)
class Swing:
    """Of groups' yearly means about their own level and the year's: the standard deviation in
    units of the measure, and the correlation from one year to the next (0 where years are few).
    by_arm: the same of ours and of the others, None where it cannot be told."""

    deviation: float | None
    correlation: float
    by_arm: tuple[float | None, float | None]


def spread_of(table: pl.DataFrame, plan: AnalysisPlan, *, counted: bool) -> Spread:
    """The standard deviation of pupils, as it was given or can be told from the table.

    counted: whether the table holds the number of pupils behind each figure.
    """
    if plan.pupils_sd:
        return Spread(plan.pupils_sd, GIVEN)
    if plan.scale == "percent":
        share = _mean(table) / 100
        if 0 < share < 1:
            return Spread(100 * math.sqrt(share * (1 - share)), SHARE)
    told = worked_out(table) if counted and plan.scale in ("score", "progress") else None
    if told is not None:
        return Spread(told, WORKED_OUT)
    return Spread(float(table["outcome"].std() or 1.0), SCHOOLS)  # type: ignore[arg-type]


def worked_out(table: pl.DataFrame) -> float | None:
    """From the squared steps between years: E Δ² = 2σ² + s² (1/n + 1/n'), s the pupils' standard
    deviation and σ that of a school's years. Least squares; None with few steps or no slope."""
    steps = (
        table.sort("school", "year")
        .with_columns(
            step=pl.col("outcome").diff().over("school"),
            chance=(1 / pl.col("counted")) + (1 / pl.col("counted").shift(1).over("school")),
        )
        .drop_nulls("step")
    )
    if steps.height < FEWEST_STEPS:
        return None
    squares, chance = steps["step"].to_numpy() ** 2, steps["chance"].to_numpy()
    if np.ptp(chance) == 0:
        return None
    slope = float(np.polyfit(chance, squares, 1)[0])
    return math.sqrt(slope) if slope > 0 else None


def swing_of(table: pl.DataFrame) -> Swing:
    """Of the groups of a table of years before the start."""
    means = _means(table)
    if means.shape[1] < 2 or means.shape[0] < 2:
        return Swing(None, 0.0, (None, None))
    left = means - means.mean(axis=1, keepdims=True)
    left -= left.mean(axis=0, keepdims=True)
    ours = np.array(_labels(table)["ours"].to_numpy(), dtype=bool)
    freedom = (means.shape[0] - 1) * (means.shape[1] - 1)
    deviation = math.sqrt(float((left**2).sum()) / freedom)
    arms = tuple(_of_arm(means[arm]) for arm in (ours, ~ours))
    return Swing(deviation, _correlation(left), (arms[0], arms[1]))


def _of_arm(means: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> float | None:
    if means.shape[0] < 2:
        return None
    left = means - means.mean(axis=1, keepdims=True)
    left -= left.mean(axis=0, keepdims=True)
    return math.sqrt(float((left**2).sum()) / ((means.shape[0] - 1) * (means.shape[1] - 1)))


def _correlation(left: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> float:
    """Of one year's deviation with the next; 0 with fewer than four years or where negative."""
    if left.shape[1] < 4:
        return 0.0
    one, other = left[:, :-1].ravel(), left[:, 1:].ravel()
    scale = math.sqrt(float((one**2).sum() * (other**2).sum()))
    return min(max(float((one * other).sum()) / scale if scale else 0.0, 0.0), 0.9)


def _labels(table: pl.DataFrame) -> pl.DataFrame:
    return table.group_by("group").agg(pl.col("ours").first()).sort("group")


def _means(table: pl.DataFrame) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """groups x years, weighed by the number counted."""
    weighed = pl.col("outcome") * pl.col("counted")
    sums = table.group_by("group", "year").agg(
        mean=weighed.sum() / pl.col("counted").sum(),
    )
    wide = sums.sort("year").pivot(on="year", index="group", values="mean").sort("group")
    return np.array(wide.drop("group").to_numpy(), dtype=np.float64)


def _mean(table: pl.DataFrame) -> float:
    values, counted = table["outcome"].to_numpy(), table["counted"].to_numpy()
    return float(np.average(values, weights=counted))
