"""The pages on which a school states its partnerships, and the tables that count them."""

from __future__ import annotations

import datetime as dt

import pytest

from clusterwork.accounts.models import Person, Role
from clusterwork.clusters.models import Cluster, Membership, StatedPartnership
from clusterwork.clusters.tests.made import County
from clusterwork.registry.models import Affiliation, Partnership
from clusterwork.web.clusters.partnerships.tasks import partnership_tasks
from clusterwork.web.clusters.tests.conftest import client_of, words_of
from clusterwork.web.navigation import Viewer

pytestmark = pytest.mark.django_db
LONG_AGO = dt.date(2020, 9, 1)


@pytest.fixture(autouse=True)
def without_second_factor(settings):
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def county():
    """The first two schools are in a cluster and in a federation."""
    county = County(n_schools=4)
    cluster = Cluster.objects.create(
        organisation=county.organisation, working_name="The fen", start_on=LONG_AGO
    )
    federation = Partnership.objects.create(kind="federation", name="Hand in hand")
    for school in county.schools[:2]:
        Membership.objects.create(cluster=cluster, school=school, start_on=LONG_AGO)
        Affiliation.objects.create(school=school, partnership=federation, start_on=LONG_AGO)
    county.cluster, county.school = cluster, county.schools[0]
    return county


@pytest.fixture
def head(county):
    person = Person.objects.create_user("head@example.org", "x" * 20, name="Head")
    Role.objects.create(
        person=person, kind="headteacher", school=county.school, start_on=dt.date(2020, 1, 1)
    )
    return person


def page(school, rest=""):
    return f"/schools/{school.pk}/partnerships/{rest}"


class TestTheMainPartnership:
    def test_is_chosen_among_what_is_known(self, county, head):
        told = words_of(client_of(head).get(page(county.school, "main/")))
        assert "The fen (Local cluster, since 1 September 2020)" in told
        assert "Hand in hand (Federation" in told
        assert "Another, by its name" in told

    def test_is_offered_once_since_its_unbroken_beginning(self, county, head):
        row = Membership.objects.get(cluster=county.cluster, school=county.school)
        later = dt.date(2022, 9, 1)
        Membership.objects.filter(pk=row.pk).update(end_on=later, ended_by="new_part")
        Membership.objects.create(
            cluster=county.cluster, school=county.school, part="lead", start_on=later
        )
        filed = Partnership.objects.create(kind="cluster", name="The Fen")
        Affiliation.objects.create(school=county.school, partnership=filed, start_on=later)
        told = words_of(client_of(head).get(page(county.school, "main/")))
        assert told.casefold().count("the fen (") == 1
        assert "The fen (Local cluster, since 1 September 2020)" in told

    def test_leads_from_the_choice_to_a_form_that_is_filled(self, county, head):
        key = f"cluster:{county.cluster.pk}"
        answer = client_of(head).get(page(county.school, "main/"), {"asked": 1, "line": key})
        assert answer["Location"].endswith(f"main/details/?line={key}")
        told = client_of(head).get(answer["Location"])
        assert "2 of 4 answers are filled from what is known" in words_of(told)
        assert 'value="01/09/2020"' in told.content.decode()
        assert "joint training" in words_of(told)

    def test_is_noted_and_shown(self, county, head):
        key = f"cluster:{county.cluster.pk}"
        address = page(county.school, f"main/details/?line={key}")
        sent = {"formality": "2", "start_on": "1/9/2020", "what_for": "Moderation"}
        answer = client_of(head).post(address, sent, follow=True)
        assert "Main partnership The fen" in words_of(answer)
        assert "Category 2: Informal local collaboration" in words_of(answer)
        assert StatedPartnership.objects.get().cluster == county.cluster

    def test_says_what_stands_against_it_and_keeps_what_was_typed(self, county, head):
        StatedPartnership.objects.create(
            school=county.school, is_main=True, name="Old", formality=2, start_on=LONG_AGO
        )
        address = page(county.school, "main/details/?line=name")
        sent = {"name": "New", "kind": "network", "formality": "2"}
        told = client_of(head).post(address, sent)
        assert "The day of the change is missing." in words_of(told)
        assert 'value="New"' in told.content.decode()

    def test_may_be_none(self, county, head):
        address = page(county.school, "main/details/?line=none")
        assert "formality" not in client_of(head).get(address).content.decode()
        client_of(head).post(address, {"start_on": ""})
        assert StatedPartnership.objects.get().formality == 1

    def test_without_a_choice_asks_again(self, county, head):
        told = client_of(head).get(page(county.school, "main/"), {"asked": 1})
        assert "Choose a partnership." in words_of(told)

    def test_of_an_unknown_line_starts_over(self, county, head):
        told = client_of(head).get(page(county.school, "main/details/?line=cluster:99999"))
        assert told["Location"].endswith("/partnerships/main/")

    def test_is_not_for_the_head_of_another_school(self, county, head):
        assert client_of(head).get(page(county.schools[1], "main/")).status_code == 403


class TestTheOthers:
    def test_stand_in_a_line_with_what_they_are_for(self, county, head):
        address = page(county.school, "other/details/?line=name")
        sent = {"name": "Sports", "kind": "network", "what_for": "Joint days", "start_on": ""}
        told = words_of(client_of(head).post(address, sent, follow=True))
        assert "Sports Network Joint days Not known" in told

    def test_a_cluster_that_the_register_has_too_counts_once(self, county, head):
        filed = Partnership.objects.create(kind="cluster", name="The Fen")
        Affiliation.objects.create(school=county.school, partnership=filed, start_on=LONG_AGO)
        told = words_of(client_of(head).get(page(county.school)))
        assert "In 2 partnerships today." in told

    def test_are_corrected_and_ended(self, county, head):
        stated = StatedPartnership.objects.create(
            school=county.school, name="Sports", kind="network", start_on=LONG_AGO
        )
        client = client_of(head)
        sent = {"name": "Sport", "kind": "network", "what_for": "", "start_on": "1/9/2021"}
        client.post(f"/schools/partnerships/{stated.pk}/correct/", sent)
        client.post(f"/schools/partnerships/{stated.pk}/end/", {"on": "1/9/2022"})
        stated.refresh_from_db()
        assert (stated.name, stated.start_on.year, stated.end_on.year) == ("Sport", 2021, 2022)

    def test_a_cluster_that_has_ended_its_line_stays_a_member(self, county, head):
        told = words_of(client_of(head).get(page(county.school)))
        assert "The fen: Say what for" in told
        assert "will stand here" not in told and "Clusters over time" in told

    def test_cannot_be_changed_on_a_past_page(self, county, head):
        told = words_of(client_of(head).get(page(county.school, "?on=2021-01-01")))
        assert "Add another partnership" not in told

    def test_are_counted_in_the_first_sentence(self, county, head):
        assert "In 2 partnerships today." in words_of(client_of(head).get(page(county.school)))


class TestTheTask:
    def test_waits_until_a_main_one_is_stated(self, county, head):
        (task,) = partnership_tasks(Viewer.of(head))
        assert (task.minutes, task.address) == (2, page(county.school, "main/"))
        StatedPartnership.objects.create(
            school=county.school, is_main=True, name="Old", formality=2
        )
        assert partnership_tasks(Viewer.of(head)) == []

    def test_is_the_heads_only(self, county):
        assert partnership_tasks(Viewer.of(county.officer)) == []


class TestTheTables:
    def test_give_the_finding_as_the_title(self, county):
        StatedPartnership.objects.create(
            school=county.schools[2], is_main=True, name="Trust", formality=5, signed_on=LONG_AGO
        )
        told = words_of(client_of(county.officer).get("/clusters/figures/"))
        assert "Most common main partnership: Hard partnership (3 of 4 schools)" in told
        assert "One school is in none." in told
        assert "Said by the school: 1; worked out from what is known: 3." in told
        assert "3 (1) 1 2" in told

    def test_as_a_file_have_the_same_rows(self, county):
        answer = client_of(county.officer).get("/clusters/figures/categories.csv?on=2021-01-01")
        lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
        assert len(lines) == 6
        assert lines[5].startswith("Category 5: Hard partnership,2,0,0,2,")
        assert lines[5].endswith("2021-01-01")

    def test_name_each_school_in_a_file(self, county):
        answer = client_of(county.officer).get("/clusters/figures/schools.csv?most=80")
        lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
        assert len(lines) == 2
        assert lines[1].endswith("5,Hard partnership,No,No")

    def test_narrow_to_schools_of_a_size(self, county):
        told = words_of(client_of(county.officer).get("/clusters/figures/?most=81"))
        assert "(2 of 2 schools)" in told
        assert "Schools of up to 81 pupils" in told

    def test_say_what_cannot_be_read(self, county):
        told = words_of(client_of(county.officer).get("/clusters/figures/?most=many&of=x:1"))
        assert "This is not a whole number." in told

    def test_describe_clusters(self, county):
        told = words_of(client_of(county.officer).get("/clusters/figures/clusters/"))
        assert "One cluster. Schools in each: 2" in told
        assert "The fen – 2 Primary – –" in told

    def test_count_chosen_clusters_only(self, county):
        address = f"/clusters/figures/?cluster={county.cluster.pk}"
        told = words_of(client_of(county.officer).get(address))
        assert "One chosen cluster" in told
        assert "(2 of 2 schools)" in told

    def test_start_from_the_readers_own_authority(self, county, head):
        told = words_of(client_of(head).get("/clusters/figures/"))
        assert "Authority: Lincolnshire" in told

    def test_of_a_day_without_schools_say_so(self, county):
        told = words_of(client_of(county.officer).get("/clusters/figures/clusters/?on=1950-01-01"))
        assert "No cluster to count on this day" in told
