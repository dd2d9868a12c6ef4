"""Schools that merged, split or stand in two clusters, in the sample of an analysis."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

import pytest
from django.utils import timezone

from clusterwork.clusters.models import Membership
from clusterwork.evaluation.rules.sample import Unit
from clusterwork.evaluation.selectors.sample import sample_of
from clusterwork.evaluation.tests.made import MadeWorld, made_world
from clusterwork.evaluation.tests.made_runs import DAY, plan_for
from clusterwork.measures.models import Figure
from clusterwork.registry.models import Census, School, SchoolLink

pytestmark = pytest.mark.django_db
YEARS = range(2014, 2020)
STARTS = (dt.date(2016, 9, 1), dt.date(2017, 9, 1))


@pytest.fixture
def world() -> MadeWorld:
    return made_world(n_clusters=2, pool=12, years=YEARS, starts=STARTS, others=2)


def another(like: School, urn: int) -> School:
    """A school like it, with a number of its own and no figures."""
    new = School.objects.get(pk=like.pk)
    new.pk, new.urn = None, urn
    new.save()
    return new


def came_out_of(new: School, *before: School) -> None:
    for old in before:
        ends = {"number": new.number, "other_number": old.number, "other_name": old.name}
        SchoolLink.objects.create(kind="predecessor", link_type="Predecessor", **ends)


def merged(junior: School) -> tuple[School, School]:
    """The primary school that came after an infant and a junior school, and the infant school."""
    infant, primary = another(junior, 960_001), another(junior, 960_002)
    for old in (infant, junior):
        old.closed_on, old.status = dt.date(2021, 8, 31), "closed"
        old.save()
    came_out_of(primary, infant, junior)
    return primary, infant


def figure_of(school: School, like: School, year: int, **changes: object) -> None:
    """A figure like that of another school."""
    row = Figure.objects.get(school=like, on=dt.date(year, 7, 31), group="all", replaced_at=None)
    row.pk, row.school, row.entered_at = None, school, timezone.now()
    for name, value in changes.items():
        setattr(row, name, value)
    row.save()


def drawn(world: MadeWorld, school: School, person: object = None) -> Unit:
    sample = sample_of(plan_for(world), world.officer if person is None else None, DAY)
    return next(unit for unit in sample.ours if unit.pk == school.pk)


def without_figures(school: School, years: Collection[int]) -> None:
    rows = Figure.objects.filter(school=school, on__year__in=list(years))
    rows.update(replaced_at=timezone.now())


class TestAMergedSchool:
    def test_carries_the_juniors_where_the_infants_were_never_measured(
        self, world: MadeWorld
    ) -> None:
        primary, _infant = merged(world.schools[0])
        assert set(drawn(world, primary).figures) == set(YEARS)

    def test_has_no_figure_where_one_of_two_that_are_measured_has_none(
        self, world: MadeWorld
    ) -> None:
        primary, other = merged(world.schools[0])
        figure_of(other, world.schools[0], 2015)
        assert set(drawn(world, primary).figures) == {2015}

    def test_does_not_pass_off_the_other_where_a_figure_may_not_be_seen(
        self, world: MadeWorld
    ) -> None:
        primary, other = merged(world.schools[0])
        figure_of(other, world.schools[0], 2015, is_public=False, entered_by=world.officer)
        nobody = object()
        assert set(drawn(world, primary).figures) == {2015}
        assert not drawn(world, primary, person=nobody).figures

    def test_of_a_group_of_pupils_needs_all_that_are_measured_at_all(
        self, world: MadeWorld
    ) -> None:
        primary, other = merged(world.schools[0])
        figure_of(other, world.schools[0], 2015)
        sample = sample_of(plan_for(world, group="fsm"), world.officer, DAY)
        assert not next(unit for unit in sample.ours if unit.pk == primary.pk).figures

    def test_has_the_pupils_of_all_or_none(self, world: MadeWorld) -> None:
        junior = world.schools[0]
        primary, infant = merged(junior)
        Census.objects.filter(school=junior).exclude(year=2014).delete()
        Census.objects.filter(school=junior).update(pupils=172, fsm_share=0.25)
        for year in (2014, 2016):
            Census.objects.create(school=infant, year=year, pupils=86, fsm_share=0.1)
        Census.objects.create(school=primary, year=2018, pupils=500, fsm_share=0.2)
        unit = drawn(world, primary)
        assert unit.pupils == {2014: 258.0, 2018: 500.0}
        assert unit.meals == {2014: pytest.approx(0.2), 2018: pytest.approx(0.2)}


class TestASchoolThatSplit:
    def test_stands_once_on_our_side_too(self, world: MadeWorld) -> None:
        one, other = world.schools[:2]
        old = another(one, 960_003)
        for year in (2014, 2015, 2016):
            figure_of(old, one, year)
        for each in (one, other):
            without_figures(each, (2014, 2015, 2016))
            came_out_of(each, old)
        sample = sample_of(plan_for(world), world.officer, DAY)
        assert {one.pk, other.pk} & {unit.pk for unit in sample.ours} == {one.pk}
        assert sample.n_twins == 1

    def test_long_before_stands_as_two(self, world: MadeWorld) -> None:
        one, other = world.schools[:2]
        old = another(one, 960_004)
        for each in (one, other):
            came_out_of(each, old)
        sample = sample_of(plan_for(world), world.officer, DAY)
        assert {one.pk, other.pk} <= {unit.pk for unit in sample.ours}
        assert sample.n_twins == 0


class TestASchoolOfAnotherClusterOfTheProgramme:
    def test_is_not_beside_the_one_that_is_asked_for(self, world: MadeWorld) -> None:
        other = world.others[0]
        other.start_on = dt.date(2010, 9, 1)
        other.save()
        partner = world.schools[-1]
        for school in (partner, world.pool[0]):
            Membership.objects.create(cluster=other, school=school, start_on=dt.date(2010, 9, 1))
        plan = plan_for(world, comparison="clusters", cluster=world.clusters[0].pk)
        beside = {unit.pk for unit in sample_of(plan, world.officer, DAY).others}
        assert world.pool[0].pk in beside
        assert partner.pk not in beside
