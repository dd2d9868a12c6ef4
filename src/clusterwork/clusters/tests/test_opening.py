"""Opening many clusters at once."""

import pytest

from clusterwork.audit.selectors import entries_about
from clusterwork.clusters.models import Cluster, Participation, Place
from clusterwork.clusters.selectors.clusters import status_on
from clusterwork.clusters.selectors.memberships import places_on
from clusterwork.clusters.services.opening import (
    ClusterPlan,
    PlannedSchool,
    SchoolHasClosed,
    open_clusters,
)
from clusterwork.clusters.services.programmes import start_programme
from clusterwork.clusters.services.refusals import AlreadyAMember, CodeTaken, InAnotherCluster
from clusterwork.clusters.tests.made import FACTS, TODAY, officer, organisation
from clusterwork.clusters.tests.made_clusters import BEGUN, Clusters, ids_in
from clusterwork.kernel.errors import NotAllowed
from clusterwork.registry.models import School

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    return Clusters()


def programme(county, **facts):
    made = start_programme(**county.who, organisation=county.organisation, facts=FACTS)
    for name, value in {"starts_on": BEGUN, **facts}.items():
        setattr(made, name, value)
    made.save()
    return made


class TestOpening:
    def test_puts_every_school_in_its_cluster_from_the_first_day(self, county):
        one = county.open("Louth", county.schools[:3])
        assert ids_in(one, BEGUN) == {each.pk for each in county.schools[:3]}
        assert places_on(BEGUN.replace(day=1, month=8)) == []
        assert status_on(one, TODAY) == Cluster.Status.RECOGNISED

    def test_takes_part_until_the_programme_ends(self, county):
        end = TODAY.replace(year=2028)
        cluster = county.open("Louth", county.schools[:3], programme=programme(county, ends_on=end))
        taken = Participation.objects.get(cluster=cluster)
        assert (taken.start_on, taken.end_on) == (BEGUN, end)

    def test_is_in_the_record_of_each_cluster(self, county):
        (entry,) = entries_about(county.open("Louth", county.schools[:3]))
        assert entry.actor_id == county.officer.pk

    def test_refuses_a_school_that_has_closed(self, county):
        gone = county.schools[0]
        gone.status, gone.closed_on = "closed", BEGUN
        gone.save()
        with pytest.raises(SchoolHasClosed, match="Village 000"):
            county.open("Louth", county.schools[:3])

    def test_takes_a_school_that_closes_later(self, county):
        later = county.schools[0]
        later.closed_on = TODAY
        later.save()
        assert later.pk in ids_in(county.open("Louth", county.schools[:3]), BEGUN)

    def test_refuses_a_school_twice_in_one(self, county):
        with pytest.raises(AlreadyAMember):
            county.open("Louth", [county.schools[0]] * 2)

    def test_refuses_a_school_in_two_clusters_of_a_programme_that_allows_one(self, county):
        only = programme(county, one_cluster_a_school=True)
        county.open("Louth", county.schools[:3], programme=only)
        with pytest.raises(InAnotherCluster) as refused:
            county.open("Alford", county.schools[2:5], programme=only)
        assert str(county.schools[2]) in str(refused.value) and str(only) in str(refused.value)
        assert Cluster.objects.count() == 1
        assert Place.objects.count() == 3

    def test_refuses_a_code_twice(self, county):
        plans = [ClusterPlan("Louth", code="7"), ClusterPlan("Alford", code="7")]
        with pytest.raises(CodeTaken):
            open_clusters(
                **county.who, organisation=county.organisation, plans=plans, start_on=BEGUN
            )

    def test_is_for_officers(self, county):
        stranger = officer(organisation("Elsewhere"), "Eve")
        with pytest.raises(NotAllowed):
            open_clusters(
                person=stranger,
                day=TODAY,
                organisation=county.organisation,
                plans=[],
                start_on=BEGUN,
            )


class TestThreeHundred:
    def test_are_opened_in_one_go(self, county):
        made = _many(county, 2_100)
        plans = [
            ClusterPlan(f"Place {n}", [PlannedSchool(each.pk) for each in made[7 * n : 7 * n + 7]])
            for n in range(300)
        ]
        only = programme(county, one_cluster_a_school=True)
        opened = open_clusters(
            **county.who,
            organisation=county.organisation,
            plans=plans,
            start_on=BEGUN,
            programme=only,
        )
        assert len(opened) == 300
        assert Place.objects.count() == 2_100


def _many(county, n):
    return School.objects.bulk_create(
        School(urn=700_000 + i, name=f"Town {i}", authority=county.authority, phase="primary")
        for i in range(n)
    )
