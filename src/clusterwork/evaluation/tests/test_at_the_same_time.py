"""What two do at the same moment: what is read is read under the lock, what has ended stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from clusterwork.clusters.tests.made import TODAY
from clusterwork.evaluation.models import Analysis, Run
from clusterwork.evaluation.selectors.plans import look_for
from clusterwork.evaluation.services import opening, running
from clusterwork.evaluation.services.running import (
    NotRegisteredYet,
    ask_for_look,
    ask_for_result,
)
from clusterwork.evaluation.tests.made import NOW, made_world
from clusterwork.evaluation.tests.made_studies import planned, registered

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db):
    return made_world(n_clusters=2, schools_each=2, pool=4)


def asked(world, pk):
    return {"person": world.officer, "day": TODAY, "now": NOW, "pk": pk}


def afterwards(monkeypatch, module: Any, name: str, change: Callable[[], object]) -> None:
    """Somebody else changes something just after the function has read."""
    reads = getattr(module, name)

    def read_and_changed(*given: Any) -> Any:
        found = reads(*given)
        change()
        return found

    monkeypatch.setattr(module, name, read_and_changed)


class TestAskingForALook:
    def test_is_of_the_plan_as_it_stands_under_the_lock(self, world, monkeypatch) -> None:
        rows = Analysis.objects.filter(pk=planned(world).pk)
        afterwards(monkeypatch, opening, "analysis_to_work_on", lambda: rows.update(neighbours=9))
        run = ask_for_look(**asked(world, rows.get().pk))
        assert run.plan["neighbours"] == 9

    def test_never_stops_a_look_that_has_just_finished(self, world, monkeypatch) -> None:
        analysis = planned(world)
        first = ask_for_look(**asked(world, analysis.pk))
        Analysis.objects.filter(pk=analysis.pk).update(neighbours=9)
        ended = {"state": "done", "ended_at": NOW, "found": {"least": 1}}
        rows = Run.objects.filter(pk=first.pk)
        afterwards(monkeypatch, running, "look_for", lambda: rows.update(**ended))
        second = ask_for_look(**asked(world, analysis.pk))
        assert look_for(Analysis.objects.get(pk=analysis.pk)) == second
        assert (rows.get().state, rows.get().found) == ("done", {"least": 1})


class TestAskingForAResult:
    def test_is_refused_where_somebody_began_to_change_the_plan(self, world, monkeypatch) -> None:
        rows = Analysis.objects.filter(pk=registered(world).analysis_id)
        afterwards(
            monkeypatch, opening, "analysis_to_work_on", lambda: rows.update(state="changing")
        )
        with pytest.raises(NotRegisteredYet):
            ask_for_result(**asked(world, rows.get().pk))
