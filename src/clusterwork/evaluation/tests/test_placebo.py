"""A measure that the work cannot have changed: chosen beforehand, kept, shown with a result."""

from __future__ import annotations

import pytest
from django.utils import timezone

from clusterwork.evaluation.selectors.choices import placebos_offered
from clusterwork.evaluation.selectors.plans import plan_of
from clusterwork.evaluation.services.planning import choose_alternatives
from clusterwork.evaluation.services.planning_checks import MeasureNotFit
from clusterwork.evaluation.tests.made import MadeWorld, made_world
from clusterwork.evaluation.tests.made_runs import DAY, plan_for, registered, run_of
from clusterwork.evaluation.tests.made_studies import planned
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


class TestAResult:
    def test_shows_it_beside_the_other_checks(self, world: MadeWorld, other: Measure) -> None:
        run = run_of(world, registered(world, plan_for(world, placebo=other.pk)))
        checks = {each["name"]: each for each in run.found["diagnostics"]}
        assert checks["placebo_outcome"]["table"]["rows"][0][0] == "Music, mean score"
