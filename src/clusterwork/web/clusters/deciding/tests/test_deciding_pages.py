"""Proposals, votes and results in the browser."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from clusterwork.clusters.models import Decision
from clusterwork.clusters.services.deciding import share_decision
from clusterwork.clusters.tests.made_decisions import TODAY, VOTE_BY, a_person, day
from clusterwork.web.clusters.deciding.tasks import deciding_tasks
from clusterwork.web.clusters.tests.conftest import client_of, words_of
from clusterwork.web.navigation import Viewer

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC)


def page(decision: Decision) -> str:
    return reverse("decision", args=[decision.pk])


def listed(made) -> str:
    return reverse("cluster_decisions", args=[made.cluster.pk])


class TestTheList:
    def test_says_what_is_open_and_shows_each_with_its_count(self, made) -> None:
        made.said("aaaaoo", title="A joint post")
        made.propose()
        words = words_of(client_of(made.head).get(listed(made)))
        assert "One proposal is open for votes." in words
        assert "A joint post" in words and "A joint reading week" in words

    def test_filters_are_links_and_the_file_has_the_same_rows(self, made) -> None:
        made.said("aaaaoo", title="A joint post")
        made.propose()
        client = client_of(made.head)
        assert "A joint post" not in words_of(client.get(listed(made), {"state": "open"}))
        address = reverse("decisions_csv", args=[made.cluster.pk])
        told = b"".join(client.get(address, {"state": "agreed"}).streaming_content).decode()
        assert "A joint post" in told and "reading week" not in told
        assert "Enough agreed. Agreed: 4, objected: 2." in told

    def test_the_organisation_sees_what_is_shared_and_a_stranger_nothing(self, made) -> None:
        decision = made.said("aaaaoo", title="A joint post")
        stranger = client_of(a_person("Else", "headteacher", school=made.schools[7]))
        officer = client_of(made.officer)
        assert "A joint post" not in words_of(officer.get(listed(made)))
        assert officer.get(page(decision)).status_code == 403
        share_decision(person=made.coordinator, day=TODAY, now=NOW, pk=decision.pk)
        assert "A joint post" in words_of(officer.get(listed(made)))
        assert "It costs too much." in words_of(officer.get(page(decision)))
        assert "A joint post" not in words_of(stranger.get(listed(made)))
        assert stranger.get(page(decision)).status_code == 403

    def test_an_earlier_day_shows_what_was_open_then(self, made) -> None:
        made.said("aaaass", title="A joint post")
        answer = client_of(made.head).get(listed(made), {"on": day(2).isoformat()})
        words = words_of(answer)
        assert "Open for votes" in words
        yesterday = words_of(client_of(made.head).get(listed(made), {"on": day(-1).isoformat()}))
        assert "A joint post" not in yesterday

    def test_takes_few_queries_however_many_there_are(
        self, made, django_assert_max_num_queries
    ) -> None:
        for number in range(8):
            made.propose(number % 6)
        client = client_of(made.head)
        client.get(listed(made))
        with django_assert_max_num_queries(30):
            client.get(listed(made))


class TestProposing:
    def test_takes_one_page_and_leads_to_the_proposal(self, made) -> None:
        address = reverse("decision_propose", args=[made.cluster.pk])
        sent = {
            "title": "A joint post",
            "text": "One teacher of Welsh.",
            "about": "money",
            "school": made.six[0].pk,
            "vote_by": "28/11/2026",
        }
        answer = client_of(made.head).post(address, sent)
        decision = Decision.objects.get()
        assert answer["Location"] == page(decision)
        assert (decision.proposed_school, decision.vote_by) == (made.six[0], VOTE_BY)

    def test_what_was_refused_stays_typed(self, made) -> None:
        address = reverse("decision_propose", args=[made.cluster.pk])
        sent = {
            "title": "A joint post",
            "text": "One teacher.",
            "about": "other",
            "school": made.six[0].pk,
            "vote_by": "1/11/2026",
        }
        words = words_of(client_of(made.head).post(address, sent))
        assert "The last day for votes has gone. Choose today or a later day." in words
        assert "One teacher." in words

    def test_an_amendment_shows_the_objections_to_answer(self, made) -> None:
        decision = made.said("aaooo-")
        answer = client_of(made.head).get(reverse("decision_amend", args=[decision.pk]))
        words = words_of(answer)
        assert "Objections to the earlier proposal" in words
        assert words.count("It costs too much.") == 3
        assert "A joint reading week" in answer.content.decode()


class TestVoting:
    def test_a_head_votes_and_changes_her_vote(self, made) -> None:
        decision, client = made.propose(), client_of(made.heads[1])
        address = reverse("decision_vote", args=[decision.pk, made.six[1].pk])
        assert "Your school has not voted yet" in words_of(client.get(page(decision)))
        client.post(address, {"answer": "object", "reason": "Too soon."})
        assert "Your school has said" in words_of(client.get(page(decision)))
        assert "Too soon." in client.get(address).content.decode()
        client.post(address, {"answer": "agree"})
        assert decision.votes.get().answer == "agree"

    def test_an_objection_without_a_reason_comes_back(self, made) -> None:
        decision, client = made.propose(), client_of(made.heads[1])
        address = reverse("decision_vote", args=[decision.pk, made.six[1].pk])
        words = words_of(client.post(address, {"answer": "object"}))
        assert "Write why your school objects." in words

    def test_nobody_votes_for_another_school(self, made) -> None:
        decision = made.propose()
        address = reverse("decision_vote", args=[decision.pk, made.six[2].pk])
        answer = client_of(made.heads[1]).post(address, {"answer": "agree"})
        assert answer.status_code == 403
        assert "whoever she has named to send for her" in words_of(answer)

    def test_the_head_of_another_clusters_school_reads_nothing_by_way_of_voting(self, made) -> None:
        decision, other = made.propose(), made.schools[7]
        stranger = client_of(a_person("Else", "headteacher", school=other))
        answer = stranger.get(reverse("decision_vote", args=[decision.pk, other.pk]))
        assert answer.status_code == 403
        assert decision.text not in words_of(answer)

    def test_closing_too_early_says_until_when(self, made) -> None:
        decision = made.propose()
        answer = client_of(made.coordinator).post(reverse("decision_close", args=[decision.pk]))
        assert "Votes are open until 28 November 2026." in words_of(answer)


class TestTheResult:
    def test_names_who_was_there_who_objected_and_why(self, made) -> None:
        decision = made.said("aaao--")
        answer = client_of(made.heads[3]).get(page(decision))
        words = words_of(answer)
        assert "Enough agreed. Agreed: 3, objected: 1." in words
        assert "It costs too much." in words
        assert "Dee Moss" in words

    def test_recording_a_meeting_takes_one_page(self, made) -> None:
        sent = {
            "title": "A joint post",
            "text": "One teacher.",
            "about": "other",
            "on": TODAY.isoformat(),
            "proposed": made.six[2].pk,
        }
        for number, school in enumerate(made.six[:4]):
            sent |= {
                f"s{school.pk}_by": "head",
                f"s{school.pk}_name": f"Head {number}",
                f"s{school.pk}_answer": "object" if number == 3 else "agree",
                f"s{school.pk}_reason": "Too soon." if number == 3 else "",
            }
        address = reverse("decision_record", args=[made.cluster.pk])
        answer = client_of(made.coordinator).post(address, sent)
        decision = Decision.objects.get()
        assert answer["Location"] == page(decision)
        assert (decision.state, decision.presences.count()) == ("agreed", 4)

    def test_a_vote_of_somebody_who_may_not_decide_is_shown_at_its_field(self, made) -> None:
        school = made.six[0]
        sent = {
            "title": "A",
            "text": "B",
            "about": "other",
            "on": TODAY.isoformat(),
            f"s{school.pk}_by": "attender",
            f"s{school.pk}_answer": "agree",
        }
        address = reverse("decision_record", args=[made.cluster.pk])
        answer = client_of(made.coordinator).post(address, sent)
        assert "Somebody who may not decide has no vote." in words_of(answer)
        assert f'href="#id_s{school.pk}_answer"' in answer.content.decode()

    def test_is_shared_with_one_press(self, made) -> None:
        decision = made.said("aaaaaa")
        client_of(made.coordinator).post(reverse("decision_share", args=[decision.pk]))
        decision.refresh_from_db()
        assert decision.shared_by == made.coordinator


class TestAtHome:
    def test_a_head_is_asked_for_her_vote_until_she_has_voted(self, made) -> None:
        decision = made.propose()
        (task,) = deciding_tasks(Viewer.of(made.heads[1]))
        assert task.text == "Vote by 28 November 2026: A joint reading week"
        made.say(decision, 1)
        assert not deciding_tasks(Viewer.of(made.heads[1]))

    def test_the_coordinator_is_asked_to_close_what_is_over(self, made, monkeypatch) -> None:
        made.propose()
        assert not deciding_tasks(Viewer.of(made.coordinator))
        monkeypatch.setattr(
            "clusterwork.web.clusters.deciding.tasks.today", lambda: VOTE_BY + dt.timedelta(1)
        )
        (task,) = deciding_tasks(Viewer.of(made.coordinator))
        assert task.text == "Close the vote: A joint reading week"
