"""Other facts to be alike in: a line of their own only where they are used."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from clusterwork.clusters.sentences import read
from clusterwork.evaluation.impact_adapter.analysing import analysed
from clusterwork.evaluation.impact_adapter.tests.test_comparing import PLAN, YEARS, unit
from clusterwork.evaluation.rules.sample import Group, Known, Sample, Unit

CHOICES = ("without_before", "without_meals")
ALL = ("pupils", "meals", "before")
AGAIN = "would be the main one over again"


def found(*known: str, alike_by: tuple[str, ...] = ALL) -> dict[str, Any]:
    """A result of two clusters of three schools, of which these facts are known."""

    def told(one: Unit) -> Unit:
        facts = {"pupils": {2015: 100.0 + one.pk % 13}, "meals": {2015: one.pk % 9 / 20}}
        kept: dict[str, Any] = {name: facts[name] if name in known else {} for name in facts}
        figures = {year: Known(100 + one.pk % 7 + one.pk * year % 5, 30) for year in YEARS}
        return replace(one, figures=figures, **kept)

    mine = [told(unit(3 * cluster + n, 0, cluster)) for cluster in (1, 2) for n in range(3)]
    others = [told(unit(100 * area + n, area)) for area in range(1, 7) for n in range(6)]
    clusters = {pk: Group(pk, f"C{pk}", 2017, 2017) for pk in (1, 2)}
    sample = Sample(clusters, tuple(mine), tuple(others), YEARS)
    plan = replace(PLAN, alike_by=alike_by, alternatives=CHOICES)
    return analysed(sample, plan, dt.date(2026, 11, 22), lambda step, done, of: None).found


def refusals(told: dict[str, Any]) -> dict[str, str]:
    """Why each choice could not be run; empty where it could."""
    table = told["alternatives"]
    at = table["columns"].index("refused")
    rows = {row[0]: row[at] for row in table["rows"]}
    return {name: str(read(rows[name]) or "") for name in CHOICES}


def notes(told: dict[str, Any]) -> str:
    return " ".join(str(read(each)) for each in told["notes"])


class TestChoicesOfFacts:
    def test_are_run_where_all_is_known(self) -> None:
        assert set(refusals(found("pupils", "meals")).values()) == {""}

    def test_are_refused_where_nothing_but_results_is_known(self) -> None:
        told = refusals(found())
        assert all(AGAIN in each for each in told.values())

    def test_without_what_is_not_known_is_refused(self) -> None:
        told = refusals(found("pupils"))
        assert AGAIN in told["without_meals"]
        assert told["without_before"] == ""


class TestAPlan:
    def test_that_fell_back_on_results_says_so(self) -> None:
        assert "alike in their results before it instead" in notes(found(alike_by=("pupils",)))

    def test_that_asked_for_them_does_not(self) -> None:
        assert "instead" not in notes(found())
