"""What a result may claim: an effect only where both sides were seen to move alike before."""

from __future__ import annotations

import datetime as dt
from typing import Any

from clusterwork.clusters.sentences import read
from clusterwork.evaluation.impact_adapter.analysing import analysed
from clusterwork.evaluation.rules.plan import AnalysisPlan
from clusterwork.evaluation.rules.sample import Group, Known, Sample, Unit

YEARS = tuple(range(2012, 2021))
START = 2018
DAY = dt.date(2026, 11, 22)


def found(ours: int, others: int, *, apart: float, moved: float | None = None) -> dict[str, Any]:
    """A result of clusters of one school each, ours rising by `apart` a year over the others, and
    after the start by `moved` in a measure that the work cannot have changed."""
    units = []
    clusters = {}
    for n in range(ours + others):
        mine = n < ours
        rise = apart if mine else 0.0
        figures = {
            year: Known(100 + (n * 7 + year * year * (n + 3)) % 5 + rise * (year - 2012), 30)
            for year in YEARS
        }
        clusters[n] = Group(n, f"C{n}", START if mine else None, START if mine else 2030)
        placebo = {
            year: Known(50 + (n * 5 + year * (n + 2)) % 7 + moved * (mine and year >= START), 30)
            for year in YEARS
            if moved is not None
        }
        units.append(Unit(n, str(n), "", "primary", "", n, n, {}, {}, figures, placebo))
    name = "" if moved is None else "Attendance"
    sample = Sample(clusters, tuple(units[:ours]), tuple(units[ours:]), YEARS, placebo=name)
    plan = AnalysisPlan(1, 1, "all", "score", YEARS[0], YEARS[-1], comparison="later")
    return analysed(sample, plan, DAY, lambda step, done, of: None).found


def placebo(told: dict[str, Any]) -> dict[str, Any]:
    """The check by an earlier start."""
    return next(each for each in told["diagnostics"] if each["name"] == "placebo_year")


class TestAClaim:
    def test_is_no_effect_where_the_check_could_not_have_failed(self) -> None:
        told = found(2, 3, apart=15.0)
        assert placebo(told)["passed"] is None
        assert "could be told from chance" in str(read(placebo(told)["said"]))
        assert told["claim"] == "descriptive"

    def test_is_no_effect_where_both_sides_went_apart_before(self) -> None:
        told = found(6, 8, apart=15.0)
        assert placebo(told)["passed"] is False
        assert told["claim"] == "trends differed"
        said = " ".join(str(read(each)) for each in told["sentences"])
        assert "cannot be put down to the cluster" in said

    def test_is_an_effect_at_most_where_they_moved_alike(self) -> None:
        told = found(6, 8, apart=0.0)
        assert placebo(told)["passed"] is True
        assert told["claim"] == "effect"

    def test_of_one_cluster_describes(self) -> None:
        told = found(1, 9, apart=0.0)
        assert told["claim"] == "descriptive"
        assert told["estimate"]["p"] is None

    def test_how_small_a_p_could_be_speaks_neither_way(self) -> None:
        told = found(2, 3, apart=0.0)
        least = next(each for each in told["diagnostics"] if each["name"] == "least_p")
        assert least["passed"] is None


class TestAMeasureThatTheWorkCannotHaveChanged:
    def test_speaks_against_an_effect_where_it_moved_too(self) -> None:
        told = found(6, 8, apart=0.0, moved=30.0)
        check = next(each for each in told["diagnostics"] if each["name"] == "placebo_outcome")
        assert check["passed"] is False
        assert check["table"]["rows"][0][0] == "Attendance"
        assert told["claim"] == "descriptive"

    def test_leaves_the_claim_where_it_did_not(self) -> None:
        told = found(6, 8, apart=0.0, moved=0.0)
        check = next(each for each in told["diagnostics"] if each["name"] == "placebo_outcome")
        assert check["passed"] is True
        assert told["claim"] == "effect"

    def test_is_no_check_where_none_is_named(self) -> None:
        told = found(6, 8, apart=0.0)
        assert not [each for each in told["diagnostics"] if each["name"] == "placebo_outcome"]
