"""A measure that the work cannot have changed: chosen beforehand, kept, shown with a result."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from clusterwork.audit.models import Entry
from clusterwork.evaluation.models import Analysis
from clusterwork.evaluation.selectors.choices import placebos_offered
from clusterwork.evaluation.selectors.plans import plan_of
from clusterwork.evaluation.services.planning import choose_alternatives, choose_outcome
from clusterwork.evaluation.services.planning_checks import MeasureNotFit
from clusterwork.evaluation.services.registering import PlaceboIsTheMeasure, register
from clusterwork.evaluation.tests.made import NOW, MadeWorld, made_world
from clusterwork.evaluation.tests.made_runs import DAY, plan_for, registered, run_of
from clusterwork.evaluation.tests.made_studies import looked, planned
from clusterwork.measures.models import Figure, Measure

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> MadeWorld:
    return made_world(n_clusters=4, pool=80)


@pytest.fixture
def other(world: MadeWorld) -> Measure:
    """Another measure with the same figures, a year's turned about."""
    measure = Measure.objects.get(pk=world.measure.pk)
    measure.pk, measure.code, measure.name = None, "music", "Music, mean score"
    measure.save()
    rows = list(Figure.objects.filter(measure=world.measure, group="all"))
    for row in rows:
        row.pk, row.measure, row.entered_at = None, measure, timezone.now()
    Figure.objects.bulk_create(rows)
    return measure


class TestChoosing:
    def test_offers_other_measures_of_the_same_schools(
        self, world: MadeWorld, other: Measure
    ) -> None:
        analysis = planned(world)
        assert list(placebos_offered(analysis, world.officer, DAY)) == [other]

    def test_offers_no_measure_without_figures_of_the_group(
        self, world: MadeWorld, other: Measure
    ) -> None:
        analysis = planned(world, group="fsm")
        assert not placebos_offered(analysis, world.officer, DAY).exists()

    def test_is_kept_in_the_plan(self, world: MadeWorld, other: Measure) -> None:
        analysis = planned(world)
        kept = choose_alternatives(
            person=world.officer, day=DAY, pk=analysis.pk, alternatives=[], placebo_pk=other.pk
        )
        plan = plan_of(kept)
        assert plan is not None
        assert plan.placebo == other.pk

    def test_the_measure_looked_at_is_refused(self, world: MadeWorld) -> None:
        analysis = planned(world)
        with pytest.raises(MeasureNotFit):
            choose_alternatives(
                person=world.officer,
                day=DAY,
                pk=analysis.pk,
                alternatives=[],
                placebo_pk=world.measure.pk,
            )


class TestOtherResults:
    @pytest.fixture
    def chosen(self, world: MadeWorld, other: Measure) -> Analysis:
        """An analysis of the world's measure with the other beside it."""
        analysis = planned(world)
        return choose_alternatives(
            person=world.officer, day=DAY, pk=analysis.pk, alternatives=[], placebo_pk=other.pk
        )

    def again(self, world: MadeWorld, chosen: Analysis, **changed: Any) -> Analysis:
        """The same results chosen again, but for what is changed."""
        facts: dict[str, Any] = {
            "measure_pk": world.measure.pk, "group": "all", "first_year": 2014, "last_year": 2019,
        }  # fmt: skip
        return choose_outcome(person=world.officer, day=DAY, pk=chosen.pk, **{**facts, **changed})

    def test_ask_again_for_what_cannot_have_changed(
        self, world: MadeWorld, other: Measure, chosen: Analysis
    ) -> None:
        assert self.again(world, chosen, measure_pk=other.pk).placebo is None
        entry = Entry.objects.filter(verb="analysis.outcome").latest("pk")
        assert "placebo" in entry.details["changed"]

    def test_of_another_group_ask_too(self, world: MadeWorld, chosen: Analysis) -> None:
        assert self.again(world, chosen, group="fsm").placebo is None

    def test_of_one_cluster_ask_too(self, world: MadeWorld, chosen: Analysis) -> None:
        assert self.again(world, chosen, cluster_pk=world.clusters[0].pk).placebo is None

    def test_of_other_years_keep_it(
        self, world: MadeWorld, other: Measure, chosen: Analysis
    ) -> None:
        assert self.again(world, chosen, first_year=2015).placebo == other

    def test_are_never_registered_beside_themselves(self, world: MadeWorld) -> None:
        analysis = planned(world)
        Analysis.objects.filter(pk=analysis.pk).update(placebo=world.measure)
        analysis.refresh_from_db()
        looked(analysis, world)
        with pytest.raises(PlaceboIsTheMeasure):
            register(person=world.officer, day=DAY, now=NOW, pk=analysis.pk)


class TestAResult:
    def test_shows_it_beside_the_other_checks(self, world: MadeWorld, other: Measure) -> None:
        run = run_of(world, registered(world, plan_for(world, placebo=other.pk)))
        checks = {each["name"]: each for each in run.found["diagnostics"]}
        assert checks["placebo_outcome"]["table"]["rows"][0][0] == "Music, mean score"
