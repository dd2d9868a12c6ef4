"""Differences by year where the years around the start have no figures; no database."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pytest

from clusterwork.evaluation.impact_adapter.analysing import _by_year, analysed
from clusterwork.evaluation.impact_adapter.estimating import BySince
from clusterwork.evaluation.rules.plan import AnalysisPlan
from clusterwork.evaluation.rules.sample import Group, Known, Sample, Unit

PANDEMIC = (2020, 2021)
YEARS = tuple(year for year in range(2014, 2025) if year not in PANDEMIC)
GAIN = 5.0


def found(starts: tuple[int, ...], *, beside: int = 8) -> dict[str, Any]:
    """What is found of clusters of one school each, which gain as much from the start on."""
    clusters, units = {}, []
    for n in range(len(starts) + beside):
        start = starts[n] if n < len(starts) else None
        draw = random.Random(n)
        gains = {year: GAIN if start and year >= start else 0.0 for year in YEARS}
        figures = {year: Known(100 + draw.random() + gain, 30) for year, gain in gains.items()}
        clusters[n] = Group(n, f"C{n}", start, start or 2030)
        units.append(Unit(n, str(n), "", "primary", "", n, n, {}, {}, figures))
    ours, others = units[: len(starts)], units[len(starts) :]
    sample = Sample(clusters, tuple(ours), tuple(others), YEARS)
    plan = AnalysisPlan(1, 1, "all", "amount", YEARS[0], YEARS[-1], comparison="later")
    return analysed(sample, plan, dt.date(2026, 11, 22), lambda step, done, of: None).found


def rows(told: dict[str, Any]) -> dict[int, list[Any]]:
    return {row[0]: row[1:] for row in told["by_year"]["rows"]}


@pytest.mark.parametrize(("n", "beside"), [(4, 8), (14, 14)])
class TestAStartAfterYearsWithoutFigures:
    def test_is_held_against_the_last_year_that_has_some(self, n: int, beside: int) -> None:
        told = found((2021,) * n, beside=beside)
        assert told["by_year_bases"] == [-2]
        assert rows(told)[-2] == [0.0, None, None]

    def test_has_no_row_of_a_year_without_figures(self, n: int, beside: int) -> None:
        told = rows(found((2021,) * n, beside=beside))
        assert sorted(told) == [-7, -6, -5, -4, -3, -2, 1, 2, 3]
        assert all(abs(told[since][0] - GAIN) < 1 for since in (1, 2, 3))


@pytest.mark.parametrize(("n", "beside"), [(2, 8), (7, 14)])
def test_each_start_has_its_own_year_before(n: int, beside: int) -> None:
    told = found((2020,) * n + (2021,) * n, beside=beside)
    assert told["by_year_bases"] == [-2, -1]
    assert rows(told)[-1] == [0.0, None, None]
    assert rows(told)[-2][1] is not None  # 2018 of those that started in 2020
    assert 0 not in rows(told)


def test_without_a_gap_the_year_before_is_zero() -> None:
    told = found((2018,) * 4)
    assert told["by_year_bases"] == [-1]
    assert rows(told)[-1] == [0.0, None, None]


def test_nothing_is_told_of_the_base_alone() -> None:
    assert _by_year(BySince({}, frozenset())) is None
