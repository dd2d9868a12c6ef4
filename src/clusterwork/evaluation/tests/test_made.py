"""The made world holds what its maker says."""

from __future__ import annotations

import pytest

from clusterwork.clusters.models import Membership, Participation
from clusterwork.evaluation.tests.made import GROUPS, STARTS, made_world
from clusterwork.measures.models import Figure

pytestmark = pytest.mark.django_db


class TestMadeWorld:
    def test_has_clusters_that_take_part_since_their_start_and_schools_in_none(self) -> None:
        world = made_world(pool=10, others=1)
        parts = Participation.objects.filter(programme=world.programme)
        assert [each.start_on for each in parts.order_by("pk")] == list(STARTS)
        held = Membership.objects.filter(school__in=world.pool)
        assert (len(world.schools), len(world.others), held.count()) == (16, 1, 0)

    def test_has_a_figure_of_each_school_year_and_group(self) -> None:
        world = made_world(n_clusters=2, schools_each=2, pool=4)
        of_one = Figure.objects.filter(school=world.schools[0], measure=world.measure)
        assert of_one.count() == 6 * len(GROUPS)
        assert not of_one.filter(denominator=None).exists()

    def test_puts_the_effect_on_the_years_after_each_start_and_nowhere_else(self) -> None:
        world = made_world(n_clusters=2, schools_each=1, pool=2, effect=50, starts=STARTS[1:3])
        rows = Figure.objects.filter(measure=world.measure, group="all").order_by("school", "on")
        high = [(each.school_id, each.on.year) for each in rows if (each.value or 0) > 128]
        first, second = (each.pk for each in world.schools)
        expected = [(first, y) for y in (2017, 2018, 2019)] + [(second, y) for y in (2018, 2019)]
        assert high == expected
