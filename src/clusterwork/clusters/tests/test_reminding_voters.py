"""Those who have not voted hear of it once, some days before the vote ends."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from clusterwork.accounts.models import Role
from clusterwork.audit.models import Entry
from clusterwork.clusters.letters.deciding import STILL_TO_VOTE
from clusterwork.clusters.models import Decision
from clusterwork.clusters.rules.reminding import reminder_on
from clusterwork.clusters.services.deciding import withdraw_decision
from clusterwork.clusters.services.reminding_voters import remind_voters
from clusterwork.clusters.tests.made_decisions import TODAY, VOTE_BY, Deciding, day, link_for
from clusterwork.notify.letters import written
from clusterwork.notify.models import Letter

DUE = VOTE_BY - dt.timedelta(days=3)
days = st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1))


class TestTheDayOfTheReminder:
    @pytest.mark.parametrize(
        ("open_for", "before"), [(5, 3), (7, 3), (27, 3), (28, 7), (90, 7), (4, None), (0, None)]
    )
    def test_is_three_days_before_and_a_week_for_long_votes(self, open_for, before):
        end = TODAY + dt.timedelta(open_for)
        expected = end - dt.timedelta(before) if before else None
        assert reminder_on(TODAY, end) == expected

    def test_is_never_where_there_is_no_last_day(self):
        assert reminder_on(TODAY, None) is None

    @given(days, st.integers(0, 400))
    def test_always_lies_between_asking_and_the_last_day(self, asked, n):
        end = asked + dt.timedelta(n)
        found = reminder_on(asked, end)
        assert found is None or asked + dt.timedelta(2) <= found < end


@pytest.fixture
def made(db: None) -> Deciding:
    return Deciding()


def remind(on: dt.date = DUE) -> int:
    return remind_voters(day=on, link_for=link_for)


def reminded() -> set[int]:
    return set(Letter.objects.filter(template=STILL_TO_VOTE).values_list("person_id", flat=True))


class TestReminding:
    def test_writes_to_those_who_have_not_voted_and_to_nobody_else(self, made):
        decision = made.propose()
        made.say(decision, 0)
        made.say(decision, 1, "abstain")
        assert remind() == 4
        assert reminded() == {each.pk for each in made.heads[2:]}
        entry = Entry.objects.get(verb="decision.remind", subject_id=decision.pk)
        assert entry.actor_id is None

    def test_never_comes_before_its_day(self, made):
        made.propose()
        assert remind(DUE - dt.timedelta(days=1)) == 0

    def test_never_comes_twice(self, made):
        made.propose()
        assert remind() == 6
        assert remind() == 0
        assert remind(VOTE_BY) == 0

    def test_comes_late_where_the_worker_stood_still_but_not_after_the_last_day(self, made):
        made.propose()
        made.propose(title="Another", vote_by=VOTE_BY + dt.timedelta(days=1))
        assert remind(VOTE_BY + dt.timedelta(days=1)) == 6
        assert Letter.objects.filter(template=STILL_TO_VOTE).count() == 6

    def test_goes_to_whom_the_head_named_to_send_and_to_no_other_delegate(self, made):
        made.propose()
        sender = made.delegate(made.six[2], made.heads[2])
        assert remind() == 7
        assert sender.pk in reminded()

    def test_never_goes_to_a_delegate_who_may_not_send(self, made):
        made.propose()
        made.delegate(made.six[2], made.heads[2], may_send=False)
        assert remind() == 6

    def test_never_goes_to_the_delegate_of_a_head_who_has_gone(self, made):
        made.propose()
        made.delegate(made.six[2], made.heads[2])
        Role.objects.filter(person=made.heads[2]).update(end_on=DUE)
        assert remind() == 5

    def test_is_of_open_votes_only(self, made):
        decision = made.propose()
        withdraw_decision(person=made.coordinator, day=TODAY, pk=decision.pk)
        assert remind() == 0

    def test_writes_nothing_where_every_school_has_voted(self, made):
        decision = made.propose()
        for number in range(6):
            made.say(decision, number)
        assert remind() == 0

    def test_says_until_when_and_where(self, made):
        decision = made.propose()
        remind()
        letter = Letter.objects.filter(template=STILL_TO_VOTE).first()
        subject, text = written(letter.template, letter.context)
        assert subject == "Your school has not voted yet: A joint reading week"
        assert link_for(decision.pk, "en-gb") in text or "/decisions/" in text

    def test_the_database_holds_it_before_the_last_day(self, made):
        decision = made.propose()
        with pytest.raises(IntegrityError), transaction.atomic():
            Decision.objects.filter(pk=decision.pk).update(remind_on=day(7))
