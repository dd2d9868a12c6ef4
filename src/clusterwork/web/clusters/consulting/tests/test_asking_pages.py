"""Asking first in the browser: the officer's side and the school's."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clusterwork.clusters.models import Asking, Confirmation, Lock, Wish
from clusterwork.clusters.services.asking import close_asking
from clusterwork.clusters.tests.invented import proposal_made
from clusterwork.clusters.tests.made import school
from clusterwork.clusters.tests.made_consulting import named_by
from clusterwork.web.clusters.consulting.tasks import consulting_tasks
from clusterwork.web.clusters.consulting.tests.conftest import link_in, page
from clusterwork.web.clusters.tests.conftest import client_of, words_of
from clusterwork.web.navigation import Viewer

pytestmark = pytest.mark.django_db


def say(client, address, **lines):
    told = {"works_with_0_name": "", "wishes_0_name": "", "wishes_not_0_name": "", "note": ""}
    return client.post(address, {**told, **lines}, follow=True)


class TestTheSchool:
    @pytest.fixture
    def address(self, county, asking):
        return reverse("asked", args=[county.asked(asking).pk])

    def test_names_schools_by_number_name_and_its_start(self, county, head, address, asking):
        words = words_of(
            say(
                head,
                address,
                works_with_0_name="900001",
                works_with_0_because="We share a cook.",
                wishes_0_name="village 002 primary school",
                wishes_not_0_name="Village 003",
            )
        )
        assert "Your answer is recorded." in words
        assert "Works with now: Village 001 Primary School . We share a cook." in words
        others = county.asked(asking).wishes.order_by("pk").values_list("other", flat=True)
        assert list(others) == [county.schools[n].pk for n in (1, 2, 3)]

    def test_a_name_that_no_school_has_is_kept_as_written(self, head, address):
        words = words_of(say(head, address, works_with_0_name="The college at Stamford"))
        assert "(not found in the register, kept as you wrote it)" in words

    def test_several_schools_of_one_name_are_shown_with_their_numbers(self, county, head, address):
        for urn in (7, 8):
            school(county.authority, urn, "St Mary's School", town=f"Town {urn}")
        answer = say(head, address, wishes_0_name="St Mary's School")
        words = words_of(answer)
        assert "Several schools fit." in words and "St Mary's School – 7 Town 7" in words
        assert 'value="St Mary&#39;s School"' in answer.content.decode()

    def test_a_reason_without_a_school_is_asked_for(self, head, address):
        words = words_of(say(head, address, wishes_0_because="Nearer"))
        assert "Say which school this is about." in words

    def test_more_lines_keep_what_was_typed(self, head, address):
        answer = say(head, address, wishes_0_name="Elm", more="1")
        text = answer.content.decode()
        assert 'value="Elm"' in text and 'name="wishes_1_name"' in text
        assert not Wish.objects.exists()

    def test_the_page_says_who_reads_it_and_that_it_may_be_disclosed(self, head, address):
        words = words_of(head.get(address))
        assert "Other schools do not see it." in words
        assert "Freedom of Information Act" in words

    def test_its_last_answer_stands_in_the_form(self, head, address):
        say(head, address, wishes_0_name="Village 004", note="Thank you")
        text = head.get(address).content.decode()
        assert 'value="Village 004 Primary School"' in text and "Thank you" in text

    def test_somebody_named_to_prepare_reads_and_does_not_send(self, county, address):
        clerk = named_by(county.heads[0], county.schools[0], may_send=False)
        client = client_of(clerk)
        assert "You can read." in words_of(client.get(address))
        assert say(client, address).status_code == 403

    def test_another_head_and_the_officer_cannot_open_it(self, county, officer, address):
        assert officer.get(address).status_code == 403
        assert client_of(county.heads[1]).get(address).status_code == 403

    def test_after_the_closing_date_it_says_so_and_keeps_what_was_typed(self, head, address):
        Asking.objects.update(closes_on="2020-01-06")
        answer = say(head, address, wishes_0_name="Village 004")
        assert "The questions are closed." in words_of(answer)


class TestByLink:
    def test_from_the_letter_to_the_answer_without_signing_in(self, county, asking):
        address, client = link_in(county.heads[1]), Client()
        words = words_of(client.get(address))
        assert "You answer as: head" in words
        done = say(client, address, wishes_0_name="Village 004")
        assert "Your answer is recorded" in words_of(done)
        assert county.asked(asking, 1).wishes.count() == 1
        again = say(client, address)
        assert again.status_code == 404
        assert "This link no longer works." in words_of(again)

    def test_is_refused_to_another_person(self, county, asking, head):
        answer = head.get(link_in(county.heads[1]))
        assert answer.status_code == 403
        assert "made for another person" in words_of(answer)

    def test_a_forged_one_leads_nowhere(self, county, asking):
        address = link_in(county.heads[1])[:-2] + "xx"
        assert Client().get(address).status_code == 404

    def test_too_late_is_said_in_words(self, county, asking):
        address = link_in(county.heads[1])
        Asking.objects.update(closes_on="2020-01-06")
        assert "The questions are closed." in words_of(Client().get(address))


class TestTheOfficer:
    def test_asks_and_sees_who_has_no_sign_in(self, county, officer):
        address = reverse("ask_schools", args=[county.formation.pk])
        answer = officer.get(address)
        assert "9 schools have no headteacher who can sign in" in words_of(answer)
        assert "Answers until" not in words_of(answer)
        day = answer.context["form"].initial["closes_on"] if answer.context else None
        day = day or timezone.localdate()
        text = answer.content.decode()
        value = text.split('name="closes_on"')[1].split('value="')[1].split('"')[0]
        done = officer.post(address, {"closes_on": value}, follow=True)
        assert "The schools have been asked." in words_of(done)
        assert Asking.objects.get().asked.count() == 12

    def test_a_day_that_is_none_is_said(self, county, officer):
        address = reverse("ask_schools", args=[county.formation.pk])
        assert "This is not a day." in words_of(officer.post(address, {"closes_on": "soon"}))

    @pytest.mark.parametrize("day", ["1/1/2020", "1/9/2025"])
    def test_a_day_in_the_past_is_refused_and_kept_in_the_form(self, county, officer, day):
        address = reverse("ask_schools", args=[county.formation.pk])
        answer = officer.post(address, {"closes_on": day})
        assert "The closing date lies in the past." in words_of(answer)
        assert f'value="{day}"' in answer.content.decode()
        assert not Asking.objects.exists()

    def wished(self, county, asking):
        county_now = timezone.now()
        from clusterwork.clusters.services.asking import answer_asking

        answer_asking(
            person=county.heads[0], now=county_now, pk=county.asked(asking).pk,
            lines=[county.line("wishes", 1, because="We share a hall."),
                   county.line("wishes_not", 2)],
        )  # fmt: skip
        return list(Wish.objects.order_by("pk"))

    def test_decides_one_wish_after_the_other(self, county, officer, asking):
        first, second = self.wished(county, asking)
        words = words_of(page(officer, "wish", first.pk))
        assert "The school can change what it said until" in words
        close_asking(person=county.officer, now=timezone.now(), pk=asking.pk)
        answer = page(officer, "wish", first.pk)
        assert "“We share a hall.”" in words_of(answer)
        assert "The policy gives links no weight now" in words_of(answer)
        told = {"decision": "linked", "because": "Both gain"}
        done = officer.post(reverse("wish", args=[first.pk]), told, follow=True)
        assert done.redirect_chain[-1][0] == reverse("wish", args=[second.pk])
        done = officer.post(reverse("wish", args=[second.pk]), {"decision": "locked"}, follow=True)
        assert done.redirect_chain[-1][0] == reverse("asking", args=[asking.pk])
        assert "0 wishes are to be decided." in words_of(done)
        assert Lock.objects.get().kind == "apart"
        known = words_of(page(officer, "formation_known", county.formation.pk))
        assert "From what schools said (Link)" in known.replace(" (", " (")

    def test_takes_a_decision_back(self, county, officer, asking):
        first, _second = self.wished(county, asking)
        close_asking(person=county.officer, now=timezone.now(), pk=asking.pk)
        officer.post(reverse("wish", args=[first.pk]), {"decision": "locked"})
        officer.post(reverse("wish_reopen", args=[first.pk]))
        assert not Lock.objects.exists()
        assert Wish.objects.get(pk=first.pk).decision == ""

    def test_a_refused_decision_is_said_on_the_form(self, county, officer, asking):
        first, _second = self.wished(county, asking)
        answer = officer.post(reverse("wish", args=[first.pk]), {"decision": "linked"})
        assert "The schools can still change what they said." in words_of(answer)

    def test_reminds_at_most_once_a_day_and_says_so_on_the_page(self, county, officer, asking):
        answer = officer.post(reverse("asking_remind", args=[asking.pk]), follow=True)
        assert answer.redirect_chain == [(reverse("asking", args=[asking.pk]), 302)]
        assert "There is nobody to remind now." in words_of(answer)
        assert "Asking 1" in words_of(answer)

    def test_a_second_closing_is_said_on_the_page(self, officer, asking):
        address = reverse("asking_close", args=[asking.pk])
        officer.post(address, follow=True)
        again = officer.post(address, follow=True)
        assert "This asking has been closed already." in words_of(again)
        assert "can be decided now" not in words_of(again)

    def test_asks_nobody_once_the_clusters_are_confirmed(self, county, officer):
        Confirmation.objects.create(
            formation=county.formation, proposal=proposal_made(county), start_on="2027-09-01"
        )
        answer = officer.get(reverse("ask_schools", args=[county.formation.pk]))
        assert answer["Location"] == reverse("confirmed", args=[county.formation.pk])

    def test_no_page_of_a_school_shows_what_another_wished(self, county, head, officer, asking):
        self.wished(county, asking)
        other = client_of(county.heads[1])
        for name, *args in (("asked_of_you",), ("asked", county.asked(asking, 1).pk)):
            assert "We share a hall." not in words_of(page(other, name, *args))


class TestWaiting:
    def test_the_head_is_asked_until_she_has_answered(self, county, asking, head):
        (task,) = consulting_tasks(Viewer.of(county.heads[0]))
        assert (task.by, task.minutes, task.asked_by) == (asking.closes_on, 5, "Lincolnshire")
        say(head, task.address)
        assert consulting_tasks(Viewer.of(county.heads[0])) == []

    def test_the_officer_has_wishes_to_decide_once_it_is_over(self, county, asking, head):
        say(head, reverse("asked", args=[county.asked(asking).pk]), wishes_0_name="Village 004",
            wishes_not_0_name="Village 003")  # fmt: skip
        assert consulting_tasks(Viewer.of(county.officer)) == []
        close_asking(person=county.officer, now=timezone.now(), pk=asking.pk)
        (task,) = consulting_tasks(Viewer.of(county.officer))
        assert task.text == "Decide 2 wishes of schools"
