"""How progress changed after joining, beside similar schools: the fit and all that checks it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import polars as pl

from clusterwork.impact.diagnostics import Step, flow, placebo_years, sensitivity
from clusterwork.impact.did import DidFit, fit_did
from clusterwork.impact.honest import Honest, Pretrends, event_study, honest_smooth, pretrends
from clusterwork.impact.matching import Matched
from clusterwork.impact.result import Diagnostic, Estimate
from studies.joining import FIRST, MOVED, with_moved
from studies.matching import matched_of, weighted
from studies.panel import COVARIATES, YEARS, rows_of

ARMS = ("joined", "never", "later")


@dataclass(frozen=True)
class Compared:
    """A comparison: the fit, the matching behind it, and what speaks for and against."""

    fit: DidFit
    matched: Matched
    pretrends: Pretrends
    honest: Honest
    placebo: Diagnostic
    alternatives: Diagnostic
    flow: Diagnostic
    points: float


def compared(schools: pl.DataFrame, figures: pl.DataFrame) -> Compared:
    """schools: with arms and covariates, weight one; figures: of `figures_of`."""
    arms = compared_arms(schools)
    whole = arms.filter(pl.col("years") == YEARS)
    matched = matched_of(whole)
    rows = rows_of(weighted(whole, matched), figures)
    fit = fitted(rows)
    study = fit.event_study()
    shape = event_study([int(key) for key in study.keys], study.estimates, study.covariance)
    after = len(shape.after)
    return Compared(
        fit,
        matched,
        pretrends(shape),
        honest_smooth(shape, weights=[1 / after] * after),
        placebo_years((2017, 2018), partial(placebo, rows)),
        sensitivity(fit.group, alternatives(schools, rows, figures)),
        flow(steps(arms, whole, matched)),
        float(figures.filter(pl.col("year") == FIRST)["points"].drop_nulls().std()),  # type: ignore[arg-type]
    )


def compared_arms(schools: pl.DataFrame) -> pl.DataFrame:
    """Those that joined in time, later or never; nobody whose history is unclear."""
    return schools.filter(pl.col("arm").is_in(ARMS))


def fitted(rows: pl.DataFrame, outcome: str = "progress", **choices: Any) -> DidFit:
    """Callaway and Sant'Anna, errors by trust or federation, base the year before joining."""
    chosen: dict[str, Any] = {"weights": "weight", "base": "universal", **choices}
    return fit_did(rows, outcome, "chain", "year", "start", "cluster", **chosen)


def placebo(rows: pl.DataFrame, year: int) -> Estimate:
    """As if all that joined later had done so for the results of `year`; nothing after it."""
    start = pl.col("start")
    real = (start == 0) | (start > year)
    told = rows.filter(real & (pl.col("year") <= year))
    return fitted(told.with_columns(start=pl.when(start > 0).then(year).otherwise(0))).group


def alternatives(
    schools: pl.DataFrame, rows: pl.DataFrame, figures: pl.DataFrame
) -> dict[str, Callable[[], Estimate]]:
    """Every other way that was tried, by name; none is left out of the page."""
    arms = compared_arms(schools)
    whole = arms.filter(pl.col("years") == YEARS)

    def again(schools: pl.DataFrame, **choices: Any) -> Estimate:
        matched = matched_of(schools, **choices)
        return fitted(rows_of(weighted(schools, matched), figures)).group

    def without(arm: str) -> Estimate:
        return again(whole.filter(pl.col("arm") != arm))

    def unmatched(**choices: Any) -> Estimate:
        known = whole.drop_nulls(COVARIATES)
        return fitted(rows_of(known, figures), **choices).group

    named: dict[str, Callable[[], Estimate]] = {
        f"neighbours: {k}": partial(again, whole, k=k) for k in (1, 3, 10)
    }
    named |= {
        "matched on size only": partial(again, whole, covariates=COVARIATES[:1]),
        "matched on poverty of 2018/19 too": partial(
            again, whole, covariates=(*COVARIATES, "poverty")
        ),
        "compared with schools in none by 2022": partial(without, "later"),
        "compared with schools that joined later": partial(without, "never"),
        "compared with not yet joined too": lambda: fitted(rows, control="notyet").group,
        "not matched": unmatched,
        "not matched, adjusted (doubly robust)": partial(unmatched, covariates=list(COVARIATES)),
        "schools with gaps too": partial(again, arms),
        "base a year earlier": lambda: fitted(rows, anticipation=1).group,
        **{
            f"{name} only": partial(lambda chosen: fitted(rows, chosen).group, name)
            for name in ("reading", "maths", "writing")
        },
    }
    if (schools["arm"] == MOVED).any():
        named["those that have moved trust since, too"] = lambda: again(
            compared_arms(with_moved(schools)).filter(pl.col("years") == YEARS)
        )
    return named


def steps(arms: pl.DataFrame, whole: pl.DataFrame, matched: Matched) -> list[Step]:
    """How many schools of each arm there are at each step."""

    def step(name: str, schools: pl.DataFrame) -> Step:
        joined = schools.filter(pl.col("arm") == "joined").height
        return Step(name, joined, schools.height - joined)

    used = sum(weight > 0 for weight in matched.weights.values())
    return [
        step("in the register of April 2022, any Key Stage 2 row", arms),
        step("progress in 2016", arms.drop_nulls("progress_2016")),
        step("progress in all four years", whole),
        step("size and results of 2016 known", whole.drop_nulls(COVARIATES)),
        Step("matched", matched.n_matched, used),
    ]
