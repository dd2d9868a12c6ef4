"""One cluster beside a mix of others: its place says by what, and other choices use the mix too."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pytest

from clusterwork.clusters.sentences import read
from clusterwork.evaluation.impact_adapter.analysing import analysed
from clusterwork.evaluation.rules.plan import AnalysisPlan
from clusterwork.evaluation.rules.sample import Group, Known, Sample, Unit

YEARS = tuple(range(2008, 2021))
START = 2018


def found(*, without: int | None = None, start: int = START, others: int = 6) -> dict[str, Any]:
    """A result of one cluster of one school beside others that went differently before."""
    draw = np.random.default_rng(5)
    years = tuple(year for year in YEARS if year != without)
    units, clusters = [], {}
    for n in range(others + 1):
        steps = draw.normal(size=len(YEARS)).cumsum()
        values = dict(zip(YEARS, steps, strict=True))
        figures = {year: Known(100 + float(values[year]), 30) for year in years}
        clusters[n] = Group(n, f"C{n}", None if n else start, 2030 if n else start)
        units.append(Unit(n, str(n), "", "primary", "", n, n, {}, {}, figures))
    sample = Sample(clusters, (units[0],), tuple(units[1:]), years)
    plan = AnalysisPlan(
        1, 1, "all", "amount", YEARS[0], YEARS[-1],
        comparison="later", alternatives=("later_years",),
    )  # fmt: skip
    return analysed(sample, plan, dt.date(2026, 11, 22), lambda step, done, of: None).found


def said(told: dict[str, Any]) -> str:
    return " ".join(str(read(each)) for each in told["sentences"])


class TestOneCluster:
    def test_says_that_its_place_is_by_the_gap_after_over_that_before(self) -> None:
        told = found()
        assert told["estimate"]["method"] == "synthetic_control"
        assert told["rank_by"] == "ratio"
        assert "by how many times as far it lies from its mix" in said(told)

    def test_beside_two_is_placed_by_the_size_of_its_change(self) -> None:
        told = found(others=2)
        assert told["estimate"]["method"] == "difference_in_differences"
        assert told["rank_by"] == "size"
        assert "by size." in said(told)

    def test_without_the_first_year_is_held_against_a_mix_too(self) -> None:
        rows = {row[0]: row[1] for row in found()["alternatives"]["rows"]}
        later = found(without=START, start=START + 1)["estimate"]["estimate"]
        assert rows["later_years"] == pytest.approx(later)
