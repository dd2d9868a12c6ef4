"""A measure that the work cannot have changed: it speaks for a result only where it could not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from clusterwork.clusters.sentences import read
from clusterwork.evaluation.impact_adapter.analysing import analysed
from clusterwork.evaluation.rules.plan import AnalysisPlan
from clusterwork.evaluation.rules.sample import Group, Known, Sample, Unit

YEARS = tuple(range(2012, 2021))
START = 2018
DAY = dt.date(2026, 11, 22)


def found(
    ours: int, others: int, *, moved: float = 0.0, having: Collection[int] | None = None
) -> dict[str, Any]:
    """A result without an effect, of clusters of one school each; the placebo of ours moves by
    `moved` at the start, and only clusters `having` it have it."""
    clusters, units = {}, []
    for n in range(ours + others):
        mine = n < ours
        figures = {y: Known(100 + (n * 7 + y * y * (n + 3)) % 5, 30) for y in YEARS}
        placebo = {
            y: Known(50 + (n * 5 + y * y * (n + 4)) % 5 + moved * (mine and y >= START), 30)
            for y in YEARS
            if having is None or n in having
        }
        clusters[n] = Group(n, f"C{n}", START if mine else None, START if mine else 2030)
        units.append(Unit(n, str(n), "", "primary", "", n, n, {}, {}, figures, placebo))
    sample = Sample(
        clusters, tuple(units[:ours]), tuple(units[ours:]), YEARS, placebo="Pupils on roll"
    )
    plan = AnalysisPlan(1, 1, "all", "score", YEARS[0], YEARS[-1], comparison="later", placebo=2)
    return analysed(sample, plan, DAY, lambda step, done, of: None).found


def check(told: dict[str, Any]) -> dict[str, Any]:
    """The check by the other measure."""
    return next(each for each in told["diagnostics"] if each["name"] == "placebo_outcome")


def said(told: dict[str, Any]) -> str:
    """All its sentences."""
    trouble = told.get("trouble", {})
    parts = [told["said"], *told.get("more", ()), trouble.get("why")]
    return " ".join(str(read(each)) for each in parts if each)


class TestAMeasureThatTheWorkCannotHaveChanged:
    def test_speaks_for_a_result_where_it_stayed(self) -> None:
        told = found(6, 8)
        assert check(told)["passed"] is True
        assert told["claim"] == "effect"

    def test_holds_the_claim_where_it_moved(self) -> None:
        told = found(6, 8, moved=30.0)
        assert check(told)["passed"] is False
        assert told["claim"] == "descriptive"

    def test_speaks_neither_way_where_so_few_clusters_could_show_nothing(self) -> None:
        told = check(found(2, 3, moved=30.0))
        assert told["passed"] is None
        assert "none is seen" not in said(told)
        assert "could be told from chance" in said(told)

    def test_could_not_be_made_where_none_of_ours_has_it(self) -> None:
        told = found(6, 8, having=range(6, 14))
        assert "trouble" in check(told)
        assert "Of the clusters 0 of 6" in said(check(told))
        assert told["claim"] == "descriptive"

    def test_holds_the_claim_where_one_of_ours_has_it(self) -> None:
        told = found(6, 8, having=range(5, 14))
        assert check(told)["passed"] is None
        assert told["claim"] == "descriptive"

    def test_says_how_many_clusters_have_it(self) -> None:
        told = check(found(6, 8, having=range(2, 12)))
        assert "Of the clusters 4 of 6" in said(told)
        assert "against, 6 of 8" in said(told)
