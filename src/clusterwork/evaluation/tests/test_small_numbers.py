"""Small numbers of a run that is worked out: those counted, whatever schools weigh."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest
from django.utils import timezone

from clusterwork.evaluation.rules.readers import held_back
from clusterwork.evaluation.selectors.frozen import counted_of
from clusterwork.evaluation.tests.made import MadeWorld, made_world
from clusterwork.evaluation.tests.made_runs import plan_for, registered, run_of
from clusterwork.measures.models import Figure
from clusterwork.registry.models import School

pytestmark = pytest.mark.django_db
SMALLEST = 10


def test_are_hidden_though_a_school_beside_them_has_no_count() -> None:
    world = made_world(n_clusters=1, pool=40, years=range(2014, 2019), starts=[dt.date(2016, 9, 1)])
    count_anew(world, world.schools, 2)
    count_anew(world, world.pool, None)
    run = run_of(world, registered(world, plan_for(world)))
    assert run.found["weighed_by"] == "pupils"
    assert counted_of(run)["ours", 2016] == 2 * len(world.schools) < SMALLEST
    assert counted_of(run)["others", 2016] is None
    told = held_back(run.found, counted_of(run), SMALLEST, works=False)
    assert {row[1] for row in told["trend"]["rows"]} == {None}
    assert None not in {row[4] for row in told["trend"]["rows"]}
    assert told["by_year"] is None


def count_anew(world: MadeWorld, schools: Sequence[School], counted: int | None) -> None:
    """The schools' figures again, with as many behind each."""
    figures = Figure.objects.filter(measure=world.measure, group="all", school__in=schools)
    rows = list(figures)
    figures.update(replaced_at=timezone.now())
    for row in rows:
        row.pk, row.denominator = None, counted
    Figure.objects.bulk_create(rows)
