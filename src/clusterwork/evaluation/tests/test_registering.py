"""What is registered stays as it was; changes are marked, with why and whether after a result."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from clusterwork.clusters.tests.made import TODAY, officer, organisation
from clusterwork.evaluation.models import Analysis, Registration
from clusterwork.evaluation.rules.plan import read
from clusterwork.evaluation.services.planning import (
    choose_alternatives,
    choose_comparison,
    choose_outcome,
    choose_reach,
)
from clusterwork.evaluation.services.registering import (
    NothingChanged,
    NotLookedAt,
    PlanNotWhole,
    ReasonMissing,
    drop_change,
    open_change,
    register,
)
from clusterwork.evaluation.tests.made import NOW, made_world
from clusterwork.evaluation.tests.made_studies import (
    begun,
    last_of,
    looked,
    planned,
    registered,
    resulted,
)
from clusterwork.kernel.errors import NotAllowed
from clusterwork.kernel.states import MoveNotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db):
    return made_world(pool=8)


def asked(world, analysis):
    return {"person": world.officer, "day": TODAY, "pk": analysis.pk}


def now(world, analysis, **more):
    return register(**asked(world, analysis), now=NOW, **more)


class TestRegistering:
    def test_sets_down_the_plan_as_it_stands(self, world) -> None:
        made = registered(world)
        plan = read(made.plan)
        assert (made.number, made.changed, made.because) == (1, [], "")
        assert (plan.measure, plan.expected, plan.last_year) == (world.measure.pk, 3.0, 2019)
        assert Analysis.objects.get(pk=made.analysis_id).state == "registered"

    def test_wants_a_whole_plan(self, world) -> None:
        analysis = begun(world)
        with pytest.raises(PlanNotWhole):
            now(world, analysis)
        choose_outcome(
            **asked(world, analysis), measure_pk=world.measure.pk, group="all", first_year=2014,
            last_year=2019,
        )  # fmt: skip
        analysis.refresh_from_db()
        looked(analysis, world)
        with pytest.raises(PlanNotWhole):
            now(world, analysis)

    def test_wants_a_finished_look_that_holds_for_the_plan(self, world) -> None:
        analysis = planned(world)
        with pytest.raises(NotLookedAt):
            now(world, analysis)
        looked(analysis, world)
        choose_comparison(**asked(world, analysis), comparison="schools", neighbours=7)
        with pytest.raises(NotLookedAt):
            now(world, analysis)
        choose_comparison(**asked(world, analysis), comparison="schools", neighbours=5)
        looked(analysis, world, trouble={"what": None})
        with pytest.raises(NotLookedAt):
            now(world, analysis)

    def test_holds_when_only_the_day_or_an_alternative_changed_since(self, world) -> None:
        analysis = planned(world)
        looked(analysis, world)
        reach = {"reached": 1.0, "expected": 3.0, "pupils_sd": 15.0}
        later = {"too_early_before": dt.date(2020, 1, 1)}
        choose_reach(**asked(world, analysis), **reach, **later)
        choose_alternatives(**asked(world, analysis), alternatives=["one"])
        assert now(world, analysis).number == 1

    def test_wants_another_look_where_fewer_pupils_are_reached(self, world) -> None:
        analysis = planned(world)
        looked(analysis, world)
        choose_reach(
            **asked(world, analysis), reached=0.1, expected=3.0, pupils_sd=15.0,
            too_early_before=dt.date(2020, 1, 1),
        )  # fmt: skip
        with pytest.raises(NotLookedAt):
            now(world, analysis)

    def test_happens_once(self, world) -> None:
        made = registered(world)
        with pytest.raises(MoveNotAllowed):
            now(world, made.analysis)

    def test_is_not_for_officers_of_elsewhere(self, world) -> None:
        analysis = planned(world)
        looked(analysis, world)
        stranger = officer(organisation("Elsewhere"), "Stan")
        with pytest.raises(NotAllowed):
            register(person=stranger, day=TODAY, now=NOW, pk=analysis.pk)

    def test_is_never_undone_in_the_database(self, world) -> None:
        made = registered(world)
        with pytest.raises(ProgrammingError), transaction.atomic():
            Registration.objects.filter(pk=made.pk).update(because="Other")

    def test_has_each_number_once_in_the_database(self, world) -> None:
        made = registered(world)
        with pytest.raises(IntegrityError), transaction.atomic():
            Registration.objects.create(analysis=made.analysis, number=1, plan=made.plan, at=NOW)


class TestChangingLater:
    def changed(self, world, made):
        open_change(**asked(world, made.analysis))
        choose_comparison(
            **asked(world, made.analysis), comparison="schools", neighbours=7, where="area"
        )
        analysis = Analysis.objects.get(pk=made.analysis_id)
        looked(analysis, world)
        return analysis

    def test_is_marked_with_what_and_why(self, world) -> None:
        analysis = self.changed(world, registered(world))
        second = now(world, analysis, because=" Too few schools were alike. ")
        assert second.number == 2
        assert second.changed == ["where", "neighbours"]
        assert second.because == "Too few schools were alike."
        assert not second.after_result

    def test_says_when_a_result_was_known(self, world) -> None:
        made = registered(world)
        resulted(made)
        assert now(world, self.changed(world, made), because="Why").after_result

    def test_is_not_after_a_result_where_it_was_only_too_early(self, world) -> None:
        made = registered(world)
        resulted(made, too_early=True)
        assert not now(world, self.changed(world, made), because="Why").after_result

    def test_wants_a_reason(self, world) -> None:
        analysis = self.changed(world, registered(world))
        with pytest.raises(ReasonMissing):
            now(world, analysis, because="  ")

    def test_wants_a_change(self, world) -> None:
        made = registered(world)
        open_change(**asked(world, made.analysis))
        with pytest.raises(NothingChanged):
            now(world, made.analysis, because="Why")

    def test_is_dropped_back_to_what_was_registered(self, world) -> None:
        made = registered(world)
        analysis = self.changed(world, made)
        drop_change(**asked(world, analysis))
        analysis.refresh_from_db()
        assert (analysis.state, analysis.neighbours, analysis.where) == ("registered", 5, "nation")
        assert last_of(analysis) == made

    def test_is_opened_and_dropped_only_in_its_turn(self, world) -> None:
        analysis = planned(world)
        with pytest.raises(MoveNotAllowed):
            open_change(**asked(world, analysis))
        with pytest.raises(MoveNotAllowed):
            drop_change(**asked(world, analysis))
