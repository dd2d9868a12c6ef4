"""Who stands on which side of an analysis: registers as they are, with schools that move."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from clusterwork.clusters.models import Membership, Participation
from clusterwork.evaluation.rules.sample import Sample
from clusterwork.evaluation.selectors.sample import sample_of
from clusterwork.evaluation.tests.made import MadeWorld, made_world
from clusterwork.evaluation.tests.made_runs import DAY, plan_for
from clusterwork.measures.models import Figure
from clusterwork.registry.models import School, SchoolLink

pytestmark = pytest.mark.django_db
STARTS = (dt.date(2016, 9, 1), dt.date(2017, 9, 1))


@pytest.fixture
def world() -> MadeWorld:
    return made_world(n_clusters=2, pool=12, years=range(2014, 2020), starts=STARTS, others=2)


def drawn(world: MadeWorld, **changes: object) -> Sample:
    return sample_of(plan_for(world, **changes), world.officer, DAY)


def converted(old: School) -> School:
    """The academy that came after a school in 2021, without figures of its own yet."""
    new = School.objects.get(pk=old.pk)
    new.pk, new.urn, new.opened_on = None, (old.urn or 0) + 50_000, dt.date(2021, 9, 1)
    new.save()
    old.closed_on, old.status = dt.date(2021, 8, 31), "closed"
    old.save()
    ends = {"number": new.number, "other_number": old.number, "other_name": old.name}
    SchoolLink.objects.create(kind="predecessor", link_type="Predecessor", **ends)
    return new


class TestASchoolStandsOnce:
    def test_a_closed_school_goes_with_the_one_that_came_after_it(self, world: MadeWorld) -> None:
        before = len(drawn(world).others)
        old = world.pool[0]
        new = converted(old)
        others = {unit.pk: unit for unit in drawn(world).others}
        assert old.pk not in others
        assert set(others[new.pk].figures) == set(range(2014, 2020))
        assert len(others) == before

    def test_a_member_that_was_renumbered_is_followed(self, world: MadeWorld) -> None:
        new = converted(world.schools[0])
        ours = {unit.pk: unit for unit in drawn(world).ours}
        assert set(ours[new.pk].figures) == set(range(2014, 2020))
        assert world.schools[0].pk not in ours

    def test_nobody_came_after_a_school_in_a_cluster_and_stands_beside(
        self, world: MadeWorld
    ) -> None:
        elsewhere = Membership.objects.filter(cluster=world.others[0]).first()
        assert elsewhere is not None and elsewhere.school is not None
        new = converted(elsewhere.school)
        assert new.pk not in {unit.pk for unit in drawn(world).others}


class TestWhoTookPartIsNeverBeside:
    def test_a_school_of_ours_that_is_in_another_cluster_too_is_ours(
        self, world: MadeWorld
    ) -> None:
        other = world.others[0]
        other.start_on = dt.date(2010, 9, 1)
        other.save()
        Membership.objects.create(
            cluster=other, school=world.schools[0], start_on=dt.date(2010, 9, 1)
        )
        sample = drawn(world, comparison="clusters")
        assert world.schools[0].pk in {unit.pk for unit in sample.ours}
        assert world.schools[0].pk not in {unit.pk for unit in sample.others}


class TestWhichClustersCount:
    def test_not_one_that_left_before_its_first_whole_year(self, world: MadeWorld) -> None:
        first = world.clusters[0]
        part = Participation.objects.get(cluster=first, programme=world.programme)
        part.start_on, part.end_on = dt.date(2016, 10, 1), dt.date(2016, 12, 1)
        part.save()
        assert {unit.cluster for unit in drawn(world).ours} == {world.clusters[1].pk}


class TestWhichYearsCount:
    def test_a_year_that_only_few_have_is_left_out_and_said(self, world: MadeWorld) -> None:
        stray = Figure.objects.filter(school=world.schools[0], on=dt.date(2019, 7, 31))
        figure = stray.filter(group="all").get()
        figure.pk, figure.on, figure.entered_at = None, dt.date(2020, 7, 31), timezone.now()
        figure.save()
        sample = drawn(world, last_year=2020)
        assert sample.years == tuple(range(2014, 2020))
        assert sample.thin == (2020,)
