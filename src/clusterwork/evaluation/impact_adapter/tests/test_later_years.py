"""The result without the first year after the start; no database."""

from __future__ import annotations

import datetime as dt
from typing import Any

from clusterwork.clusters.sentences import read
from clusterwork.evaluation.impact_adapter.analysing import analysed
from clusterwork.evaluation.rules.plan import AnalysisPlan
from clusterwork.evaluation.rules.sample import Group, Known, Sample, Unit

YEARS = tuple(range(2014, 2021))
HIGHER = 20.0


def without_first(starts: tuple[int, ...], *, later_gain: float = 0.0) -> dict[str, Any]:
    """The check of other choices; ours lie higher by as much in every year, and from the second
    year after the start by `later_gain` more."""
    clusters, units = {}, []
    for n in range(len(starts) + 8):
        start = starts[n] if n < len(starts) else None
        figures = {
            year: Known(
                100
                + (n * 7 + year * year * (n + 3)) % 5 / 10
                + (HIGHER if start else 0)
                + (later_gain if start and year > start else 0),
                30,
            )
            for year in YEARS
        }
        clusters[n] = Group(n, f"C{n}", start, start or 2030)
        units.append(Unit(n, str(n), "", "primary", "", n, n, {}, {}, figures))
    ours, others = units[: len(starts)], units[len(starts) :]
    sample = Sample(clusters, tuple(ours), tuple(others), YEARS)
    plan = AnalysisPlan(
        1, 1, "all", "amount", YEARS[0], YEARS[-1],
        comparison="later", alternatives=("later_years",),
    )  # fmt: skip
    told = analysed(sample, plan, dt.date(2026, 11, 22), lambda step, done, of: None).found
    return next(each for each in told["diagnostics"] if each["name"] == "alternatives")


def row(check: dict[str, Any]) -> list[Any]:
    return next(row for row in check["table"]["rows"] if row[0] == "later_years")


def more(check: dict[str, Any]) -> list[str]:
    return [str(read(each)) for each in check.get("more", ())]


class TestWithoutTheFirstYear:
    def test_a_cluster_that_starts_in_the_last_year_is_no_change(self) -> None:
        estimate = row(without_first((2017, 2017, 2020, 2020)))[1]
        assert abs(estimate) < 1

    def test_is_what_the_clusters_with_a_later_year_gained(self) -> None:
        estimate = row(without_first((2017, 2018, 2020), later_gain=5.0))[1]
        assert 4 < estimate < 6

    def test_says_on_how_many_it_rests(self) -> None:
        (said,) = more(without_first((2017, 2017, 2020)))
        assert "rests on 2 of 3 clusters" in said
        assert more(without_first((2017, 2018, 2019))) == []

    def test_is_refused_in_words_where_all_start_in_the_last_year(self) -> None:
        check = without_first((2020, 2020, 2020))
        *numbers, refused = row(check)[1:]
        assert set(numbers) == {None}
        assert refused["template"] == "No cluster has a year after its first."
        assert more(check) == []
