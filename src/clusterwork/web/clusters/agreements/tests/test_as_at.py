"""A cluster's agreements as at another day: what was in force, and who had signed."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from clusterwork.clusters.models import AgreementVersion
from clusterwork.clusters.selectors.signing import n_signed, signing_of
from clusterwork.web.clusters.tests.conftest import words_of


def days_ago(n: int) -> dt.datetime:
    return timezone.now() - dt.timedelta(n)


def on(five, days: int) -> str:
    day = timezone.localdate() - dt.timedelta(days)
    return f"/clusters/{five.cluster.pk}/agreements/?on={day.isoformat()}"


def signed_over_time(five) -> AgreementVersion:
    """Begun twelve days ago and put to the schools ten, signed by one eight days ago and by all
    six days ago."""
    for who in (five.who, five.as_chair):
        who["day"] = timezone.localdate(days_ago(12))
    version = five.put(now=days_ago(10))
    AgreementVersion.objects.filter(pk=version.pk).update(drafted_at=days_ago(12))
    five.sign_for(version, 0, days_ago(8))
    for n in range(1, 5):
        five.sign_for(version, n, days_ago(6))
    version.refresh_from_db()
    return version


class TestAnotherDay:
    def test_shows_what_was_in_force_and_who_had_signed_by_then(self, five, head):
        signed_over_time(five)
        assert "One agreement is in force." in words_of(head.get(on(five, 6)))
        before = words_of(head.get(on(five, 7)))
        assert "No agreement is in force yet." in before
        assert "1 of 5 schools have signed." in before
        assert "0 of 5 schools have signed." in words_of(head.get(on(five, 9)))

    def test_says_where_there_was_none(self, five, head):
        signed_over_time(five)
        assert "There was none on this day." in words_of(head.get(on(five, 13)))

    def test_of_the_past_is_marked_and_has_nothing_to_press(self, five, head):
        signed_over_time(five)
        answer = head.get(on(five, 5))
        assert "This page cannot be edited." in words_of(answer)
        page = answer.content.decode()
        assert "agreements/data_sharing/new" not in page
        assert "/letter" not in page
        assert "Begin a new version" not in words_of(answer)

    def test_of_a_draft_is_for_the_clusters_own_people(self, five, head, officer):
        signed_over_time(five)
        assert "Draft" in words_of(head.get(on(five, 11)))
        assert "Draft" not in words_of(officer.get(on(five, 11)))

    def test_keeps_a_version_that_was_replaced_later(self, five, head):
        version = signed_over_time(five)
        AgreementVersion.objects.filter(pk=version.pk).update(
            state="superseded", ended_on=timezone.localdate(days_ago(2))
        )
        assert "One agreement is in force." in words_of(head.get(on(five, 3)))
        then = words_of(head.get(on(five, 2)))
        assert "No agreement is in force yet." in then
        assert "One earlier version" in then

    def test_is_counted_by_the_days_of_the_signatures(self, five):
        version = signed_over_time(five)
        counts = [n_signed(signing_of(version, timezone.localdate(days_ago(n)))) for n in (9, 7, 6)]
        assert counts == [(0, 5), (1, 5), (5, 5)]

    def test_that_cannot_be_read_shows_today_and_says_why(self, five, head):
        answer = head.get(f"/clusters/{five.cluster.pk}/agreements/?on=x")
        assert "Enter a date as day/month/year" in words_of(answer)
