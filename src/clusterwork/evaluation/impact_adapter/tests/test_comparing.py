"""Groups, spread and swing of a sample that is made by hand; no database."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl
import pytest

from clusterwork.evaluation.impact_adapter.grouping import (
    Grouped,
    NobodySimilar,
    NothingComplete,
    grouped,
)
from clusterwork.evaluation.impact_adapter.spread import spread_of, swing_of, worked_out
from clusterwork.evaluation.impact_adapter.table import (
    COUNTED,
    PUPILS,
    SCHOOLS,
    frozen,
    known_counts,
    table_of,
    thawed,
    weighed_by,
)
from clusterwork.evaluation.rules.plan import AnalysisPlan
from clusterwork.evaluation.rules.sample import Group, Known, Sample, Unit

YEARS = (2015, 2016, 2017, 2018)
PLAN = AnalysisPlan(1, 1, "all", "score", 2015, 2018, alike_by=("pupils", "before"), neighbours=2)


def unit(pk: int, area: int, cluster: int | None = None, *, missing: tuple[int, ...] = ()) -> Unit:
    figures = {
        year: Known(100 + pk % 7 + (year - 2015), 20 + pk % 11)
        for year in YEARS
        if year not in missing
    }
    pupils = {2015: 100.0 + pk}
    return Unit(pk, str(pk), f"School {pk}", "primary", "", area, cluster, pupils, {}, figures)


def sample(ours: int = 3, areas: int = 4, each: int = 5, start: int = 2017) -> Sample:
    mine = tuple(unit(n, 0, cluster=1) for n in range(1, ours + 1))
    others = tuple(unit(100 * area + n, area) for area in range(1, areas + 1) for n in range(each))
    return Sample({1: Group(1, "Ancaster", start, start)}, mine, others, YEARS)


class TestGroups:
    def test_are_as_large_as_the_cluster_and_of_one_area(self) -> None:
        found = grouped(sample(), PLAN)
        assert [len(units) for units in found.others.values()] == [3, 3]
        assert all(len({each.area for each in units}) == 1 for units in found.others.values())

    def test_a_school_without_a_year_is_counted_and_left_out(self) -> None:
        whole = sample()
        gap = Sample(
            whole.clusters, (*whole.ours, unit(9, 0, 1, missing=(2016,))), whole.others, YEARS
        )
        found = grouped(gap, PLAN)
        assert found.n_ours == 3
        assert [step.treated for step in found.steps][:3] == [4, 4, 3]

    def test_nobody_similar_is_said(self) -> None:
        with pytest.raises(NobodySimilar):
            grouped(sample(ours=6, each=5), PLAN)

    def test_no_year_before_the_start_is_said(self) -> None:
        with pytest.raises(NothingComplete, match="before the first cluster started"):
            grouped(sample(start=2015), PLAN)

    def test_before_the_start_nothing_later_is_known(self) -> None:
        early = sample().before()
        assert early.years == (2015, 2016)
        assert all(set(each.figures) <= {2015, 2016} for each in (*early.ours, *early.others))


class TestTheTable:
    def test_is_read_again_as_it_was_kept(self) -> None:
        table = table_of(grouped(sample(), PLAN), YEARS)
        kept = frozen(table)
        assert thawed(kept.rows).equals(table)
        assert frozen(table).data_hash == kept.data_hash


class TestTheNumbersCounted:
    """Small numbers are hidden by them; what a school weighs is another thing."""

    def test_are_summed_by_side_and_year(self) -> None:
        groups = sides((2, 2, 2, 2), (9, 9, 9, 9))
        assert weighed_by(groups, YEARS) == COUNTED
        assert known_counts(groups, YEARS).rows[0] == (2015, 8, 36)

    def test_are_no_more_where_pupils_on_roll_are_the_weights(self) -> None:
        groups = sides((2, 2, 2, 2), (9, 9, 9, None))
        assert weighed_by(groups, YEARS) == PUPILS
        assert set(known_counts(groups, YEARS).rows) == {(year, 8, 27) for year in YEARS}

    def test_that_nobody_knows_are_not_the_number_of_schools(self) -> None:
        groups = sides((None,) * 4, (None, 5), roll=None)
        assert weighed_by(groups, YEARS) == SCHOOLS
        assert set(known_counts(groups, YEARS).rows) == {(year, None, 5) for year in YEARS}


def sides(
    ours: Sequence[int | None], others: Sequence[int | None], *, roll: float | None = 120.0
) -> Grouped:
    """A cluster and a group beside it, by the numbers counted behind each school's figures."""
    made = [
        tuple(_of_count(first + n, count, roll) for n, count in enumerate(counts))
        for first, counts in ((1, ours), (100, others))
    ]
    return Grouped({"p1": made[0]}, {"p1~1": made[1]}, {"p1": 2017}, (), None)


def _of_count(pk: int, counted: int | None, roll: float | None) -> Unit:
    figures = {year: Known(100.0 + pk, counted) for year in YEARS}
    pupils = {2015: roll} if roll else {}
    return Unit(pk, str(pk), "", "primary", "", 0, None, pupils, {}, figures)


class TestTheSpreadOfPupils:
    def test_is_what_was_given(self) -> None:
        table = table_of(grouped(sample(), PLAN), YEARS)
        told = spread_of(
            table, AnalysisPlan(1, 1, "all", "score", 2015, 2018, pupils_sd=12.0), counted=True
        )
        assert (told.value, told.source) == (12.0, "given")

    def test_of_a_percentage_is_that_of_yes_and_no(self) -> None:
        table = table_of(grouped(sample(), PLAN), YEARS).with_columns(outcome=20.0)
        plan = AnalysisPlan(1, 1, "all", "percent", 2015, 2018)
        assert spread_of(table, plan, counted=True).value == pytest.approx(40.0)

    def test_is_found_again_from_how_small_schools_swing(self) -> None:
        draw = np.random.default_rng(3)
        units = []
        for pk in range(4000):
            n = int(draw.integers(8, 90))
            level = draw.normal(100, 3)
            figures = {y: Known(float(level + draw.normal(0, 12 / n**0.5)), n) for y in YEARS}
            units.append(Unit(pk, str(pk), "", "primary", "", pk % 50, None, {}, {}, figures))
        others = Sample({}, tuple(units), (), YEARS)
        assert worked_out(_plain(others)) == pytest.approx(12, rel=0.1)


class TestTheSwing:
    def test_is_that_of_groups_about_their_level_and_the_year(self) -> None:
        swing = swing_of(table_of(grouped(sample(), PLAN), YEARS))
        assert swing.deviation == pytest.approx(0.0, abs=1e-9)


def _plain(sample_: Sample) -> pl.DataFrame:
    groups = {f"p{each.pk}": (each,) for each in sample_.ours}
    return table_of(Grouped(groups, {}, {}, (), None), YEARS)
