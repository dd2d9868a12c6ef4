"""Partners by name, a cluster's own words about its work, and its labels."""

from __future__ import annotations

import datetime as dt

import pytest

from clusterwork.accounts.models import Person, Role
from clusterwork.clusters.models import Cluster, Membership, Part, Partner
from clusterwork.clusters.selectors.clusters import standing_on
from clusterwork.clusters.services.clusters import NamedAfterASchool
from clusterwork.clusters.services.labels import relabel
from clusterwork.clusters.services.partners import join_as_partner
from clusterwork.clusters.services.refusals import AlreadyAMember, CodeTaken
from clusterwork.clusters.services.standings import StandingFacts, change_standing
from clusterwork.clusters.services.working_model import change_working_model
from clusterwork.clusters.tests.made import TODAY, County
from clusterwork.kernel.errors import NotAllowed

STARTED = dt.date(2024, 9, 1)


@pytest.fixture
def county(db: None) -> County:
    return County(n_schools=4)


@pytest.fixture
def cluster(county: County) -> Cluster:
    made = Cluster.objects.create(
        organisation=county.organisation, working_name="Wolds", status="active", start_on=STARTED
    )
    Membership.objects.create(cluster=made, school=county.schools[0], start_on=STARTED)
    return made


@pytest.fixture
def head(county: County) -> Person:
    person = Person.objects.create_user("head@example.org", "x" * 20, name="Head")
    Role.objects.create(
        person=person, kind="headteacher", school=county.schools[0], start_on=STARTED
    )
    return person


def partner(county: County, cluster: Cluster, **told: str) -> Membership:
    facts = {"kind": "college", "name": "Boston College", **told}
    return join_as_partner(person=county.officer, day=TODAY, pk=cluster.pk, start_on=TODAY, **facts)


class TestAPartner:
    def test_is_written_down_once_however_many_clusters_it_joins(self, county, cluster):
        other = Cluster.objects.create(
            organisation=county.organisation, working_name="Fens", start_on=STARTED
        )
        assert partner(county, cluster).part == Part.PARTNER
        partner(county, other, name=" Boston College ", name_cy="Coleg Boston")
        assert Partner.objects.get().name_cy == "Coleg Boston"

    def test_is_in_a_cluster_once_at_a_time(self, county, cluster):
        partner(county, cluster)
        with pytest.raises(AlreadyAMember):
            partner(county, cluster)

    def test_is_not_left_behind_by_a_refusal(self, county, cluster):
        with pytest.raises(NotAllowed):
            join_as_partner(
                person=Person.objects.create_user("a@example.org", "x" * 20, name="A"),
                day=TODAY,
                pk=cluster.pk,
                kind="health",
                name="Health Board",
                start_on=TODAY,
            )
        assert not Partner.objects.exists()


class TestHowAClusterWorks:
    def test_is_said_by_a_head_and_leaves_the_rest_of_the_description(self, county, cluster, head):
        facts = StandingFacts(origin="voluntary", purposes=("pedagogic",))
        change_standing(person=county.officer, day=TODAY, pk=cluster.pk, facts=facts, on=STARTED)
        change_working_model(
            person=head, day=TODAY, pk=cluster.pk, working_model="We meet monthly.", on=TODAY
        )
        now = standing_on(cluster, TODAY)
        assert (now.working_model, now.origin, now.purposes) == (
            "We meet monthly.", "voluntary", ["pedagogic"],
        )  # fmt: skip
        assert standing_on(cluster, TODAY - dt.timedelta(1)).working_model == ""

    def test_can_be_the_first_thing_that_is_said(self, cluster, head):
        change_working_model(
            person=head, day=TODAY, pk=cluster.pk, working_model="Half-termly.", on=TODAY
        )
        assert standing_on(cluster, TODAY).working_model == "Half-termly."

    def test_is_not_for_people_from_elsewhere_to_say(self, county, cluster):
        stranger = Person.objects.create_user("b@example.org", "x" * 20, name="B")
        Role.objects.create(
            person=stranger, kind="headteacher", school=county.schools[1], start_on=STARTED
        )
        with pytest.raises(NotAllowed):
            change_working_model(
                person=stranger, day=TODAY, pk=cluster.pk, working_model="Mine.", on=TODAY
            )


class TestLabels:
    def test_change_together(self, county, cluster):
        relabel(
            person=county.officer, day=TODAY, pk=cluster.pk, working_name="High Wolds",
            code="W1", on=TODAY,
        )  # fmt: skip
        cluster.refresh_from_db()
        assert (cluster.working_name, cluster.code) == ("High Wolds", "W1")

    def test_change_both_or_neither(self, county, cluster):
        with pytest.raises(NamedAfterASchool):
            relabel(
                person=county.officer, day=TODAY, pk=cluster.pk,
                working_name=county.schools[2].name, code="W1", on=TODAY,
            )  # fmt: skip
        cluster.refresh_from_db()
        assert (cluster.working_name, cluster.code) == ("Wolds", "")

    def test_share_no_code(self, county, cluster):
        Cluster.objects.create(
            organisation=county.organisation, working_name="Fens", code="W1", start_on=STARTED
        )
        with pytest.raises(CodeTaken):
            relabel(
                person=county.officer, day=TODAY, pk=cluster.pk, working_name="Wolds",
                code="W1", on=TODAY,
            )  # fmt: skip
