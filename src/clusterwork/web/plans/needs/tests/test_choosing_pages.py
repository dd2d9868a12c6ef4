"""Proposing, ranking and deciding together, in the browser."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clusterwork.clusters.models import Membership
from clusterwork.plans.models import Candidate, Choosing, Ranking
from clusterwork.plans.selectors.choosing import chosen_candidates
from clusterwork.plans.tests.made_needs import START, TODAY, day
from clusterwork.web.clusters.tests.conftest import client_of, words_of
from clusterwork.web.navigation import Viewer
from clusterwork.web.plans.needs.tasks import needs_tasks

pytestmark = pytest.mark.django_db


def page(choosing: Choosing, name: str = "choosing", *more: int) -> str:
    return reverse(name, args=[choosing.pk, *more])


def typed(client, six, choosing: Choosing, number: int, **told: str) -> dict[str, str]:
    """What a browser sends from the ranking page with these fields changed."""
    answer = client.get(page(choosing, "priorities_rank", six.six[number].pk))
    seen = answer.content.decode().split('name="seen" value="')[1].split('"')[0]
    return {"seen": seen, **told}


class TestStarting:
    def test_is_one_page_and_then_everybody_can_propose(self, six, head, coordinator):
        address = reverse("choosing_start", args=[six.cluster.pk])
        assert head.get(address).status_code == 403
        sent = {"start_on": "2027-09-01", "end_on": "2029-08-31"}
        answer = coordinator.post(address, sent, follow=True)
        words = words_of(answer)
        assert "from 1 September 2027 to 31 August 2029" in words
        assert "Priorities are being proposed" in words
        answer = coordinator.post(address, sent)
        assert "choosing its priorities already" in words_of(answer)

    def test_says_who_can_where_nothing_is_under_way(self, six, head):
        words = words_of(head.get(reverse("cluster_choosing", args=[six.cluster.pk])))
        assert "The chair, coordinator or clerk starts it" in words


class TestProposing:
    def test_keeps_what_was_typed_when_refused(self, six, head):
        choosing = six.choose()
        answer = head.post(
            page(choosing, "priority_propose"), {"title": "Welsh", "text": "Why", "area": "welsh"}
        )
        assert "Choose at least one school" in words_of(answer)
        assert 'value="Welsh"' in answer.content.decode()

    def test_serves_every_school_or_some(self, six, head):
        choosing = six.choose()
        sent = {"title": "Welsh", "text": "", "area": "welsh", "every": "on"}
        answer = head.post(page(choosing, "priority_propose"), sent, follow=True)
        assert "Serves: every school" in words_of(answer)
        assert Candidate.objects.get().school == six.six[0]

    def test_straight_from_its_needs_is_one_press(self, six, head):
        line = six.write(0, "Boys’ writing", area="literacy")
        six.send(0)
        choosing = six.choose()
        assert "Propose this" in words_of(head.get(page(choosing)))
        sent = {"school": six.six[0].pk, "need": line.pk}
        answer = head.post(page(choosing, "priority_from_need"), sent, follow=True)
        words = words_of(answer)
        assert "in the words of your statement" in words
        assert "(from its statement)" in words
        assert "Propose this" not in words
        answer = head.post(page(choosing, "priority_from_need"), sent, follow=True)
        assert "has been proposed already" in words_of(answer)

    def test_offers_only_what_was_sent_last(self, six, head):
        six.last_year(0, "What we said a year ago")
        choosing = six.choose()
        assert "What we said a year ago" in words_of(head.get(page(choosing)))
        line = six.write(0, "What we say now")
        six.send(0)
        assert "What we said a year ago" not in words_of(head.get(page(choosing)))
        sent = {"school": six.six[0].pk, "need": line.pk}
        words = words_of(head.post(page(choosing, "priority_from_need"), sent, follow=True))
        assert "From what your school has sent" not in words

    def test_of_a_line_that_is_gone_says_so(self, six, head):
        choosing = six.choose()
        sent = {"school": six.six[0].pk, "need": "999999999"}
        answer = head.post(page(choosing, "priority_from_need"), sent, follow=True)
        assert "This priority is not in what your school has sent" in words_of(answer)

    def test_by_the_coordinator_is_nobodys_school(self, six, coordinator):
        choosing = six.choose()
        sent = {"title": "Welsh", "area": "welsh", "every": "on"}
        coordinator.post(page(choosing, "priority_propose"), sent)
        assert Candidate.objects.get().school is None

    def test_is_changed_and_withdrawn_only_by_its_own(self, six, head):
        choosing = six.choose()
        made = six.put_forward(choosing, 0, "Attendance")
        theirs = six.put_forward(choosing, 1, "Welsh")
        sent = {"title": "Fridays", "area": "attendance", "serves": [six.six[2].pk]}
        head.post(reverse("priority_change", args=[made.pk]), sent)
        made.refresh_from_db()
        assert made.title == "Fridays"
        assert head.post(reverse("priority_withdraw", args=[theirs.pk])).status_code == 403
        head.post(reverse("priority_withdraw", args=[made.pk]))
        assert "One proposed priority" in words_of(head.get(page(choosing)))


class TestRanking:
    def test_needs_no_script_and_may_be_partial(self, six, head):
        choosing, (reading, welsh, _other) = six.asked("Reading", "Welsh", "Attendance")
        fields = {f"place_{welsh.pk}": "1", f"comment_{reading.pk}": "Not alone."}
        sent = typed(head, six, choosing, 0, **fields)
        address = page(choosing, "priorities_rank", six.six[0].pk)
        answer = head.post(address, sent, follow=True)
        assert "Your school’s ranking is kept" in words_of(answer)
        assert Ranking.objects.get(candidate=welsh).place == 1
        assert "1 of 6 schools have ranked or commented" in words_of(answer)

    def test_says_which_two_share_a_place_and_keeps_what_was_typed(self, six, head):
        choosing, (reading, welsh) = six.asked("Reading", "Welsh")
        fields = {f"place_{each.pk}": "1" for each in (reading, welsh)}
        sent = typed(head, six, choosing, 0, **fields, **{f"comment_{welsh.pk}": "Ours"})
        answer = head.post(page(choosing, "priorities_rank", six.six[0].pk), sent)
        words = words_of(answer)
        assert "Two priorities have the same place: 1." in words
        assert "They are: Reading; Welsh." in words
        assert "Ours" in answer.content.decode()
        assert answer.content.decode().count("selected") >= 2

    def test_by_two_at_once_shows_both_and_takes_the_second_press(self, six, head):
        choosing, (reading, welsh) = six.asked("Reading", "Welsh")
        address = page(choosing, "priorities_rank", six.six[0].pk)
        mine = typed(head, six, choosing, 0, **{f"place_{welsh.pk}": "1"})
        six.rank(choosing, 0, reading, welsh)
        answer = head.post(address, mine)
        words = words_of(answer)
        assert "Something has changed since you opened this page" in words
        assert "Kept now: place 1" in words
        seen = answer.content.decode().split('name="seen" value="')[1].split('"')[0]
        assert head.post(address, {**mine, "seen": seen}).status_code == 302
        assert Ranking.objects.get(candidate=welsh, school=six.six[0]).place == 1

    def test_for_a_school_that_has_left_says_why(self, six, head):
        choosing, (reading, _welsh) = six.asked("Reading", "Welsh")
        sent = typed(head, six, choosing, 0, **{f"place_{reading.pk}": "1"})
        Membership.objects.filter(school=six.six[0]).update(end_on=TODAY)
        answer = head.post(page(choosing, "priorities_rank", six.six[0].pk), sent)
        assert "This school is not in the cluster today" in words_of(answer)

    def test_waits_at_home(self, six):
        choosing, (reading, _welsh) = six.asked("Reading", "Welsh")
        (task,) = needs_tasks(Viewer.of(six.heads[0]))
        assert task.text == f"Rank the priorities: {six.six[0]}"
        assert task.by == day(10)
        six.rank(choosing, 0, reading)
        assert needs_tasks(Viewer.of(six.heads[0])) == []


class TestTheResult:
    def test_shows_spread_agreement_dissent_and_whom_none_serves(self, six, head):
        choosing = six.choose()
        reading = six.put_forward(choosing, 0, "Reading", 0, 1, 2)
        welsh = six.put_forward(choosing, 3, "Welsh", 3)
        other = six.put_forward(choosing, 4, "Attendance", 4)
        six.ask(choosing)
        six.rank(choosing, 0, reading, welsh, other)
        six.rank(choosing, 1, reading, other, welsh, comments={other.pk: "Ours too"})
        six.rank(choosing, 3, welsh)
        words = words_of(head.get(page(choosing, "choosing_result"), {"leading": "1"}))
        assert "First by mean place: Reading (1.5)" in words
        assert "3 of 6 schools have ranked" in words
        assert "Agreement (Kendall’s W)" in words
        assert f"Served by none of the first 1: {six.six[3]}, {six.six[4]}, {six.six[5]}" in words
        assert f"{six.six[1]}: Ours too" in words

    def test_without_a_ranking_claims_nothing(self, six, head):
        choosing, _made = six.asked("Reading", "Welsh")
        words = words_of(head.get(page(choosing, "choosing_result")))
        assert "No school has ranked yet" in words
        assert "Kendall" not in words

    def test_asks_the_database_no_more_for_twelve_priorities(self, six, head):
        choosing = six.choose()
        made = [six.put_forward(choosing, 0, f"Priority {n}", 0, 1, 2) for n in range(12)]
        six.ask(choosing)
        for number in range(6):
            six.rank(choosing, number, *made, comments={each.pk: "Yes" for each in made})
        for name in ("choosing", "choosing_result"):
            with CaptureQueriesContext(connection) as asked:
                assert head.get(page(choosing, name)).status_code == 200
            assert len(asked) <= 30, name


class TestDeciding:
    def test_goes_from_the_ranking_to_the_plan(self, six, head, coordinator):
        choosing, (reading, welsh) = six.asked("Reading", "Welsh")
        six.rank(choosing, 0, welsh, reading)
        address = page(choosing, "choosing_put")
        assert head.get(address).status_code == 403
        answer = coordinator.post(address, {"priorities": [reading.pk, welsh.pk]}, follow=True)
        assert "The schools are voting on" in words_of(answer)
        choosing.refresh_from_db()
        assert choosing.decision.text.startswith("1. Welsh\n2. Reading")
        for number in range(6):
            six.say(choosing.decision, number)
        answer = coordinator.post(page(choosing, "choosing_settle"), follow=True)
        words = words_of(answer)
        assert "The priorities are chosen, and ready for the plan" in words
        assert "What the cluster chose" in words
        assert chosen_candidates(six.cluster, START) == [welsh, reading]

    def test_that_is_not_agreed_says_what_comes_next(self, six, coordinator):
        choosing, (reading, _welsh) = six.asked("Reading", "Welsh")
        coordinator.post(page(choosing, "choosing_put"), {"priorities": [reading.pk]})
        choosing.refresh_from_db()
        for number in range(6):
            six.say(choosing.decision, number, "object")
        answer = coordinator.post(page(choosing, "choosing_settle"), follow=True)
        assert "The cluster did not agree" in words_of(answer)

    def test_while_votes_come_in_is_told_to_wait(self, six, coordinator):
        choosing, (reading, _welsh) = six.asked("Reading", "Welsh")
        sent = {"priorities": [reading.pk], "vote_by": day(5).isoformat()}
        coordinator.post(page(choosing, "choosing_put"), sent)
        answer = coordinator.post(page(choosing, "choosing_settle"), follow=True)
        assert "The schools are voting on" in words_of(answer)
        choosing.refresh_from_db()
        assert choosing.state == "ranking"

    def test_of_nothing_keeps_the_words(self, six, coordinator):
        choosing, _made = six.asked("Reading", "Welsh")
        answer = coordinator.post(page(choosing, "choosing_put"), {"text": "For two years"})
        assert "Choose at least one priority" in words_of(answer)
        assert "For two years" in answer.content.decode()

    def test_is_closed_to_the_authority(self, six, officer):
        choosing, _made = six.asked("Reading", "Welsh")
        for name in ("choosing", "choosing_result", "choosing_put"):
            assert officer.get(page(choosing, name)).status_code == 403
        assert client_of(six.adviser).get(page(choosing)).status_code == 403
