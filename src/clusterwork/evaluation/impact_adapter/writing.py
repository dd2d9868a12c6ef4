"""Results of the impact library as JSON keeps them; see `rules.found`."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from clusterwork.clusters.sentences import problem_written, written
from clusterwork.evaluation.impact_adapter.grouping import Grouped
from clusterwork.evaluation.rules.sample import Sample
from clusterwork.impact.diagnostics import flow
from clusterwork.impact.result import Diagnostic, Estimate, Table
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import Message

BALANCE = (
    "covariate",
    "treated",
    "control_before",
    "control_after",
    "apart_before",
    "apart_after",
)


def messages(told: Iterable[Message]) -> list[dict[str, Any] | None]:
    """Sentences, untranslated."""
    return [written(each) for each in told]


def estimate(told: Estimate, times: float = 1.0) -> dict[str, Any]:
    """An estimate, its error and interval multiplied."""
    return {
        "estimate": number(told.estimate * times),
        **{
            name: None if value is None else number(value * times)
            for name, value in (("se", told.se), ("low", told.low), ("high", told.high))
        },
        "df": number(told.df),
        "p": number(told.p),
        "level": told.level,
        "method": told.method,
    }


def table(told: Table | None) -> dict[str, Any] | None:
    """A table with what is no number as null."""
    if told is None:
        return None
    rows = [[plain(value) for value in row] for row in told.rows]
    return {"name": told.name, "columns": list(told.columns), "rows": rows}


def diagnostic(told: Diagnostic) -> dict[str, Any]:
    """One thing that must be shown."""
    return {
        "name": told.name.replace(" ", "_"),
        "said": written(told.said),
        "passed": told.passed,
        "table": table(told.table),
    }


def not_made(name: str, problem: Problem) -> dict[str, Any]:
    """A check that could not be made, in the words of the refusal."""
    return {
        "name": name,
        "said": written(problem.what),
        "passed": None,
        "table": None,
        "trouble": problem_written(problem),
    }


def plain(value: object) -> object:
    """A value that JSON can hold."""
    if isinstance(value, Message):
        return written(value)
    if isinstance(value, bool) or value is None or isinstance(value, str | int):
        return value
    return number(float(str(value)))


def number(value: float | None) -> float | None:
    """The number, or None where it is none."""
    return None if value is None or not math.isfinite(value) else float(value)


def flow_table(groups: Grouped) -> dict[str, Any]:
    """How many schools there are at each step."""
    return table(flow(groups.steps).table) or {}


def balance_table(groups: Grouped) -> dict[str, Any]:
    """How alike both sides were before the start."""
    lines = groups.matched.balance if groups.matched else ()
    rows = [
        (
            line.name,
            line.treated_before,
            line.control_before,
            line.control_after,
            line.difference_before,
            line.difference_after,
        )
        for line in lines
    ]
    return table(Table("balance", BALANCE, tuple(rows))) or {}


def clusters_of(sample: Sample, groups: Grouped) -> dict[str, dict[str, Any]]:
    """The clusters behind the labels of groups."""
    found = {}
    labels: Sequence[str] = [*groups.ours, *(each for each in groups.others if "~" not in each)]
    whose: Mapping[str, Sequence[Any]] = {**groups.others, **groups.ours}
    for label in labels:
        group = sample.clusters[int(label[1:])]
        found[label] = {
            "pk": group.pk,
            "name": group.name,
            "start": group.start,
            "schools": len(whose[label]),
        }
    return found
