"""Saying what a school needs, and reading it beside others, in the browser."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clusterwork.clusters.models import Appointment
from clusterwork.plans.models import Need, NeedsAsking, NeedsStatement
from clusterwork.plans.tests.made_needs import YEAR, a_person, day
from clusterwork.registry.models import Census
from clusterwork.web.clusters.tests.conftest import client_of, words_of
from clusterwork.web.navigation import Viewer
from clusterwork.web.plans.needs.tasks import needs_tasks

pytestmark = pytest.mark.django_db
LINE = {"kind": "priority", "area": "literacy", "text": "Boys’ writing"}


def of(six, number: int = 0, name: str = "school_needs_year") -> str:
    return reverse(name, args=[six.six[number].pk, YEAR])


class TestTheSchoolsPage:
    def test_is_where_its_address_without_a_year_leads(self, six, head):
        answer = head.get(reverse("school_needs", args=[six.six[0].pk]))
        assert answer["Location"] == of(six)

    def test_says_what_will_be_here_and_how_to_say_nothing(self, six, head):
        words = words_of(head.get(of(six)))
        assert "nothing is written yet" in words
        assert "Send: nothing to add" in words
        assert "The authority does not" in words

    def test_has_the_schools_own_figures_beside(self, six, head):
        Census.objects.filter(school=six.six[0]).delete()
        assert "holds no figures of your school yet" in words_of(head.get(of(six)))
        Census.objects.create(school=six.six[0], year=2026, pupils=83, fsm_share=0.315)
        words = words_of(head.get(of(six)))
        assert "Pupils on roll 83" in words
        assert "31.5%" in words

    def test_offers_last_years_lines_to_be_kept_with_one_press(self, six, head):
        six.last_year(0, "Reading", "Attendance")
        assert "What you wrote for 2025/26" in words_of(head.get(of(six)))
        first = Need.objects.get(text="Reading")
        answer = head.post(of(six, 0, "needs_keep"), {"line": first.pk}, follow=True)
        words = words_of(answer)
        assert "1 of 1 lines is kept from an earlier year" in words
        assert "kept from 2025/26" in words
        head.post(of(six, 0, "needs_keep"))
        words = words_of(head.get(of(six)))
        assert "2 of 2 lines are kept" in words
        assert "What you wrote for 2025/26" not in words

    def test_takes_lines_and_sends_them(self, six, head):
        answer = head.post(of(six, 0, "need_new"), LINE, follow=True)
        assert "a draft of one line, not sent yet" in words_of(answer)
        answer = head.post(of(six, 0, "needs_send"), follow=True)
        words = words_of(answer)
        assert "one line, sent to the cluster" in words
        assert "Take it back" in words
        neighbour = client_of(six.heads[1])
        assert "Boys’ writing" in words_of(neighbour.get(of(six)))
        answer = head.post(of(six, 0, "needs_take_back"), follow=True)
        assert "It is a draft again" in words_of(answer)
        assert "Boys’ writing" not in words_of(neighbour.get(of(six)))

    def test_has_nothing_to_add(self, six, head):
        answer = head.post(of(six, 0, "needs_send"), {"nothing": "1"}, follow=True)
        assert "the school has nothing to add" in words_of(answer)

    def test_does_not_let_who_prepares_send(self, six):
        link = a_person("Lena Link")
        six.appoint(Appointment.Role.LINK_PERSON, "Lena", email=link.email, school=six.six[0])
        client = client_of(link)
        client.post(of(six, 0, "need_new"), LINE)
        words = words_of(client.get(of(six)))
        assert "The headteacher sends it" in words
        assert "Send to the cluster" not in words
        assert client.post(of(six, 0, "needs_send")).status_code == 403

    @pytest.mark.parametrize("year", [1066, 9999])
    def test_of_a_year_that_never_was_is_not_there(self, six, head, year):
        address = reverse("school_needs_year", args=[six.six[0].pk, year])
        assert head.get(address).status_code == 404

    def test_of_an_old_year_can_only_be_read(self, six, head):
        six.last_year(0, "Reading")
        address = reverse("school_needs_year", args=[six.six[0].pk, YEAR - 1])
        words = words_of(head.get(address))
        assert "Reading" in words
        assert "Add a priority" not in words


class TestALine:
    def test_keeps_what_was_typed_when_refused(self, six, head):
        sent = {"kind": "voice", "area": "wellbeing", "text": "More clubs, they say"}
        answer = head.post(of(six, 0, "need_new"), sent)
        assert "Choose who told you." in words_of(answer)
        assert "More clubs, they say" in answer.content.decode()

    def test_of_a_pasted_book_says_how_much_is_kept(self, six, head):
        answer = head.post(of(six, 0, "need_new"), {**LINE, "text": "x" * 6_000})
        assert "longer than the 5000 characters" in words_of(answer)

    def test_changed_by_two_at_once_shows_both(self, six, head):
        line = six.write(0, "Reading")
        address = reverse("need_change", args=[line.pk])
        head.post(address, {**LINE, "text": "Reading in Year 3", "seen": "Reading"})
        answer = head.post(address, {**LINE, "text": "Reading for boys", "seen": "Reading"})
        words = words_of(answer)
        assert "It now says: Reading in Year 3" in words
        assert "Reading for boys" in answer.content.decode()
        again = {**LINE, "text": "Reading for boys in Year 3", "seen": "Reading in Year 3"}
        assert head.post(address, again)["Location"] == of(six)

    def test_is_removed(self, six, head):
        line = six.write(0, "Reading")
        head.post(reverse("need_remove", args=[line.pk]))
        assert not Need.objects.exists()

    def test_is_nobody_elses(self, six):
        line = six.write(0, "Reading")
        neighbour = client_of(six.heads[1])
        assert neighbour.get(reverse("need_change", args=[line.pk])).status_code == 403


class TestAskingTheSchools:
    def test_shows_who_has_not_answered(self, six, coordinator, officer):
        six.write(0, "Reading")
        six.send(0)
        page = reverse("cluster_needs", args=[six.cluster.pk])
        words = words_of(coordinator.get(page))
        assert "1 of 6 have answered" in words
        assert words.count("Not answered") == 5
        words = words_of(officer.get(page))
        assert "Answered" in words
        assert of(six) not in officer.get(page).content.decode()

    def test_takes_one_page(self, six, coordinator):
        address = reverse("needs_ask", args=[six.cluster.pk])
        answer = coordinator.post(address, {"year": YEAR, "by": day(-3).isoformat()})
        assert "The last day for answers has gone" in words_of(answer)
        answer = coordinator.post(address, {"year": YEAR, "by": day(14).isoformat()}, follow=True)
        assert "The schools are asked" in words_of(answer)
        assert NeedsAsking.objects.get().by == day(14)
        answer = coordinator.post(reverse("needs_remind", args=[six.cluster.pk]), follow=True)
        assert "written to today already" in words_of(answer)

    def test_waits_at_home_until_sent(self, six, coordinator):
        address = reverse("needs_ask", args=[six.cluster.pk])
        coordinator.post(address, {"year": YEAR, "by": day(14).isoformat()})
        (task,) = needs_tasks(Viewer.of(six.heads[0]))
        assert task.text == f"Say what your school needs: {six.six[0]}"
        assert (task.address, task.by) == (of(six), day(14))
        six.send(0, nothing_to_add=True)
        assert needs_tasks(Viewer.of(six.heads[0])) == []
        assert needs_tasks(Viewer.of(six.officer)) == []


class TestTheMatrix:
    def test_puts_needs_beside_strengths_in_words(self, six, head):
        six.write(0, "Boys’ writing", area="literacy")
        six.write(1, "Our reading scheme", "strength", area="literacy")
        six.write(1, "A resource base for autism", "context", area="needs")
        six.write(1, "Longer lunch", "voice", told_by="pupils")
        for number in (0, 1):
            six.send(number)
        words = words_of(head.get(reverse("needs_matrix", args=[six.cluster.pk])))
        assert "Named most as a need: Literacy (1 of 2 schools)" in words
        assert "A strength can meet a need" in words
        assert "A resource base for autism" in words
        assert f"{six.six[1]} (Pupils): Longer lunch" in words

    def test_says_what_will_be_here(self, six, head):
        words = words_of(head.get(reverse("needs_matrix", args=[six.cluster.pk])))
        assert "no school has sent a need or a strength yet" in words

    def test_never_shows_a_draft_or_anything_to_the_officer(self, six, head, officer):
        six.write(1, "Our secret worry")
        address = reverse("needs_matrix", args=[six.cluster.pk])
        assert "Our secret worry" not in words_of(head.get(address))
        assert officer.get(address).status_code == 403

    def test_shortens_a_long_text_and_keeps_the_whole_of_it_behind_a_press(self, six, head):
        long = "Reading aloud at home. " * 60 + "The very end."
        six.write(0, long)
        six.write(1, "A line or two.")
        for number in (0, 1):
            six.send(number)
        answer = head.get(reverse("needs_matrix", args=[six.cluster.pk]))
        page = " ".join(answer.content.decode().split())
        at_once, behind = page.split("The whole of it", 1)
        assert "Reading aloud at home." in at_once and "The very end." not in at_once
        assert "The very end." in behind
        assert page.count("<details") == 1 and "A line or two." in page

    def test_speaks_of_one_school_as_one(self, six, head):
        six.write(0, "Reading")
        six.send(0)
        words = words_of(head.get(reverse("needs_matrix", args=[six.cluster.pk])))
        assert "(1 of one school)" in words

    def test_asks_the_database_no_more_for_more_schools(self, six, head):
        address = reverse("needs_matrix", args=[six.cluster.pk])
        for number in range(6):
            for n in range(8):
                area = list(Need.Area.values)[n]
                six.write(number, f"Line {n}", ("priority", "strength")[n % 2], area=area)
            six.send(number)
        with CaptureQueriesContext(connection) as asked:
            assert head.get(address).status_code == 200
        assert len(asked) <= 30


class TestTheProfile:
    def test_pools_pupils_over_pupils(self, six, head):
        NeedsStatement.objects.all().delete()
        Census.objects.all().delete()
        for number, (pupils, share) in enumerate(((50, 0.4), (150, 0.2))):
            Census.objects.create(school=six.six[number], year=2026, pupils=pupils, fsm_share=share)
        words = words_of(head.get(reverse("needs_profile", args=[six.cluster.pk])))
        assert "200 (a school: 100)" in words
        assert "Eligible for free school meals: 25.0%" in words

    def test_says_when_nothing_is_known(self, six, head):
        Census.objects.all().delete()
        words = words_of(head.get(reverse("needs_profile", args=[six.cluster.pk])))
        assert "The register holds no figures of these schools yet" in words
