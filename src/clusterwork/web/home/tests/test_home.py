"""Home: what waits comes first, soonest first; below it stand one's schools and clusters."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from clusterwork.api.tests.made import Asked
from clusterwork.audit.services import record
from clusterwork.kernel.messages import Message
from clusterwork.web.home.waiting import details, heading, soonest_first
from clusterwork.web.tasks import Task

TODAY = dt.date(2026, 11, 22)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def task(text="Answer", days=None, **facts):
    by = None if days is None else TODAY + dt.timedelta(days=days)
    return Task(text, "School: Fen", "/", "To do", by=by, **facts)


class TestWhatWaits:
    def test_comes_soonest_first_and_without_a_day_last(self):
        given = [task("c"), task("b", 9), task("a", 2)]
        assert [each.text for each in soonest_first(given)] == ["a", "b", "c"]

    @pytest.mark.parametrize(
        ("given", "said"),
        [
            ([], "Nothing waits for you."),
            ([task(days=6), task(days=-3), task(days=7)], "2 things need you this week."),
            ([task(days=7)], "One thing waits for you."),
            ([task(), task()], "2 things wait for you."),
        ],
    )
    def test_is_counted_in_the_heading(self, given, said):
        assert heading(given, TODAY) == said

    def test_says_from_whom_by_when_and_how_long(self):
        told = details(task(days=0, minutes=5, asked_by="Olwen"))
        assert told == "School: Fen. Asked by: Olwen. By: 22 November 2026. About 5 minutes."


@pytest.mark.django_db
class TestBelow:
    def opened(self, person, settings):
        settings.SECOND_FACTOR_REQUIRED = False
        client = Client()
        client.force_login(person, backend=BACKEND)
        return client.get(reverse("home")).content.decode()

    def test_a_head_sees_her_school_its_cluster_and_what_changed(self, settings):
        asked = Asked()
        head = asked.head(0)
        for actor, text in ((asked.county.officer, "They did"), (head, "She did")):
            record(actor=actor, verb="x", subject=asked.cluster, summary=Message(text))
        page = self.opened(head, settings)
        assert "Wold" in page
        assert "They did" in page
        assert "She did" not in page

    def test_nobody_learns_there_who_declined_to_found_a_cluster(self, settings):
        asked = Asked()
        said = {"verb": "founding.answer", "subject": asked.cluster}
        record(actor=asked.county.officer, summary=Message("Does not join: Fen"), **said)
        assert "Does not join" not in self.opened(asked.head(0), settings)

    def test_a_school_in_none_says_so(self, settings):
        assert "in no cluster today" in self.opened(Asked().head(3), settings)
