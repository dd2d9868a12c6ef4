"""The estimate of a table by the method that fits the number of clusters, and under other choices.

Outcomes are in the units in which they are told: standard deviations of pupils where these are
known for a score or for progress, percentage points, or units of the measure.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from clusterwork.evaluation.impact_adapter.grouping import Grouped, grouped, used_facts
from clusterwork.evaluation.impact_adapter.table import table_of
from clusterwork.evaluation.rules.plan import AnalysisPlan
from clusterwork.evaluation.rules.sample import Sample
from clusterwork.impact.choose import Chosen, choose
from clusterwork.impact.did import DidFit, fit_did
from clusterwork.impact.few import MEAN_CHANGE, Contrast
from clusterwork.impact.few.methods import Method, method_for
from clusterwork.impact.result import Estimate
from clusterwork.impact.saying import Outcome
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

IN_SD = {"score": Outcome.SCORE, "progress": Outcome.PROGRESS}
ON_FEWER = N_(
    "Without the first year after the start the estimate rests on %(n)s of %(of)s clusters: the "
    "others start in the last year."
)


class TheMainChoice(Problem):
    """With what is known another choice would be the main one over again."""


class NoLaterYear(Problem):
    """Every cluster starts in the last year."""


@dataclass(frozen=True)
class Scale:
    """by: what a unit as told is in units of the measure. outcome: how the library says it."""

    by: float
    outcome: Outcome


def scale_of(plan: AnalysisPlan) -> Scale:
    """Standard deviations where the plan gives that of pupils, else units of the measure."""
    if plan.scale == "percent":
        return Scale(1.0, Outcome.SHARE)
    if plan.pupils_sd and plan.scale in IN_SD:
        return Scale(plan.pupils_sd, IN_SD[plan.scale])
    return Scale(1.0, Outcome.AMOUNT)


def as_told(table: pl.DataFrame, scale: Scale) -> pl.DataFrame:
    """The table with outcomes in the units in which they are told."""
    return table.with_columns(pl.col("outcome") / scale.by)


def chosen(table: pl.DataFrame, scale: Scale, contrast: Contrast = MEAN_CHANGE) -> Chosen:
    """The difference of changes with the method that fits; raises what `choose` raises."""
    return choose(
        table,
        outcome="outcome",
        cluster="group",
        time="year",
        start="start",
        weight="counted",
        contrast=contrast,
        measured=scale.outcome,
    )


def could_fail(told: Chosen) -> bool:
    """Whether a p-value small enough to count against it could have come out."""
    return all(each.passed is not False or each.name != "least_p" for each in told.diagnostics)


def by_year(table: pl.DataFrame) -> DidFit:
    """Effects by year since the start, every school weighed by its mean number counted."""
    weighed = table.with_columns(weight=pl.col("counted").mean().over("school"))
    return fit_did(
        weighed,
        "outcome",
        "school",
        "year",
        "start",
        "group",
        weights="weight",
        base="universal",
        small_sample=True,
    )


@dataclass(frozen=True)
class BySince:
    """told: effects by years since the start. bases: how many years after its start (less than 0)
    the year lies that a cluster was held against: the last before the start that has figures."""

    told: Mapping[int, Estimate]
    bases: frozenset[int]


def by_since(table: pl.DataFrame, scale: Scale, study: DidFit | None) -> BySince:
    """Effects by years since the start against the last year before it, with errors that are right.

    With many clusters the study's own; with few each year by the method that fits the clusters
    that have it. A year that cannot be told is left out.
    """
    if study is not None and is_many(table):
        told = {int(part.key): part for part in study.dynamic.by}
        return BySince(told, frozenset(int(each.base - each.group) for each in study.att_gt))
    base_of = _bases(table)
    years = set(table["year"].unique().to_list())
    found: dict[int, Estimate] = {}
    bases: set[int] = set()
    for since in sorted({year - start for year in years for start in base_of}):
        having = {s: b for s, b in base_of.items() if s + since in years and b != since}
        estimate = _since(table.filter(pl.col("start").is_in([0, *having])), scale, since, having)
        if estimate is not None:
            found[since] = estimate
            bases |= set(having.values())
    return BySince(found, frozenset(bases))


def _bases(table: pl.DataFrame) -> dict[int, int]:
    """By start, where the last year before it lies."""
    years = table["year"].unique().to_list()
    starts = table.filter(pl.col("start") > 0)["start"].unique().to_list()
    before = {start: [year for year in years if year < start] for start in starts}
    return {start: max(earlier) - start for start, earlier in before.items() if earlier}


def _since(
    table: pl.DataFrame, scale: Scale, since: int, base_of: Mapping[int, int]
) -> Estimate | None:
    def weights(years: Sequence[int], start: int) -> NDArray[np.float64]:
        base = start + base_of[start]
        told = [(year == start + since) - float(year == base) for year in years]
        return np.asarray(told, dtype=float)

    try:
        return chosen(table, scale, Contrast(f"year_{since}", weights)).estimate
    except Problem:
        return None


def is_many(table: pl.DataFrame) -> bool:
    """Whether both sides have so many clusters that errors summed by cluster are right."""
    n_treated = n_started(table)
    return method_for(n_treated, table["group"].n_unique() - n_treated) is Method.INFLUENCE


def _yearly(table: pl.DataFrame) -> Estimate:
    """The average over starts of effects by year; without errors where clusters are few."""
    told = by_year(table).group
    return told if is_many(table) else Estimate(told.estimate, method=told.method)


def _without_first(years: Sequence[int], start: int) -> NDArray[np.float64]:
    after = np.array(years) > start
    before = np.array(years) < start
    shares = after / max(after.sum(), 1) - before / max(before.sum(), 1)
    return np.asarray(shares, dtype=float)


WITHOUT_FIRST = Contrast("without_first_year", _without_first)
"""The mean from the second year on less the mean before the start."""


def _later_years(table: pl.DataFrame, scale: Scale) -> Estimate:
    """Without the first year after the start, of the clusters that have a later one.

    Of one cluster by the method of the main estimate, which a contrast of its own would not have.
    """
    kept = _with_a_later_year(table)
    if not n_started(kept):
        raise _no_later_year()
    if n_started(table) == 1:
        later = kept.filter(pl.col("year") != pl.col("start").max())
        return chosen(later, scale).estimate
    return chosen(kept, scale, WITHOUT_FIRST).estimate


def rests_on_fewer(codes: Iterable[str], table: pl.DataFrame) -> tuple[Message, ...]:
    """On how many clusters an alternative rests that does not rest on all of them."""
    n, of = n_started(_with_a_later_year(table)), n_started(table)
    if "later_years" not in codes or n in (0, of):
        return ()
    return (Message(ON_FEWER, {"n": n, "of": of}),)


def n_started(table: pl.DataFrame) -> int:
    """How many groups of the table start."""
    return table.filter(pl.col("start") > 0)["group"].n_unique()


def _with_a_later_year(table: pl.DataFrame) -> pl.DataFrame:
    """Without clusters that start in the last year; all that do not start stay."""
    return table.filter(pl.col("start") < pl.col("year").max())


def _no_later_year() -> NoLaterYear:
    return NoLaterYear(
        Message(N_("No cluster has a year after its first.")),
        why=Message(N_("Every cluster starts in the last school year that is looked at.")),
        next_step=Message(N_("Wait for later results, or choose a later last year.")),
    )


Run = Callable[[], Estimate]


def alternatives(
    sample: Sample, plan: AnalysisPlan, table: pl.DataFrame, groups: Grouped
) -> dict[str, Run]:
    """Every choice that was said beforehand, by its code, and how it is run.

    groups: those of the main estimate.
    """
    scale = scale_of(plan)

    def otherwise(**changes: object) -> Run:
        return lambda: _again(sample, replace(plan, **changes), scale)  # type: ignore[arg-type]

    def without(fact: str) -> Run:
        return lambda: _alike_without(fact, sample, plan, scale, used_facts(groups))

    runs: dict[str, Run] = {
        "one": otherwise(neighbours=1),
        "ten": otherwise(neighbours=10),
        "without_before": without("before"),
        "without_meals": without("meals"),
        "area": lambda: _again(_of_the_area(sample), replace(plan, where="area"), scale),
        "yearly": lambda: _yearly(table),
        "later_years": lambda: _later_years(table, scale),
    }
    return {code: runs[code] for code in plan.alternatives if code in runs}


def _again(sample: Sample, plan: AnalysisPlan, scale: Scale) -> Estimate:
    table = table_of(grouped(sample, plan), sample.years)
    return chosen(as_told(table, scale), scale).estimate


def _alike_without(
    fact: str, sample: Sample, plan: AnalysisPlan, scale: Scale, used: Collection[str]
) -> Estimate:
    """With schools made alike in all but the fact; raises TheMainChoice where they are made alike
    as in the main estimate (`used`), or in that fact for want of another."""
    fewer = tuple(each for each in plan.alike_by if each != fact) or ("pupils",)
    groups = grouped(sample, replace(plan, alike_by=fewer))
    now = used_facts(groups)
    if fact in now or now == used:
        raise TheMainChoice(
            Message(
                N_(
                    "This choice would be the main one over again: it differs only in facts that "
                    "are not known before the start."
                )
            ),
            next_step=Message(N_("Bring in the facts of schools of a year before the start.")),
        )
    table = table_of(groups, sample.years)
    return chosen(as_told(table, scale), scale).estimate


def _of_the_area(sample: Sample) -> Sample:
    """The same with others of our authorities only."""
    areas = {unit.area for unit in sample.ours}
    near = tuple(unit for unit in sample.others if unit.area in areas)
    return replace(sample, others=near)
