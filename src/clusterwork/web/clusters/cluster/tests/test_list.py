"""The list of clusters: whose, which, in what order, on which day."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from clusterwork.clusters.models import Appointment, Cluster, Participation, Programme
from clusterwork.clusters.services.memberships import leave
from clusterwork.clusters.services.statuses import close_cluster
from clusterwork.clusters.tests.made import officer as officer_of
from clusterwork.clusters.tests.made import organisation
from clusterwork.clusters.tests.made_clusters import BEGUN, row_of
from clusterwork.web.clusters.cluster.tests.conftest import head_of, open_many
from clusterwork.web.clusters.tests.conftest import client_of, words_of

TODAY = timezone.localdate()


def shown(client, **query):
    return words_of(client.get("/clusters/", query))


class TestWhoseClusters:
    def test_an_officers_are_those_of_her_organisations(self, officer, wolds, fens):
        other = organisation("Another")
        Cluster.objects.create(organisation=other, working_name="Hills", start_on=BEGUN)
        words = shown(officer)
        assert "2 clusters." in words and "Hills" not in words
        assert "Hills" in shown(officer, whose="all")

    def test_a_heads_are_those_of_her_school(self, head, wolds, fens):
        words = shown(head)
        assert "Wolds" in words and "Fens" not in words

    def test_somebody_of_an_organisation_sees_all_of_the_region(self, county, wolds):
        from clusterwork.accounts.models import Role

        below = organisation("District", parent=county.organisation)
        adviser = officer_of(below, "Ada")
        Role.objects.filter(person=adviser).update(kind="link_adviser")
        assert "Wolds" in shown(client_of(adviser))

    def test_nobody_without_a_role_sees_any(self, county, wolds):
        person = head_of(county, 0)
        person.roles.all().delete()
        assert client_of(person).get("/clusters/").status_code == 403


class TestTheFilters:
    def test_a_closed_cluster_is_left_out_and_can_be_asked_for(self, county, officer, wolds, fens):
        close_cluster(**county.who, pk=fens.pk, on=county.who["day"])
        assert "1 of 2 clusters." in shown(officer)
        assert "Fens" in shown(officer, status="closed")

    def test_a_closed_cluster_stands_on_an_earlier_day(self, county, officer, wolds, fens):
        close_cluster(**county.who, pk=fens.pk, on=county.who["day"])
        assert "Fens" in shown(officer, on="2025-01-01")

    def test_a_vacancy_is_a_chair_or_a_coordinator_that_is_missing(
        self, county, officer, wolds, fens
    ):
        for role in ("chair", "coordinator"):
            Appointment.objects.create(
                cluster=wolds, role=role, name="Ann", school=county.schools[0], start_on=BEGUN
            )
        words = shown(officer, vacant="1")
        assert "1 of 2 clusters." in words and "Fens" in words

    def test_a_programme_holds_on_the_day(self, county, officer, wolds, fens):
        programme = Programme.objects.create(
            organisation=county.organisation, name="Together", starts_on=BEGUN
        )
        Participation.objects.create(
            cluster=wolds, programme=programme, start_on=BEGUN, end_on=dt.date(2025, 9, 1)
        )
        assert "1 of 2 clusters." in shown(officer, programme=programme.pk, on="2025-01-01")
        assert "0 of 2 clusters." in shown(officer, programme=programme.pk)

    def test_words_and_authority_narrow_as_well(self, county, officer, wolds, fens):
        assert "1 of 2 clusters." in shown(officer, q="wol")
        assert "2 clusters." in shown(officer, authority=county.authority.code)

    def test_what_is_no_filter_breaks_nothing(self, officer, wolds):
        answer = officer.get(
            "/clusters/", {"programme": "x", "status": "y", "sort": "z", "on": "q"}
        )
        assert answer.status_code == 200


class TestTheRows:
    def test_say_how_many_schools_there_were_on_the_day(self, county, officer, wolds):
        row = row_of(wolds, county.schools[0])
        day = county.who["day"]
        leave(**county.who, membership_pk=row.pk, on=day, reason="Far away.")
        assert ">3</td>" in officer.get("/clusters/").content.decode()
        assert ">4</td>" in officer.get("/clusters/", {"on": "2025-01-01"}).content.decode()

    def test_stand_in_the_order_asked_for(self, officer, wolds, fens):
        words = shown(officer, sort="-schools")
        assert words.index("Wolds") < words.index("Fens")
        words = shown(officer)
        assert words.index("Fens") < words.index("Wolds")

    def test_are_fifty_a_page(self, county, officer):
        open_many(county, 51)
        assert "Place 050" not in shown(officer)
        assert "Place 050" in shown(officer, page=2)

    def test_are_the_same_in_the_file(self, county, officer, wolds, fens):
        answer = officer.get("/clusters.csv", {"q": "wol"})
        lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
        assert len(lines) == 2
        assert ",Wolds," in lines[1] and f",4,,,,{TODAY.isoformat()}" in lines[1]

    def test_take_no_more_questions_when_there_are_more_of_them(
        self, county, officer, django_assert_max_num_queries
    ):
        open_many(county, 50)
        with django_assert_max_num_queries(30):
            officer.get("/clusters/")
