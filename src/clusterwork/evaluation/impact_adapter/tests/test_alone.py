"""A result again, from nothing but its frozen table and the library."""

from __future__ import annotations

import datetime as dt

import pytest

from clusterwork.evaluation.impact_adapter.table import thawed
from clusterwork.evaluation.tests.made import made_world
from clusterwork.evaluation.tests.made_runs import plan_for, registered, run_of
from clusterwork.impact.choose import choose

pytestmark = pytest.mark.django_db


class TestTheFrozenTable:
    def test_gives_the_same_result_by_the_library_alone(self) -> None:
        starts = (dt.date(2016, 9, 1), dt.date(2017, 9, 1))
        world = made_world(n_clusters=4, pool=120, years=range(2013, 2020), starts=starts)
        run = run_of(world, registered(world, plan_for(world)))
        table = thawed(bytes(run.table.rows))
        alone = choose(
            table, outcome="outcome", cluster="group", time="year", start="start", weight="counted"
        )
        assert alone.estimate.estimate == pytest.approx(run.found["estimate"]["estimate"], abs=1e-5)
        assert table.height == run.table.n_rows
