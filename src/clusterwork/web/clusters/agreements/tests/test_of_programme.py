"""The agreements of all clusters of a programme in one table, today and on another day."""

from __future__ import annotations

import datetime as dt

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clusterwork.clusters.models import Participation, Programme
from clusterwork.clusters.tests.made import officer as an_officer
from clusterwork.clusters.tests.made import organisation
from clusterwork.web.clusters.agreements.tests.test_as_at import signed_over_time
from clusterwork.web.clusters.tests.conftest import client_of, words_of

BEGUN = dt.date(2020, 1, 1)


def programme_of(five, *clusters, organisation=None) -> Programme:
    made = Programme.objects.create(
        organisation=organisation or five.organisation, name="Small schools", starts_on=BEGUN
    )
    for each in clusters or (five.cluster,):
        day = max(BEGUN, each.start_on)
        Participation.objects.create(cluster=each, programme=made, start_on=day)
    return made


def address(programme: Programme, days_ago: int | None = None) -> str:
    found = f"/programmes/{programme.pk}/agreements/"
    if days_ago is None:
        return found
    day = timezone.localdate() - dt.timedelta(days_ago)
    return f"{found}?on={day.isoformat()}"


class TestTheAgreementsOfAProgramme:
    def test_say_what_is_in_force_and_who_has_not_signed(self, five, officer):
        programme = programme_of(five)
        words = words_of(officer.get(address(programme)))
        assert "Memorandum of understanding in force: 0 of one cluster." in words
        version = five.put(now=timezone.now())
        five.sign_for(version, 0, timezone.now())
        words = words_of(officer.get(address(programme)))
        assert "1 of 5 schools have signed." in words
        assert f"Not signed yet: {five.five[1]}" in words
        for n in range(1, 5):
            five.sign_for(version, n, timezone.now())
        words = words_of(officer.get(address(programme)))
        assert "Memorandum of understanding in force: 1 of one cluster." in words
        assert "Not signed yet" not in words and "None in force" in words

    def test_are_shown_as_they_stood_on_another_day(self, five, officer):
        programme = programme_of(five)
        signed_over_time(five)
        assert "in force: 1 of one cluster." in words_of(officer.get(address(programme)))
        before = words_of(officer.get(address(programme, 7)))
        assert "in force: 0 of one cluster." in before and "1 of 5 schools have signed." in before
        assert "schools have signed" not in words_of(officer.get(address(programme, 11)))

    def test_keep_a_draft_to_its_cluster(self, five, officer):
        programme = programme_of(five)
        five.draft()
        assert "schools have signed" not in words_of(officer.get(address(programme)))

    def test_of_anothers_cluster_leave_out_who_has_signed(self, five):
        other = organisation("Other")
        programme = programme_of(five, organisation=other)
        signed_over_time(five)
        words = words_of(client_of(an_officer(other, "Eve")).get(address(programme)))
        assert "in force: 1 of one cluster." in words
        assert "schools have signed" not in words
        assert "known to their own officers" in words

    def test_are_for_officers(self, five, head):
        assert head.get(address(programme_of(five))).status_code == 403

    def test_take_no_more_questions_to_the_database_for_more_clusters(self, five, officer):
        others = [five.open(name, five.schools[5:]) for name in ("Fens", "Marsh")]
        programme = programme_of(five, five.cluster, *others)
        five.put(now=timezone.now())
        with CaptureQueriesContext(connection) as asked:
            assert officer.get(address(programme)).status_code == 200
        assert len(asked) <= 30
