"""A proposal put to its schools, in the browser."""

import csv
import datetime as dt
import io

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clusterwork.accounts.models import Person, Role
from clusterwork.clusters.models import Answer, FormationLink, Reply, Round
from clusterwork.clusters.selectors.closing import suggested_closing
from clusterwork.clusters.services.confirming import confirm_formation
from clusterwork.clusters.services.running import work_on
from clusterwork.clusters.tests.invented import proposal_made
from clusterwork.clusters.tests.made_consulting import Consulted, head_of, named_by
from clusterwork.registry.models import Organisation, School
from clusterwork.web.clusters.consulting.shown.for_schools import SAID_TO_SCHOOLS, for_schools
from clusterwork.web.clusters.consulting.tasks import consulting_tasks
from clusterwork.web.clusters.consulting.tests.conftest import ask_now, link_in, page, put_now
from clusterwork.web.clusters.tests.conftest import client_of, words_of
from clusterwork.web.formats import day as written_day
from clusterwork.web.navigation import Viewer

pytestmark = pytest.mark.django_db


def own(county, found, at_school=0):
    return reverse("own_place", args=[found.pk, county.schools[at_school].pk])


class TestPutting:
    def put(self, county, officer, proposal, **facts):
        day = suggested_closing(county.organisation, timezone.localdate(), 3)
        told = {"least_weeks": "3", "closes_on": day.strftime("%d/%m/%Y"), "message": "Hello"}
        return officer.post(
            reverse("round_new", args=[proposal.pk]), {**told, **facts}, follow=True
        )

    def test_from_the_proposal_to_the_round(self, county, officer):
        proposal = proposal_made(county)
        words = words_of(page(officer, "round_new", proposal.pk))
        assert "12 schools see their places and answer." in words
        words = words_of(self.put(county, officer, proposal))
        assert "The proposal is with the schools." in words
        assert "0 of 12 schools have answered." in words
        assert "12 schools have not answered. 9 of them have no headteacher" in words

    def test_too_few_school_weeks_are_refused_with_the_earliest_day(self, county, officer):
        proposal = proposal_made(county)
        words = words_of(self.put(county, officer, proposal, least_weeks="12"))
        assert "The closing date comes too soon." in words
        assert "The earliest day that can be chosen" in words
        assert ">Hello</textarea>" in self.put(
            county, officer, proposal, least_weeks="12"
        ).content.decode().replace("\r\n", "").replace("\n", "")

    def test_a_second_one_is_refused(self, county, officer, found):
        words = words_of(self.put(county, officer, proposal_made(county)))
        assert "A proposal of this exercise is with the schools already." in words

    def test_warns_while_the_schools_can_still_answer_the_two_questions(self, county, officer):
        proposal = proposal_made(county)
        said = "The schools can still answer the two questions."
        assert said not in words_of(page(officer, "round_new", proposal.pk))
        ask_now(county)
        assert said in words_of(page(officer, "round_new", proposal.pk))


class TestTheHeadsPage:
    def test_shows_her_place_before_anything_else(self, county, head, found):
        words = words_of(head.get(own(county, found)))
        order = ["Your place: cluster 1", "Your partners in cluster 1", "Minutes from you",
                 "Why here", "The best alternative", "All clusters of the proposal",
                 "What does your school answer?"]  # fmt: skip
        places = [words.index(text) for text in order]
        assert places == sorted(places)

    def test_says_who_reads_the_answer_and_that_it_may_be_disclosed(self, county, head, found):
        words = words_of(head.get(own(county, found)))
        assert "Programme officers read your answer. Other schools do not see it." in words
        assert "Freedom of Information Act" in words
        assert "Tell us what you think." in words

    def test_shows_nothing_of_strengths_or_wishes(self, county):
        """A real proposal under the rule that each cluster has a school that can contribute."""
        county.formation.chosen.filter(school__in=county.schools[3:6]).update(contributes=True)
        number = county.set_policy(require={"contributing": True}, weights={"links": 50.0})
        one, two = county.schools[:2]
        FormationLink.objects.create(formation=county.formation, school=one, other=two)
        proposal = county.ask(policy=number)
        work_on(proposal.pk)
        found = put_now(county, proposal)
        for at_school in range(12):
            person = head_of(county.schools[at_school], f"any{at_school}")
            words = words_of(client_of(person).get(own(county, found, at_school)))
            assert "Your place" in words
            for word in (
                "ontribut",
                "Free school meals",
                "link that was accepted",
                "policy weighs",
            ):
                assert word not in words, at_school

    def test_a_rule_about_contributing_or_a_decision_is_left_unsaid(self):
        secret = {"template": "No contributing school among them. Schools: %(schools)s."}
        said = {"template": min(SAID_TO_SCHOOLS)}
        partner = {"school": 1, "name": "Elm", "through": ""}
        best = {"against": [secret, said], "links_cut": [partner], "cost": 9.0, "travel": 4.0}
        reason = {"links_kept": [partner], "links_cut": [], "held_by": ["apart"], "next_best": best}
        kept, more = for_schools(reason)
        assert more and kept["next_best"]["against"] == [said]
        assert kept["links_kept"] == kept["next_best"]["links_cut"] == kept["held_by"] == []
        assert kept["next_best"]["cost"] == 4.0

    def test_the_four_answers(self, county, head, found):
        wanted = found.proposal.clusters.get(number=2)
        for told, text in (
            ({"kind": "accept"}, "Accept"),
            ({"kind": "accept_with_comment", "comment": "Thank you"}, "Thank you"),
            ({"kind": "ask_to_move", "wanted": wanted.pk, "why": "Nearer"}, "To cluster 2."),
            ({"kind": "decline"}, "Decline"),
        ):
            words = words_of(head.post(own(county, found), told, follow=True))
            assert "Your answer is recorded." in words and text in words
        assert found.answers.count() == 4
        assert "Earlier answers" in words

    def test_what_is_missing_is_said_and_what_was_typed_is_kept(self, county, head, found):
        answer = head.post(own(county, found), {"kind": "ask_to_move", "reason": "Typed before"})
        assert "Say where to, or why." in words_of(answer)
        assert "Typed before" in answer.content.decode()
        assert "Choose one of the four answers." in words_of(head.post(own(county, found), {}))

    def test_the_officer_reads_what_the_school_reads_and_does_not_answer(
        self, county, officer, found
    ):
        words = words_of(officer.get(own(county, found)))
        assert "Only the school answers." in words and "What does your school answer?" not in words
        assert officer.post(own(county, found), {"kind": "accept"}).status_code == 403

    def test_another_head_is_refused_in_words(self, county, found):
        answer = client_of(county.heads[1]).get(own(county, found))
        assert answer.status_code == 403
        assert "Its headteacher can" in words_of(answer)

    def test_after_the_closing_date(self, county, head, found):
        Round.objects.update(closes_on="2020-01-06")
        words = words_of(head.get(own(county, found)))
        assert "Answers to this proposal are closed." in words
        late = words_of(head.post(own(county, found), {"kind": "accept"}))
        assert "They were taken until: 6 January 2020." in late

    def test_the_officers_reply_is_shown(self, county, head, found):
        head.post(own(county, found), {"kind": "ask_to_move", "why": "Nearer"})
        Reply.objects.create(
            answer=Answer.objects.get(), outcome="not_granted", text="The other is full.",
            cost_to_asker="Ten minutes more.", by=county.officer,
        )  # fmt: skip
        words = words_of(head.get(own(county, found)))
        assert "Not granted" in words and "The other is full." in words
        assert "Ten minutes more." in words

    def test_a_reply_that_was_sent_can_be_read_and_not_changed(self, county, officer, head, found):
        head.post(own(county, found), {"kind": "ask_to_move", "why": "Nearer"})
        assert "Answer it" in words_of(page(officer, "round", found.pk))
        Reply.objects.create(
            answer=Answer.objects.get(), outcome="not_granted", text="It is full.",
            by=county.officer,
        )  # fmt: skip
        words = words_of(page(officer, "round", found.pk))
        assert "Read the answer" in words
        assert "Change :" not in words and "Answer it" not in words

    def test_all_clusters_with_her_own_marked(self, county, head, found):
        words = words_of(page(head, "whole_round", found.pk))
        assert "2 clusters are proposed." in words and "Village 000 Primary School Yours" in words
        told = page(head, "whole_round_map", found.pk).json()
        address = told["schools"]["features"][0]["properties"]["address"]
        assert address == reverse("school", args=[county.schools[0].pk])

    def test_a_head_of_several_schools_sees_each(self, county, found):
        head_of(county.schools[4], "both")
        person = head_of(county.schools[5], "both")
        words = words_of(page(client_of(person), "asked_of_you"))
        assert "Village 004" in words and "Village 005" in words
        assert len(consulting_tasks(Viewer.of(person))) == 2


class TestByLink:
    def test_a_link_needs_no_second_step_of_signing_in(self, county, found, settings):
        settings.SECOND_FACTOR_REQUIRED = True
        address, client = link_in(county.heads[1]), client_of(county.heads[1])
        assert client.get(address).status_code == 200

    def test_from_the_letter_to_the_answer_without_signing_in(self, county, found):
        address, client = link_in(county.heads[1]), Client()
        words = words_of(client.get(address))
        assert "Your place: cluster 1" in words and "You answer as" in words
        done = client.post(address, {"kind": "decline", "reason": "We are well as we are."})
        assert "Your answer is recorded" in words_of(done)
        answer = found.answers.get()
        assert (answer.school, answer.by_link) == (county.schools[1], True)
        again = client.get(address)
        assert again.status_code == 404 and "This link no longer works." in words_of(again)

    def test_is_refused_to_another_person_who_is_signed_in(self, county, head, found):
        answer = head.post(link_in(county.heads[1]), {"kind": "accept"})
        assert answer.status_code == 403 and not found.answers.exists()

    def test_an_unfinished_answer_does_not_use_it_up(self, county, found):
        address, client = link_in(county.heads[1]), Client()
        assert "Say where to, or why." in words_of(client.post(address, {"kind": "ask_to_move"}))
        assert client.post(address, {"kind": "accept"}).status_code == 200
        assert found.answers.count() == 1


class TestTheOfficer:
    @pytest.fixture
    def answered(self, county, found):
        for at_school, told in enumerate(
            ({"kind": "accept"}, {"kind": "ask_to_move", "why": "=Nearer()"}, {"kind": "decline"})
        ):
            client_of(county.heads[at_school]).post(own(county, found, at_school), told)
        return found

    def test_counts_and_filters(self, county, officer, answered):
        words = words_of(page(officer, "round", answered.pk))
        assert (
            "3 of 12 schools have answered: one accepts; one asks to move; one declines." in words
        )
        words = words_of(page(officer, "round", answered.pk, answer="decline"))
        assert "Village 002" in words and "Village 001" not in words
        assert "Village 005" in words_of(page(officer, "round", answered.pk, answer="waiting"))

    def test_the_same_rows_as_csv_and_no_formula(self, officer, answered):
        answer = page(officer, "round_csv", answered.pk, answer="ask_to_move")
        text = b"".join(answer.streaming_content).decode("utf-8-sig")
        (row,) = csv.DictReader(io.StringIO(text))
        assert row["answer"] == "ask_to_move" and row["comment"] == "'=Nearer()"

    def test_one_school_with_all_that_it_answered(self, county, officer, answered):
        client_of(county.heads[1]).post(own(county, answered, 1), {"kind": "accept"})
        words = words_of(page(officer, "round_school", answered.pk, county.schools[1].pk))
        assert "Its answer Accept" in words and "Earlier answer: 1 Ask to move" in words

    def test_reminds_closes_and_takes_back(self, county, officer, answered):
        reminding = officer.post(reverse("round_remind", args=[answered.pk]), follow=True)
        assert "There is nobody to remind now." in words_of(reminding)
        assert "schools have answered" in words_of(reminding)
        closing = officer.post(reverse("round_close", args=[answered.pk]), follow=True)
        assert "Schools still have time to answer." in words_of(closing)
        address = reverse("round_withdraw", args=[answered.pk])
        assert "Write why" in words_of(officer.post(address, {"because": ""}))
        done = officer.post(address, {"because": "A school was forgotten."}, follow=True)
        assert "the schools are told" in words_of(done)

    def test_a_school_that_declined_comes_back(self, county, officer, answered):
        county.formation.chosen.filter(school=county.schools[2]).update(declined_at=timezone.now())
        words = words_of(page(officer, "schools_answers", county.formation.pk))
        assert "Left out because they declined" in words
        officer.post(reverse("declined_back", args=[county.formation.pk, county.schools[2].pk]))
        assert not county.formation.chosen.filter(declined_at__isnull=False).exists()

    def test_the_steps_of_the_exercise(self, county, officer, answered):
        words = words_of(page(officer, "formation", county.formation.pk))
        assert "Put a proposal to the schools" in words and "3 of 12 answered, until" in words

    def test_a_round_whose_day_has_passed_waits_to_be_closed(self, county, answered):
        assert consulting_tasks(Viewer.of(county.officer)) == []
        Round.objects.update(closes_on="2020-01-06")
        (task,) = consulting_tasks(Viewer.of(county.officer))
        assert task.address == reverse("round", args=[answered.pk])


class TestWaiting:
    def test_the_head_and_whoever_may_send_until_one_has_answered(self, county, head, found):
        deputy = named_by(county.heads[0], county.schools[0])
        clerk = named_by(county.heads[0], county.schools[0], name="Clerk", may_send=False)
        (task,) = consulting_tasks(Viewer.of(deputy))
        assert (task.by, task.address) == (found.closes_on, own(county, found))
        assert consulting_tasks(Viewer.of(clerk)) == []
        head.post(own(county, found), {"kind": "accept"})
        assert consulting_tasks(Viewer.of(deputy)) == []


class TestAfterConfirming:
    @pytest.fixture
    def confirmed(self, county, found):
        now = timezone.now()
        close_at = timezone.localdate() - dt.timedelta(days=1)
        Round.objects.update(closed_at=now, closes_on=close_at)
        return confirm_formation(
            person=county.officer, day=timezone.localdate(), pk=county.formation.pk,
            proposal_pk=found.proposal_id, start_on=timezone.localdate() + dt.timedelta(days=40),
            names={1: "Wickertoft", 2: "Boston"}, link_for=lambda pk, language: f"/{pk}",
        )  # fmt: skip

    def test_her_place_begins_with_the_cluster_its_day_and_a_link(
        self, county, head, found, confirmed
    ):
        cluster = confirmed.clusters.get(proposed__number=1).cluster
        for address in (own(county, found), reverse("whole_round", args=[found.pk])):
            answer = head.get(address)
            words = words_of(answer)
            assert "Wickertoft" in words and "First day:" in words
            assert reverse("cluster", args=[cluster.pk]) in answer.content.decode()
            assert "What stands below is the earlier proposal." in words

    def test_her_home_and_the_schools_page_say_from_when(self, county, head, confirmed):
        said = f"From {written_day(confirmed.start_on)}: Wickertoft"
        assert said in words_of(page(head, "home"))
        assert said in words_of(page(head, "school", county.schools[0].pk))

    def test_a_past_day_knows_nothing_of_it(self, county, head, confirmed):
        words = words_of(page(head, "school", county.schools[0].pk, on="2026-01-05"))
        assert "Wickertoft" not in words


class TestTheDiocese:
    @pytest.fixture
    def bishop(self, county):
        School.objects.filter(pk=county.schools[0].pk).update(diocese="Diocese of Lincoln")
        diocese = Organisation.objects.create(kind="diocese", name="Diocese of Lincoln")
        person = Person.objects.create_user("beth@example.org", "x" * 20, name="Beth")
        Role.objects.create(
            person=person, kind="partner", organisation=diocese, start_on="2020-01-01"
        )
        return person

    def test_sees_its_schools_and_comments(self, county, found, bishop, head):
        client = client_of(bishop)
        (task,) = consulting_tasks(Viewer.of(bishop))
        words = words_of(client.get(task.address))
        assert "One school of your diocese." in words and "Village 001" not in words
        address = reverse("diocese_place", args=[found.pk, county.schools[0].pk])
        assert "This is what the school sees." in words_of(client.get(address))
        client.post(address, {"text": "Both our schools should stay together."})
        assert "Both our schools" in words_of(head.get(own(county, found)))
        assert consulting_tasks(Viewer.of(bishop)) == []

    def test_sees_no_answer_of_a_school(self, county, found, bishop, head):
        head.post(own(county, found), {"kind": "decline", "reason": "Between us"})
        client = client_of(bishop)
        for name, *args in (
            ("diocese_places", found.pk),
            ("diocese_place", found.pk, county.schools[0].pk),
            ("whole_round", found.pk),
        ):
            assert "Between us" not in words_of(page(client, name, *args))

    def test_another_diocese_is_refused(self, county, found, bishop):
        other = reverse("diocese_place", args=[found.pk, county.schools[1].pk])
        assert client_of(bishop).get(other).status_code == 404
        Organisation.objects.filter(kind="diocese").update(name="Diocese of York")
        answer = page(client_of(bishop), "diocese_places", found.pk)
        assert answer.status_code == 403


class TestQueries:
    def test_every_page_stays_below_thirty(self, django_assert_max_num_queries):
        county = Consulted(n_schools=285)
        asking_pk = ask_now(county).pk
        found = put_now(county)
        officer, head = client_of(county.officer), client_of(county.heads[0])
        formation, school = county.formation.pk, county.schools[0].pk
        pages = [
            (officer, "schools_answers", formation),
            (officer, "asking", asking_pk),
            (officer, "round", found.pk),
            (officer, "round_csv", found.pk),
            (officer, "round_school", found.pk, school),
            (officer, "formation", formation),
            (head, "own_place", found.pk, school),
            (head, "whole_round", found.pk),
            (head, "whole_round_map", found.pk),
            (head, "asked_of_you"),
            (head, "home"),
        ]
        for client, name, *args in pages:
            with django_assert_max_num_queries(29):
                answer = page(client, name, *args)
                b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert answer.status_code == 200, name
