"""What an analysis could see, told from the years before the first start and nothing later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import polars as pl

from clusterwork.evaluation.impact_adapter import writing
from clusterwork.evaluation.impact_adapter.grouping import Grouped, grouped
from clusterwork.evaluation.impact_adapter.noting import notes_of
from clusterwork.evaluation.impact_adapter.spread import (
    SCHOOLS,
    USUAL_SHOCK,
    Spread,
    Swing,
    spread_of,
    swing_of,
)
from clusterwork.evaluation.impact_adapter.table import COUNTED, table_of, weighed_by
from clusterwork.evaluation.rules.plan import AnalysisPlan
from clusterwork.evaluation.rules.sample import Sample
from clusterwork.impact.few.methods import method_for
from clusterwork.impact.power import Detectable, PanelDesign, detectable
from clusterwork.impact.result import Table
from clusterwork.kernel.messages import N_, Message

Tell = Callable[[str, int, int], None]
LARGEST_IN_UNITS = 1e9
REACHED = N_(
    "The work reaches %(reached)s of 100 of these pupils: for that difference they would have to "
    "gain %(least)s each."
)
ASSUMED = N_(
    "There is one year before the start only, so that how much clusters swing from year to "
    "year is assumed (0.1 standard deviations)."
)
ASSUMED_OF_SCHOOLS = N_(
    "There is one year before the start only, so that how much clusters swing from year to "
    "year is assumed (0.1 standard deviations of schools’ figures, which may be too little)."
)


def could_see(sample: Sample, plan: AnalysisPlan, tell: Tell) -> dict[str, Any]:
    """The smallest effect that would be found, and how alike both sides are; see `rules.found`.

    Raises what `grouping.grouped` raises.
    """
    early = sample.before()
    tell("matching", 0, 0)
    groups = grouped(early, plan)
    table = table_of(groups, early.years)
    tell("estimate", 0, 0)
    counted = weighed_by(groups, early.years) == COUNTED
    spread, swing = spread_of(table, plan, counted=counted), swing_of(table)
    after = sum(year >= min(groups.starts.values()) for year in sample.years)
    design = _design(groups, table, plan, spread, swing, after, counted=counted)
    told = detectable(design)
    n_treated, n_comparison = len(groups.ours), len(groups.others)
    return {
        "sentences": writing.messages(_sentences(told, plan, spread)),
        "least": writing.number(told.least),
        "least_in_units": None if told.least is None else writing.number(told.least * spread.value),
        "se": writing.number(told.se),
        "power": writing.number(told.power),
        "too_large": told.too_large and _is_of_pupils(plan, spread),
        "method": str(method_for(n_treated, n_comparison)),
        "n_treated": n_treated,
        "n_comparison": n_comparison,
        "n_schools": groups.n_ours,
        "n_comparison_schools": groups.n_others,
        "pupils_sd": {"value": spread.value, "source": spread.source},
        "flow": writing.flow_table(groups),
        "balance": writing.balance_table(groups),
        "before": writing.table(_before(table)),
        "clusters": writing.clusters_of(sample, groups),
        "notes": writing.messages(_notes(sample, groups, plan, spread, swing)),
    }


def _design(
    groups: Grouped,
    table: pl.DataFrame,
    plan: AnalysisPlan,
    spread: Spread,
    swing: Swing,
    after: int,
    *,
    counted: bool,
) -> PanelDesign:
    """As many clusters as there are, which swing as they did before the start.

    Where the pupils behind the figures are counted and how far pupils lie apart is known, what they
    swing by chance stands apart.
    """
    of_pupils = _is_of_pupils(plan, spread)
    by_year = table.group_by("group", "year").agg(pl.col("counted").sum())
    pupils = float(1 / (1 / by_year["counted"]).mean())  # type: ignore[operator]
    chance = 1 / pupils if counted and of_pupils else 0.0
    deviation = USUAL_SHOCK if swing.deviation is None else swing.deviation / spread.value
    shock = max(deviation**2 - chance, 0.0) ** 0.5
    design = PanelDesign(
        clusters=len(groups.ours) + len(groups.others),
        treated=len(groups.ours),
        pupils=pupils if chance else LARGEST_IN_UNITS,
        reached=plan.reached,
        expected=None if plan.expected is None else abs(plan.expected) / spread.value,
        before=table["year"].n_unique(),
        after=max(after, 1),
        shock=shock,
        autocorrelation=swing.correlation,
    )
    return design if of_pupils else replace(design, largest=LARGEST_IN_UNITS)


def _is_of_pupils(plan: AnalysisPlan, spread: Spread) -> bool:
    """Whether effects are in standard deviations of pupils; those of schools are far smaller."""
    return plan.scale != "amount" and spread.source != SCHOOLS


def _sentences(told: Detectable, plan: AnalysisPlan, spread: Spread) -> tuple[Message, ...]:
    """The library's own; in units of the measure where pupils' spread is not known."""
    if _is_of_pupils(plan, spread) or told.least is None:
        return tuple(told.sentences())
    said = N_(
        "With the work in %(treated)s of %(clusters)s clusters and comparison groups, a difference "
        "of %(least)s in units of the measure would be found in 80 of 100 such studies; a smaller "
        "one would more often be missed."
    )
    params = {
        "treated": told.design.treated,
        "clusters": told.design.clusters,
        "least": f"{told.least * spread.value:.3g}",
    }
    if plan.reached == 1:
        return (Message(said, params),)
    share = {
        "reached": f"{100 * plan.reached:.3g}",
        "least": f"{told.least * spread.value / plan.reached:.3g}",
    }
    return (Message(said, params), Message(REACHED, share))


def _before(table: pl.DataFrame) -> Table:
    """Means of both sides in the years before the first start."""
    weighed = (pl.col("outcome") * pl.col("counted")).sum() / pl.col("counted").sum()
    by_group = table.group_by("group", "ours", "year").agg(mean=weighed)
    means = by_group.group_by("year", "ours").agg(pl.col("mean").mean())
    wide = means.pivot(on="ours", index="year", values="mean").sort("year")
    return Table("before", ("year", "ours", "others"), tuple(wide.select("year", "1", "0").rows()))


def _notes(
    sample: Sample, groups: Grouped, plan: AnalysisPlan, spread: Spread, swing: Swing
) -> tuple[Message, ...]:
    """What the answer rests on besides the plan."""
    if swing.deviation is not None:
        return notes_of(sample, groups, plan)
    assumed = ASSUMED if _is_of_pupils(plan, spread) else ASSUMED_OF_SCHOOLS
    return (Message(assumed), *notes_of(sample, groups, plan))
