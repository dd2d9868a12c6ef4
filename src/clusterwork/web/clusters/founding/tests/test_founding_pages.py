"""The pages on which schools form a cluster and an officer recognises it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from clusterwork.accounts.services.limits import LIMITS, Limit
from clusterwork.clusters.models import Cluster, Founding, Membership, Participation, Programme
from clusterwork.clusters.tests.made_foundings import Region, head_of, token_to
from clusterwork.notify.models import Letter
from clusterwork.web.clusters.founding.tasks import founding_tasks
from clusterwork.web.clusters.tests.conftest import client_of, words_of
from clusterwork.web.navigation import Viewer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def without_second_factor(settings):
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def region():
    return Region(timezone.localdate())


def page(region, rest=""):
    return f"/clusters/founding/{region.founding.pk}/{rest}"


def today():
    return timezone.localdate().strftime("%d/%m/%Y")


class TestBeginning:
    def test_asks_only_what_is_not_known(self, region):
        told = words_of(client_of(region.head).get("/clusters/founding/new/"))
        assert "2 of 4 answers are known already" in told
        assert "School: Trinity Fields School" in told

    def test_leads_to_inviting(self, region):
        sent = {"working_name": "Usk", "purpose": "To moderate."}
        answer = client_of(region.head).post("/clusters/founding/new/", sent)
        begun = Founding.objects.latest("pk")
        assert answer["Location"] == f"/clusters/founding/{begun.pk}/invite/"

    def test_keeps_what_was_typed_when_it_is_refused(self, region):
        sent = {"working_name": "Bryn Derw", "purpose": "To moderate."}
        told = client_of(region.head).post("/clusters/founding/new/", sent)
        assert "The working name is the name of a school." in words_of(told)
        assert "To moderate." in told.content.decode()

    def test_is_refused_to_an_officer_with_who_can(self, region):
        answer = client_of(region.officer).get("/clusters/founding/new/")
        assert answer.status_code == 403
        assert "headteacher" in words_of(answer)


class TestInviting:
    def test_finds_by_phase_without_words(self, region):
        told = words_of(client_of(region.head).get(page(region, "invite/?phase=special")))
        assert "3 schools found" in told
        assert "Mounton House Closed" in told
        assert "Its head has no sign-in yet" in told

    def test_invites_by_one_button_and_comes_back(self, region):
        address = page(region, "invite/?q=Crownbridge")
        told = client_of(region.head).post(address, {"school": region.crownbridge.pk}, follow=True)
        assert "Invited: Crownbridge Special School" in words_of(told)
        assert "One school agrees. One has not answered." in words_of(
            client_of(region.head).get(page(region))
        )

    @pytest.mark.parametrize("school", ["closed", "trinity"])
    def test_says_what_stands_against_it(self, region, school):
        sent = {"school": getattr(region, school).pk}
        told = client_of(region.head).post(page(region, "invite/"), sent)
        assert "There is a problem" in words_of(told)

    @pytest.mark.parametrize("number", ["", "x", "9" * 30])
    def test_of_no_school_is_said(self, region, number):
        told = client_of(region.head).post(page(region, "invite/"), {"school": number})
        assert "There is no such school to invite." in words_of(told)

    def test_and_taking_back_floods_no_other_school_with_letters(self, region, monkeypatch):
        monkeypatch.setitem(LIMITS, "founding_invite", Limit(2, dt.timedelta(hours=1)))
        sent, client = {"school": region.crownbridge.pk}, client_of(region.head)
        for _ in range(4):
            told = client.post(page(region, "invite/"), sent)
            client.post(page(region, f"schools/{region.crownbridge.pk}/take-back/"))
        assert "This was tried too often in a short time." in words_of(told)
        assert Letter.objects.filter(template="clusters.founding_invited").count() == 2

    def test_nor_does_wording_the_purpose_again_and_again(self, region, monkeypatch):
        monkeypatch.setitem(LIMITS, "founding_purpose", Limit(1, dt.timedelta(days=1)))
        client, address = client_of(region.head), page(region, "purpose/")
        assert client.post(address, {"purpose": "Moderate."}).status_code == 302
        told = client.post(address, {"purpose": "Moderate more."})
        assert "This was tried too often in a short time." in words_of(told)
        region.founding.refresh_from_db()
        assert region.founding.purpose == "Moderate."

    def test_is_taken_back(self, region):
        region.invite(region.crownbridge)
        address = page(region, f"schools/{region.crownbridge.pk}/take-back/")
        told = client_of(region.head).post(address, follow=True)
        assert "The invitation is taken back." in words_of(told)


class TestAnswering:
    @pytest.fixture(autouse=True)
    def invited(self, region):
        region.invite(region.crownbridge)

    def test_waits_on_the_heads_home_page(self, region):
        (task,) = founding_tasks(Viewer.of(region.other_head))
        assert task.address == page(region, f"schools/{region.crownbridge.pk}/")
        assert (task.minutes, task.asked_by) == (5, "Tegwen")

    def test_by_signing_in_shows_the_others_then(self, region):
        address = page(region, f"schools/{region.crownbridge.pk}/")
        client = client_of(region.other_head)
        assert "Your school is invited" in words_of(client.get(address))
        told = client.post(address, {"reply": "joins", "note": "", "seen": 1}, follow=True)
        assert "2 schools agree." in words_of(told)

    def test_by_the_link_without_signing_in(self, region):
        address = f"/clusters/founding/answer/{token_to(region.other_head)}/"
        client = Client()
        assert "You answer as: Carys" in words_of(client.get(address))
        told = client.post(address, {"reply": "joins", "seen": 1})
        assert "Crownbridge Special School: Joins." in words_of(told)
        assert client.get(address).status_code == 404
        assert region.founding.schools.filter(reply="joins").count() == 2

    def test_without_a_choice_keeps_the_link(self, region):
        address = f"/clusters/founding/answer/{token_to(region.other_head)}/"
        told = Client().post(address, {"seen": 1})
        assert "Choose whether your school joins." in words_of(told)
        assert Client().get(address).status_code == 200

    def test_to_an_older_wording_is_said_and_keeps_the_link(self, region):
        region.founding.purpose_number = 2
        region.founding.save()
        address = f"/clusters/founding/answer/{token_to(region.other_head)}/"
        told = Client().post(address, {"reply": "joins", "seen": 1})
        assert "The purpose was changed while you were reading." in words_of(told)
        assert 'name="seen" value="2"' in told.content.decode()

    def test_of_a_forged_link_leads_nowhere(self, region):
        assert Client().get("/clusters/founding/answer/answer_founding.1~x/").status_code == 404

    def test_is_not_seen_by_others_before(self, region):
        assert client_of(region.other_head).get(page(region)).status_code == 403


class TestDeciding:
    @pytest.fixture(autouse=True)
    def asked(self, region):
        region.gather()
        region.ask()

    def send(self, region, **fields):
        shown = client_of(region.officer).get(page(region, "decide/")).content.decode()
        seen = shown.split('name="seen" value="')[1].split('"')[0]
        sent = {"decision": "recognise", "from_day": today(), "seen": seen, **fields}
        return client_of(region.officer).post(page(region, "decide/"), sent, follow=True)

    def test_waits_on_the_officers_home_page(self, region):
        (task,) = founding_tasks(Viewer.of(region.officer))
        assert task.address == page(region, "decide/")

    def test_recognises_and_leads_to_the_cluster(self, region):
        told = words_of(self.send(region))
        assert "The cluster is recognised, and its schools are told." in told
        assert Membership.objects.filter(start_on=region.day).count() == 2

    def test_twice_says_by_whom(self, region):
        seen = f"{region.trinity.pk},{region.crownbridge.pk}"
        self.send(region)
        sent = {"decision": "recognise", "from_day": today(), "seen": seen}
        told = client_of(region.officer).post(page(region, "decide/"), sent)
        assert "This cluster is recognised already." in words_of(told)

    def test_needs_a_day_and_keeps_the_choice(self, region):
        told = self.send(region, from_day="")
        assert "Enter the day from which it is recognised." in words_of(told)

    def test_refuses_a_day_before_the_schools_began(self, region):
        told = words_of(self.send(region, from_day="1/9/2020"))
        assert "does not stand yet on that day" in told

    def test_returns_with_reasons_that_the_head_reads(self, region):
        assert "Write what the schools would have to change." in words_of(
            self.send(region, decision="return")
        )
        self.send(region, decision="return", because="Say how pupils gain.")
        told = words_of(client_of(region.head).get(page(region)))
        assert "Say how pupils gain." in told
        (task,) = founding_tasks(Viewer.of(region.head))
        assert task.status == "Returned"

    def test_shows_overlaps_and_refuses_them_where_the_programme_says_so(self, region):
        local = Cluster.objects.create(
            organisation=region.consortium, working_name="Torfaen", start_on=dt.date(2020, 9, 1)
        )
        Membership.objects.create(
            cluster=local, school=region.crownbridge, start_on=dt.date(2020, 9, 1)
        )
        programme = Programme.objects.create(
            organisation=region.consortium,
            name="Clusters",
            starts_on=dt.date(2020, 9, 1),
            one_cluster_a_school=True,
        )
        Participation.objects.create(
            cluster=local, programme=programme, start_on=dt.date(2020, 9, 1)
        )
        told = words_of(client_of(region.officer).get(page(region, "decide/")))
        assert "One of them is in another cluster too." in told
        assert "Torfaen (Clusters)" in told
        told = words_of(self.send(region, programme=programme.pk))
        assert "Crownbridge Special School: Torfaen" in told


class TestTheList:
    def test_shows_each_reader_their_own(self, region):
        region.invite(region.crownbridge)
        for person in (region.head, region.other_head, region.officer):
            assert "Gwent special schools" in words_of(client_of(person).get("/clusters/founding/"))

    def test_when_empty_says_what_will_be_here(self, region):
        Founding.objects.all().delete()
        told = words_of(client_of(region.officer).get("/clusters/founding/"))
        assert "There are none yet." in told


class TestOtherSteps:
    def test_another_wording_asks_again(self, region):
        region.gather()
        client_of(region.head).post(page(region, "purpose/"), {"purpose": "To gain."})
        told = words_of(client_of(region.head).get(page(region)))
        assert "Asked again" in told

    def test_asking_too_early_is_refused(self, region):
        answer = client_of(region.head).post(page(region, "ask/"))
        assert answer.status_code == 409
        assert "Too few schools" in words_of(answer)

    def test_asking_shows_what_is_sent(self, region):
        region.gather()
        told = words_of(client_of(region.head).get(page(region, "ask/")))
        assert "Send to the organisation: Education Achievement Service" in told

    def test_taking_back_asks_once_more(self, region):
        assert "cannot be undone" in words_of(client_of(region.head).get(page(region, "withdraw/")))
        told = client_of(region.head).post(page(region, "withdraw/"), follow=True)
        assert "Nothing comes of it." in words_of(told)
        assert region.founding.cluster.status_changes.count() == 2


class TestWhoLearnsWhatWasAnswered:
    def test_no_school_outside_learns_from_the_history_who_declined(self, region):
        region.invite(region.crownbridge)
        region.answer(region.crownbridge, region.other_head, "declines")
        address = f"/clusters/{region.founding.cluster_id}/history/"
        outsider = head_of(region.bryn, "Owain")
        said = "Does not join: Crownbridge Special School"
        assert said in words_of(client_of(region.officer).get(address))
        told = words_of(client_of(outsider).get(address))
        assert "Crownbridge" not in told
        assert "Began to form a cluster: Trinity Fields School" in told
