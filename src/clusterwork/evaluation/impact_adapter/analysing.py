"""A registered analysis run on its frozen table: the sentence, the numbers and every check."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import polars as pl
from scipy import stats

from clusterwork.evaluation.impact_adapter import writing
from clusterwork.evaluation.impact_adapter.checking import checks, moved_alike, placebo_of
from clusterwork.evaluation.impact_adapter.estimating import (
    BySince,
    Scale,
    alternatives,
    as_told,
    by_since,
    by_year,
    chosen,
    rests_on_fewer,
    scale_of,
)
from clusterwork.evaluation.impact_adapter.grouping import Grouped, grouped
from clusterwork.evaluation.impact_adapter.noting import notes_of
from clusterwork.evaluation.impact_adapter.spread import spread_of
from clusterwork.evaluation.impact_adapter.table import (
    COUNTED,
    Frozen,
    frozen,
    known_counts,
    table_of,
    weighed_by,
)
from clusterwork.evaluation.rules.plan import AnalysisPlan
from clusterwork.evaluation.rules.sample import Sample
from clusterwork.impact.choose import Chosen
from clusterwork.impact.diagnostics import sensitivity
from clusterwork.impact.did import DidFit
from clusterwork.impact.few.methods import Method
from clusterwork.impact.result import Estimate, Table
from clusterwork.impact.saying import Claim, Finding, sentences
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

Tell = Callable[[str, int, int], None]
LEVEL = 0.95
FEWEST = 3


@dataclass(frozen=True)
class Analysed:
    """What was found (`rules.found`) and the table behind it."""

    found: dict[str, Any]
    frozen: Frozen


def too_early(plan: AnalysisPlan, day: dt.date) -> dict[str, Any] | None:
    """What is said before the day from which on a result is told; None from then on."""
    first = plan.too_early_day
    if first is None or day >= first:
        return None
    nothing = Finding(
        Estimate(0.0), scale_of(plan).outcome, Claim.DESCRIPTIVE, day=day, too_early_before=first
    )
    return {"too_early": True, "sentences": writing.messages(sentences(nothing))}


def analysed(sample: Sample, plan: AnalysisPlan, day: dt.date, tell: Tell) -> Analysed:
    """The result. Raises what `grouped` and `choose` raise: nothing can be told then."""
    tell("matching", 0, 0)
    groups = grouped(sample, plan)
    table = table_of(groups, sample.years)
    kept = frozen(table)
    scale = scale_of(plan)
    told = as_told(table, scale)
    tell("estimate", 0, 0)
    main = chosen(told, scale)
    study = _study(told)
    tell("checks", 0, 0)
    checked = checks(told, scale, main, study, groups.matched)
    checked += placebo_of(sample, groups)
    other = _sensitivity(main, sample, plan, told, groups, tell)
    fit = None if isinstance(study, Problem) else study
    since = by_since(told, scale, fit)
    tell("writing", 0, 0)
    found = {
        "too_early": False,
        **_numbers(main, scale, moved_alike(checked), day),
        **_design(sample, groups, table, plan),
        "assumptions": writing.messages((*main.assumptions, *_assumed(plan, sample))),
        "diagnostics": [*checked, *([other] if other else [])],
        "alternatives": other["table"] if other else None,
        "trend": writing.table(_trend(table)),
        "known_counts": writing.table(known_counts(groups, sample.years)),
        "notes": writing.messages(notes_of(sample, groups, plan)),
        "by_year": writing.table(_by_year(since)),
        "by_year_bases": sorted(since.bases),
        "changes": writing.table(_changes(main)),
    }
    return Analysed(found, kept)


def _study(table: pl.DataFrame) -> DidFit | Problem:
    """Effects by year since the start, or why they cannot be told."""
    try:
        return by_year(table)
    except Problem as problem:
        return problem


def _numbers(main: Chosen, scale: Scale, alike: bool | None, day: dt.date) -> dict[str, Any]:
    claim = claim_of(main, alike)
    finding = Finding(
        main.estimate,
        scale.outcome,
        claim,
        treated_clusters=main.n_treated,
        rank=main.rank if main.n_treated == 1 else None,
        by_ratio=main.by_ratio,
        day=day,
        change=True,
    )
    in_sd = scale.by != 1.0
    return {
        "sentences": writing.messages(sentences(finding)),
        "claim": str(claim),
        "estimate": writing.estimate(main.estimate, scale.by),
        "scaled": writing.estimate(main.estimate) if in_sd else None,
        "told_in": "sd" if in_sd else str(scale.outcome),
        "method": str(main.method),
        "why": writing.messages([main.why])[0],
        "refused": writing.messages(main.refused),
        "n_treated": main.n_treated,
        "n_comparison": main.n_comparison,
        "rank": list(main.rank) if main.rank else None,
        "rank_by": None if main.rank is None else "ratio" if main.by_ratio else "size",
    }


def claim_of(main: Chosen, alike: bool | None) -> Claim:
    """What the comparison can bear: an effect only where both sides were seen to move alike before.

    One cluster, or a test that could not be made, bears a description.
    """
    if alike is None or main.method is Method.PLACEBO_RANK:
        return Claim.DESCRIPTIVE
    return Claim.EFFECT if alike else Claim.TRENDS_DIFFERED


def _design(
    sample: Sample, groups: Grouped, table: pl.DataFrame, plan: AnalysisPlan
) -> dict[str, Any]:
    weights = weighed_by(groups, sample.years)
    spread = spread_of(table, plan, counted=weights == COUNTED)
    return {
        "n_schools": groups.n_ours,
        "n_comparison_schools": groups.n_others,
        "weighed_by": weights,
        "pupils_sd": {"value": spread.value, "source": spread.source},
        "starts": sorted(set(groups.starts.values())),
        "years": list(sample.years),
        "clusters": writing.clusters_of(sample, groups),
        "flow": writing.flow_table(groups),
        "balance": writing.balance_table(groups),
    }


def _sensitivity(
    main: Chosen,
    sample: Sample,
    plan: AnalysisPlan,
    table: pl.DataFrame,
    groups: Grouped,
    tell: Tell,
) -> dict[str, Any] | None:
    """Every choice that was said beforehand, beside the main one."""
    runs = alternatives(sample, plan, table, groups)
    if not runs:
        return None
    n = len(runs)

    def counted(place: int, run: Callable[[], Estimate]) -> Callable[[], Estimate]:
        def go() -> Estimate:
            tell("alternatives", place, n)
            return run()

        return go

    told = {code: counted(place, run) for place, (code, run) in enumerate(runs.items(), start=1)}
    shown = writing.diagnostic(sensitivity(main.estimate, told))
    fewer = rests_on_fewer(runs, table)
    return shown | {"more": writing.messages(fewer)} if fewer else shown


def _assumed(plan: AnalysisPlan, sample: Sample) -> tuple[Message, ...]:
    """What similar schools of elsewhere cannot show of clusters that all lie in one authority."""
    one_authority = len({unit.area for unit in sample.ours}) == 1
    if plan.comparison != "schools" or plan.where == "area" or not one_authority:
        return ()
    return (
        Message(
            N_(
                "All clusters lie in one authority, and what they are held against lies elsewhere: "
                "whatever else changed in the authority in these years is taken for the clusters’."
            )
        ),
    )


def _trend(table: pl.DataFrame) -> Table:
    """Means of clusters by year on both sides, every cluster counting once, with t intervals."""
    weighed = (pl.col("outcome") * pl.col("counted")).sum() / pl.col("counted").sum()
    means = table.group_by("group", "ours", "year").agg(mean=weighed)
    rows = []
    for year in sorted(means["year"].unique().to_list()):
        now = means.filter(pl.col("year") == year)
        ours, others = (_interval(now.filter(pl.col("ours") == arm)["mean"]) for arm in (1, 0))
        rows.append((year, *ours, *others))
    columns = ("year", "ours", "ours_low", "ours_high", "others", "others_low", "others_high")
    return Table("trend", columns, tuple(rows))


def _interval(values: pl.Series) -> tuple[float, float | None, float | None]:
    """The mean, and its interval where there are enough clusters to tell one."""
    mean, n = float(values.mean()), len(values)  # type: ignore[arg-type]
    if n < FEWEST:
        return mean, None, None
    reach = float(stats.t.ppf(0.5 + LEVEL / 2, n - 1)) * float(values.std()) / n**0.5  # type: ignore[arg-type]
    return mean, mean - reach, mean + reach


def _by_year(since: BySince) -> Table | None:
    """By years since the start, with the year held against as zero; None where nothing is told.

    Where clusters are held against different years, a base is zero where no other has that year.
    """
    if not since.told:
        return None
    rows: dict[int, tuple[int, float, float | None, float | None]]
    rows = {base: (base, 0.0, None, None) for base in since.bases}
    rows |= {key: (key, each.estimate, each.low, each.high) for key, each in since.told.items()}
    columns = ("since", "estimate", "low", "high")
    return Table("by_year", columns, tuple(rows[key] for key in sorted(rows)))


def _changes(main: Chosen) -> Table | None:
    """The changes of the programme's clusters, by label; not those of comparison groups."""
    told = next((table for table in main.tables if table.name == "changes"), None)
    if told is None:
        return None
    ours = sorted((row for row in told.rows if row[1] is not None), key=lambda row: str(row[0]))
    return Table("changes", told.columns, tuple(ours))
