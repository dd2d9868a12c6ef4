"""Signed links: for one purpose, one person, one subject, once, in time."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction

from clusterwork.accounts.models import AnswerLink
from clusterwork.accounts.services.answer_links import (
    LinkLeadsNowhere,
    look,
    make_answer_link,
    redeem,
)
from clusterwork.accounts.tests import made

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def person():
    return made.person()


@pytest.fixture
def token(person):
    return make_answer_link(purpose="agree", person=person, subject=person, now=NOW)


class TestALink:
    def test_shows_any_number_of_times_and_answers_once(self, token, person):
        assert look(token, now=NOW).person == person
        assert look(token, now=NOW).used_at is None
        assert redeem(token, now=NOW).subject_id == person.pk
        with pytest.raises(LinkLeadsNowhere):
            redeem(token, now=NOW)
        with pytest.raises(LinkLeadsNowhere):
            look(token, now=NOW)

    def test_still_holds_when_the_answer_fails(self, token):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            redeem(token, now=NOW)
            _ = 1 / 0
        assert redeem(token, now=NOW)

    def test_ends_by_itself(self, token):
        day = dt.timedelta(days=1)
        assert look(token, now=NOW + 14 * day - dt.timedelta(seconds=1))
        with pytest.raises(LinkLeadsNowhere):
            redeem(token, now=NOW + 14 * day)

    @pytest.mark.parametrize(
        "change",
        [
            lambda token: token.replace("agree", "refuse"),
            lambda token: token[:-1] + ("A" if token[-1] != "A" else "B"),
            lambda token: token.replace(".", ".1", 1),
            lambda token: "",
            lambda token: "agree.1",
        ],
    )
    def test_forged_leads_nowhere(self, token, change):
        with pytest.raises(LinkLeadsNowhere):
            look(change(token), now=NOW)

    def test_signature_of_one_purpose_is_none_of_another(self, token, person):
        make_answer_link(purpose="pay", person=person, subject=person, now=NOW)
        swapped = "pay." + token.removeprefix("agree.")
        with pytest.raises(LinkLeadsNowhere):
            look(swapped, now=NOW)

    def test_of_somebody_shut_out_leads_nowhere(self, token, person):
        type(person).objects.update(is_active=False)
        with pytest.raises(LinkLeadsNowhere):
            look(token, now=NOW)

    def test_keeps_no_secret_in_the_table(self, token):
        signature = token.partition("~")[2]
        assert signature
        assert signature not in str(AnswerLink.objects.values().get())
