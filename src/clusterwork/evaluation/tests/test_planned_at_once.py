"""Two people on one study at the same time: one is done, the other is told why not."""

from __future__ import annotations

from typing import Any

import pytest

from clusterwork.clusters.tests.made import TODAY
from clusterwork.clusters.tests.test_two_at_once import at_once
from clusterwork.evaluation.models import Analysis, Registration, Study
from clusterwork.evaluation.services.opening import IsRegistered
from clusterwork.evaluation.services.planning import choose_comparison
from clusterwork.evaluation.services.registering import NotLookedAt, open_change, register
from clusterwork.evaluation.services.studies import TitleTaken
from clusterwork.evaluation.tests.made import NOW, MadeWorld, made_world
from clusterwork.evaluation.tests.made_studies import begun, looked, planned, registered
from clusterwork.kernel.states import MoveNotAllowed

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world() -> MadeWorld:
    return made_world(n_clusters=2, schools_each=1, pool=2)


def asked(world: MadeWorld, analysis: Analysis) -> dict[str, Any]:
    return {"person": world.officer, "day": TODAY, "pk": analysis.pk}


class TestTwoAtOnce:
    def test_start_one_study_of_a_title(self, world) -> None:
        problems = at_once(lambda: begun(world), lambda: begun(world))
        assert [type(each) for each in problems] == [TitleTaken]
        assert Study.objects.count() == Analysis.objects.count() == 1

    def test_register_one_version(self, world) -> None:
        analysis = planned(world)
        looked(analysis, world)

        def verb() -> object:
            return register(**asked(world, analysis), now=NOW)

        assert [type(each) for each in at_once(verb, verb)] == [MoveNotAllowed]
        assert Registration.objects.count() == 1

    def test_never_register_what_the_other_changes(self, world) -> None:
        analysis = planned(world)
        looked(analysis, world)
        problems = at_once(
            lambda: register(**asked(world, analysis), now=NOW),
            lambda: choose_comparison(**asked(world, analysis), comparison="schools", neighbours=9),
        )
        assert len(problems) == 1
        assert isinstance(problems[0], IsRegistered | NotLookedAt)
        analysis.refresh_from_db()
        told = Registration.objects.first()
        assert (told is None) == (analysis.neighbours == 9)
        assert told is None or told.plan["neighbours"] != 9

    def test_open_one_change(self, world) -> None:
        analysis = registered(world).analysis

        def verb() -> object:
            return open_change(**asked(world, analysis))

        assert [type(each) for each in at_once(verb, verb)] == [MoveNotAllowed]
