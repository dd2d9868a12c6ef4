"""Clusters that start in a last year that too few schools have figures of."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from clusterwork.clusters.sentences import read
from clusterwork.evaluation.impact_adapter.powering import could_see
from clusterwork.evaluation.models import Run
from clusterwork.evaluation.selectors.sample import NoClusterStarted, sample_of
from clusterwork.evaluation.services.running import ask_for_look
from clusterwork.evaluation.services.working import work_on_run
from clusterwork.evaluation.tests.made import NOW, MadeWorld, made_world
from clusterwork.evaluation.tests.made_runs import DAY, plan_for, registered, run_of
from clusterwork.measures.models import Figure

pytestmark = pytest.mark.django_db
STARTS = (dt.date(2016, 9, 1), dt.date(2017, 9, 1), dt.date(2019, 9, 1))
LEFT_OUT = "comes after the last one that is looked at are left out: 2."


@pytest.fixture
def world() -> MadeWorld:
    """Six clusters, of whom two start in 2020; of that year a single school has a figure."""
    world = made_world(n_clusters=6, pool=120, years=range(2014, 2021), starts=STARTS)
    rows = Figure.objects.filter(on=dt.date(2020, 7, 31))
    rows.exclude(school=world.schools[0]).update(replaced_at=NOW)
    return world


def notes(run: Run) -> str:
    return " ".join(str(read(each)) for each in run.found["notes"])


class TestClustersThatStartInAThinLastYear:
    def test_are_left_out_and_counted(self, world: MadeWorld) -> None:
        sample = sample_of(plan_for(world, last_year=2020), world.officer, DAY)
        late = {cluster.pk for n, cluster in enumerate(world.clusters) if n % 3 == 2}
        assert sample.thin == (2020,)
        assert not late & {unit.cluster for unit in sample.ours}
        assert not late & sample.clusters.keys()
        assert (len(sample.ours), sample.n_after) == (16, 2)

    def test_are_nobodys_comparison(self, world: MadeWorld) -> None:
        run = run_of(world, registered(world, plan_for(world, last_year=2020)))
        assert run.state == Run.State.DONE, run.trouble
        found = run.found
        assert (found["n_treated"], found["n_schools"]) == (4, 16)
        groups = found["n_comparison"]
        assert found["n_comparison_schools"] == 4 * groups
        assert found["starts"] == [2017, 2018]
        assert LEFT_OUT in notes(run)

    def test_are_none_in_the_look_either(self, world: MadeWorld) -> None:
        analysis = registered(world, plan_for(world, last_year=2020))
        look = ask_for_look(person=world.officer, day=DAY, now=NOW, pk=analysis.pk)
        work_on_run(look.pk)
        look.refresh_from_db()
        assert look.state == Run.State.DONE, look.trouble
        assert (look.found["n_treated"], look.found["n_schools"]) == (4, 16)
        assert LEFT_OUT in notes(look)

    def test_and_their_year_add_nothing_to_what_could_be_seen(self, world: MadeWorld) -> None:
        plan = plan_for(world, last_year=2020, expected=3.0)
        sample = sample_of(plan, world.officer, DAY)
        one, other = (
            could_see(sample, each, lambda step, done, of: None)
            for each in (plan, replace(plan, last_year=2019))
        )
        assert one["power"] == other["power"]

    def test_leave_nothing_to_tell_where_they_are_all(self, world: MadeWorld) -> None:
        plan = plan_for(world, last_year=2020, cluster=world.clusters[2].pk)
        with pytest.raises(NoClusterStarted, match="2019"):
            sample_of(plan, world.officer, DAY)
