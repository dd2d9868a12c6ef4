"""What must be shown beside a result: each check, or in words why it could not be made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import polars as pl

from clusterwork.evaluation.impact_adapter import writing
from clusterwork.evaluation.impact_adapter.estimating import (
    Scale,
    chosen,
    could_fail,
    is_many,
)
from clusterwork.evaluation.impact_adapter.grouping import Grouped
from clusterwork.evaluation.impact_adapter.spread import swing_of
from clusterwork.evaluation.impact_adapter.untouched import by_another_measure
from clusterwork.evaluation.rules.sample import Sample
from clusterwork.impact.choose import Chosen
from clusterwork.impact.diagnostics import composition_change, placebo_years
from clusterwork.impact.did import DidFit
from clusterwork.impact.honest import event_study, honest_smooth, pretrends
from clusterwork.impact.matching import Matched
from clusterwork.impact.result import Diagnostic, Estimate, Table
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

Told = dict[str, Any]
ALIKE_SWING = 1.5
NEVER_FAILS = N_(
    "With so few clusters no earlier year could be told from chance, whatever happened: judge by "
    "the picture."
)
TOO_FEW = N_(
    "With fewer than twelve clusters on a side the years before the start cannot be tested "
    "together. Look at the picture, and at the placebo years."
)
LEAST_BEFORE = 2
NEAR, FAR = 0.1, 0.25  # standard deviations: Stuart 2010, Statistical Science 25, section 4.1
ALIKE = N_(
    "Both sides were alike before the start: no mean differs by more than %(worst)s standard "
    "deviations."
)
APART = N_(
    "Before the start both sides differed, in one fact by %(worst)s standard deviations. Changes "
    "are compared and not levels, but sides that differ may also change differently."
)


def checks(
    table: pl.DataFrame,
    scale: Scale,
    main: Chosen,
    study: DidFit | Problem,
    matched: Matched | None,
) -> list[Told]:
    """All checks in the order in which they are shown."""
    found = [writing.diagnostic(_judged(each)) for each in main.diagnostics]
    if matched is not None:
        found.append(_alike(matched))
        found += [writing.diagnostic(each) for each in matched.diagnostics[1:]]
    found += _of_trends(study, many=is_many(table))
    found += _made("placebo_year", lambda: _placebo(table, scale))
    found += _made("composition", lambda: _composition(table))
    found += _made("swing", lambda: _swing(table))
    return found


def _judged(told: Diagnostic) -> Diagnostic:
    """How small a p-value could be speaks neither for a result nor against it."""
    return replace(told, passed=None) if told.name == "least_p" else told


def moved_alike(found: list[Told]) -> bool | None:
    """Whether no difference was found before the start by the check that is right for so many
    clusters, nor in a measure that the work cannot have changed.

    None where no check could be made, none has a rule, or such a measure was named and does not
    speak for the result.
    """
    told = {each["name"]: each["passed"] for each in found}
    before = told.get("pretrends")
    before = told.get("placebo_year") if before is None else before
    return None if before and not told.get("placebo_outcome", True) else before


def placebo_of(sample: Sample, groups: Grouped) -> list[Told]:
    """The same comparison with a measure that the work cannot have changed, where one is named."""

    def make() -> Told | None:
        told = by_another_measure(sample, groups)
        if told is None:
            return None
        found, had = told
        return {**writing.diagnostic(found), "more": writing.messages([had])}

    return list(_made("placebo_outcome", make))


def _of_trends(study: DidFit | Problem, *, many: bool) -> list[Told]:
    """Trends before the start with what the test would have missed, and departures from them."""
    if isinstance(study, Problem):
        return [writing.not_made("pretrends", study)]
    if not many:
        return [writing.diagnostic(Diagnostic("pretrends", Message(TOO_FEW)))]
    return [
        *_made("pretrends", lambda: _pretrends(study)),
        *_made("honest", lambda: _honest(study)),
    ]


def _shape(study: DidFit) -> Any:
    told = study.event_study()
    return event_study([int(key) for key in told.keys], told.estimates, told.covariance)


def _pretrends(study: DidFit) -> Told:
    told = pretrends(_shape(study))
    shown = writing.diagnostic(Diagnostic("pretrends", told.sentences()[0], told.passed))
    return {
        **shown,
        "more": writing.messages(told.sentences()[1:]),
        "table": writing.table(told.tables[0]),
    }


def _honest(study: DidFit) -> Told:
    shape = _shape(study)
    after = len(shape.after)
    told = honest_smooth(shape, weights=[1 / after] * after)
    sentences = told.sentences()
    return {
        "name": "honest",
        "said": writing.messages(sentences[:1])[0],
        "more": writing.messages(sentences[1:]),
        "passed": None,
        "table": writing.table(told.tables[0]),
    }


def _placebo(table: pl.DataFrame, scale: Scale) -> Told | None:
    """As if all had started in an earlier year, on what was known before the first start.

    With many clusters in each year in turn; with few in one, the middle one, so that the test that
    there is keeps its size and its reach.
    """
    first = int(table.filter(pl.col("start") > 0)["start"].min())  # type: ignore[arg-type]
    early = table.filter(pl.col("year") < first)
    years = sorted(early["year"].unique().to_list())
    if len(years) < LEAST_BEFORE:
        return None

    tries = years[1:] if is_many(table) else [years[len(years) // 2]]
    fallible: list[bool] = []

    def refit(year: int) -> Estimate:
        start = pl.when(pl.col("start") > 0).then(year).otherwise(0)
        told = chosen(early.with_columns(start=start), scale)
        fallible.append(could_fail(told))
        return told.estimate

    told = placebo_years(tries, refit)
    if told.passed and not all(fallible):
        told = replace(told, said=Message(NEVER_FAILS), passed=None)
    return writing.diagnostic(told)


def _composition(table: pl.DataFrame) -> Told | None:
    """Whether schools' size and poverty changed otherwise than the others'."""
    known = [name for name in ("pupils", "meals") if table[name].null_count() < table.height]
    if not known:
        return None
    first = int(table.filter(pl.col("start") > 0)["start"].min())  # type: ignore[arg-type]
    rows = table.with_columns(after=(pl.col("year") >= first).cast(pl.Int8))
    return writing.diagnostic(
        composition_change(rows, treated="ours", after="after", covariates=known)
    )


def _swing(table: pl.DataFrame) -> Told | None:
    """Whether clusters swing as much from year to year as what they are held against."""
    first = int(table.filter(pl.col("start") > 0)["start"].min())  # type: ignore[arg-type]
    one, other = swing_of(table.filter(pl.col("year") < first)).by_arm
    if one is None or other is None or other == 0:
        return None
    said = N_(
        "Before the start the clusters swung by %(ours)s from year to year, the comparison groups "
        "by %(others)s. Schools of one area swing together; where clusters swing more, the "
        "interval is too narrow."
    )
    params = {"ours": f"{one:.3g}", "others": f"{other:.3g}"}
    rows = ((("ours"), one), (("others"), other))
    return writing.diagnostic(
        Diagnostic(
            "swing",
            Message(said, params),
            one < ALIKE_SWING * other,
            Table("swing", ("side", "deviation"), rows),
        )
    )


def _alike(matched: Matched) -> Told:
    """How alike both sides were before: their changes are compared, so that levels may differ."""
    worst = max((abs(line.difference_after or 0.0) for line in matched.balance), default=0.0)
    said = ALIKE if worst <= NEAR else APART
    passed = True if worst <= NEAR else None if worst <= FAR else False
    return writing.diagnostic(
        Diagnostic("balance", Message(said, {"worst": f"{worst:.2f}"}), passed)
    )


def _made(name: str, make: Callable[[], Told | None]) -> Iterator[Told]:
    """The check, nothing where it does not apply, or the refusal in words."""
    try:
        told = make()
    except Problem as problem:
        told = writing.not_made(name, problem)
    if told is not None:
        yield told
