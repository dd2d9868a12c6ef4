"""Putting a proposal to its schools: when, to whom, once at a time; declines taken up."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from clusterwork.clusters.letters.consulting import PUT, PUT_AGAIN, WITHDRAWN
from clusterwork.clusters.models import Answer, Confirmation, Round
from clusterwork.clusters.outcomes import place_from
from clusterwork.clusters.selectors.rounds import counts_of, latest_answers, waiting_schools
from clusterwork.clusters.services import running
from clusterwork.clusters.services.rounds import (
    NotDeclined,
    PutAlready,
    RoundIsOver,
    StillAnswering,
    bring_back,
    close_round,
    publish_round,
    remind_round,
    take_out_declined,
    withdraw_round,
)
from clusterwork.clusters.services.unconfirmed import ConfirmedAlready
from clusterwork.clusters.services.writing import WrittenToToday
from clusterwork.clusters.tests.invented import proposal_made
from clusterwork.clusters.tests.made_consulting import CLOSES, OPENED, Consulted, at, link
from clusterwork.kernel.errors import NotAllowed, NotThere
from clusterwork.notify.models import Letter
from clusterwork.registry.models import Holiday
from clusterwork.registry.rules.school_weeks import ClosesOutsideSchool, ClosesTooSoon

pytestmark = pytest.mark.django_db
Kind = Answer.Kind
LATER = CLOSES + dt.timedelta(days=1)


@pytest.fixture
def county():
    return Consulted(n_schools=12)


def told(county, found, day=OPENED, **facts):
    return {"person": county.officer, "now": at(day), "pk": found.pk, **facts}


class TestPublishing:
    def test_a_round_and_a_letter_to_each_head(self, county):
        found = county.put()
        assert (found.number, counts_of(found).n_asked) == (1, 12)
        letters = Letter.objects.filter(template=PUT)
        assert letters.count() == 3
        assert letters[0].context["message"] == "Tell us what you think."
        assert "link" not in letters[0].context

    def test_never_closes_in_the_school_holidays(self, county):
        Holiday.objects.create(
            organisation=county.organisation, name="Training week",
            start_on=dt.date(2027, 1, 11), end_on=dt.date(2027, 1, 16),
        )  # fmt: skip
        with pytest.raises(ClosesOutsideSchool):
            county.put(closes_on=dt.date(2027, 1, 13))

    def test_gives_so_many_school_weeks(self, county):
        with pytest.raises(ClosesTooSoon):
            county.put(closes_on=dt.date(2026, 12, 4))
        assert county.put(closes_on=dt.date(2026, 12, 4), least_weeks=1).pk

    def test_one_at_a_time(self, county):
        county.put()
        with pytest.raises(PutAlready, match="Proposal: 1"):
            county.put()

    def test_the_database_refuses_two_open_ones(self, county):
        county.put()
        other = proposal_made(county)
        with pytest.raises(IntegrityError, match="round_one_open"), transaction.atomic():
            Round.objects.create(
                formation=county.formation, number=2, proposal=other, closes_on=CLOSES
            )

    def test_a_proposal_is_put_once(self, county):
        found = county.put()
        withdraw_round(**told(county, found, because="Wrong", link_for=link))
        with pytest.raises(PutAlready, match="before"):
            county.put(found.proposal)

    def test_a_proposal_that_was_not_made_cannot_be_put(self, county):
        with pytest.raises(NotThere):
            county.put(county.ask())

    def test_only_by_officers(self, county):
        proposal = proposal_made(county)
        with pytest.raises(NotAllowed):
            publish_round(
                person=county.heads[0], now=at(OPENED), pk=proposal.pk, closes_on=CLOSES,
                link_for=link,
            )  # fmt: skip

    def test_not_after_confirmation(self, county):
        proposal = proposal_made(county)
        Confirmation.objects.create(
            formation=county.formation, proposal=proposal, start_on=dt.date(2027, 9, 1)
        )
        with pytest.raises(ConfirmedAlready):
            county.put()
        with pytest.raises(ConfirmedAlready):
            county.ask_first()


class TestEnding:
    def test_closes_after_its_day(self, county):
        found = county.put()
        with pytest.raises(StillAnswering, match="2026-12-15"):
            close_round(**told(county, found))
        assert close_round(**told(county, found, LATER)).closed_at
        with pytest.raises(RoundIsOver):
            close_round(**told(county, found, LATER))

    def test_closes_before_it_when_all_have_answered(self):
        county = Consulted(n_schools=3)
        found = county.put()
        for at_school in range(3):
            county.answer(found, Kind.ACCEPT, at_school)
        assert close_round(**told(county, found)).closed_at

    def test_taken_back_tells_every_head_and_keeps_what_was_answered(self, county):
        found = county.put()
        county.answer(found, Kind.ACCEPT)
        withdraw_round(**told(county, found, because="A school was left out.", link_for=link))
        assert Letter.objects.filter(template=WITHDRAWN).count() == 3
        assert found.answers.count() == 1
        with pytest.raises(RoundIsOver):
            county.answer(found, Kind.DECLINE)

    def test_the_next_round_keeps_the_history(self, county):
        first = county.put()
        county.answer(first, Kind.ASK_TO_MOVE, comment="Too far")
        close_round(**told(county, first, LATER))
        second = county.put(now=dt.date(2027, 1, 5), closes_on=dt.date(2027, 1, 29))
        assert second.number == 2
        assert latest_answers(first) and not latest_answers(second)


class TestReminding:
    def remind(self, county, found, days):
        day = OPENED + dt.timedelta(days=days)
        return remind_round(**told(county, found, day, link_for=link))

    def test_at_most_once_a_day_and_only_those_who_have_not_answered(self, county):
        found = county.put()
        county.answer(found, Kind.ACCEPT)
        with pytest.raises(WrittenToToday):
            self.remind(county, found, 0)
        assert self.remind(county, found, 1) == 2
        with pytest.raises(WrittenToToday):
            self.remind(county, found, 1)
        assert self.remind(county, found, 2) == 2
        assert Letter.objects.filter(template=PUT_AGAIN).count() == 4

    def test_not_when_it_is_over(self, county):
        found = county.put()
        with pytest.raises(RoundIsOver):
            self.remind(county, found, 40)


class TestDeclined:
    def declined(self, county):
        found = county.put()
        county.answer(found, Kind.DECLINE, comment="We are content as we are.")
        return found

    def test_is_left_out_of_the_next_proposal_and_listed_in_none(self, county):
        found = self.declined(county)
        school = county.schools[0]
        assert take_out_declined(**told(county, found)) == [school.pk]
        proposal = county.ask()
        running.work_on(proposal.pk)
        place = proposal.places.get(school=school)
        assert place.cluster is None and place_from(place.reason).rule == "declined"
        assert take_out_declined(**told(county, found)) == []

    def test_is_neither_asked_nor_reminded_again_but_may_ask_to_come_back(self, county):
        found = self.declined(county)
        take_out_declined(**told(county, found))
        withdraw_round(**told(county, found, because="", link_for=link))
        second = county.put()
        assert county.schools[0] not in waiting_schools(second)
        assert counts_of(second).n_asked == 11
        wanted = second.proposal.clusters.get(number=1)
        county.answer(second, Kind.ASK_TO_MOVE, wanted=wanted)
        assert counts_of(second).n_asked == 12

    def test_comes_back(self, county):
        found = self.declined(county)
        school = county.schools[0]
        take_out_declined(**told(county, found, school_ids=[school.pk]))
        told_back = {"person": county.officer, "now": at(OPENED), "pk": county.formation.pk}
        assert bring_back(**told_back, school_pk=school.pk).declined_at is None
        with pytest.raises(NotDeclined):
            bring_back(**told_back, school_pk=school.pk)

    def test_nobody_is_left_out_who_did_not_decline_in_the_end(self, county):
        found = self.declined(county)
        county.answer(found, Kind.ACCEPT)
        assert take_out_declined(**told(county, found)) == []
