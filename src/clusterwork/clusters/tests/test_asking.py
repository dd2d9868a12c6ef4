"""Asking first: who is asked and written to, who answers, and what only the officer reads."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from clusterwork.accounts.models import AnswerLink
from clusterwork.accounts.services.answer_links import LinkLeadsNowhere
from clusterwork.audit.selectors import entries_about
from clusterwork.clusters.letters.consulting import ASKED, ASKED_AGAIN
from clusterwork.clusters.models import Asking, Wish
from clusterwork.clusters.selectors.askings import askings_of
from clusterwork.clusters.services.asking import (
    AskedAlready,
    AskingIsOver,
    NobodyToAsk,
    WishNotPossible,
    answer_asking,
    answer_asking_by_link,
    close_asking,
    open_asking,
    remind_asked,
)
from clusterwork.clusters.services.writing import WrittenToToday
from clusterwork.clusters.tests.made_consulting import (
    OPENED,
    SOON,
    Consulted,
    at,
    head_of,
    link,
    named_by,
)
from clusterwork.kernel.errors import NotAllowed
from clusterwork.notify.models import Letter
from clusterwork.notify.seal import unseal
from clusterwork.registry.rules.school_weeks import ClosesInThePast, ClosesOutsideSchool

pytestmark = pytest.mark.django_db
WORKS, WISHES, NOT = Wish.Kind.WORKS_WITH, Wish.Kind.WISHES, Wish.Kind.WISHES_NOT


@pytest.fixture
def county():
    return Consulted(n_schools=5)


def token_of(person, template=ASKED):
    letter = Letter.objects.filter(template=template, person_id=person.pk).last()
    return unseal(letter.sealed)["link"].rsplit("/", 1)[1]


class TestOpening:
    def test_every_chosen_school_is_asked_and_every_head_written_to(self, county):
        asking = county.ask_first()
        assert asking.asked.count() == 5
        assert Letter.objects.filter(template=ASKED).count() == 3
        (counted,) = askings_of(county.formation)
        assert (counted.n_asked, counted.n_answered) == (5, 0)

    def test_a_second_is_refused_while_one_is_open(self, county):
        county.ask_first()
        with pytest.raises(AskedAlready):
            county.ask_first()

    def test_the_database_refuses_two_open_ones(self, county):
        county.ask_first()
        with pytest.raises(IntegrityError, match="asking_one_open"), transaction.atomic():
            Asking.objects.create(formation=county.formation, number=9, closes_on=SOON)

    def test_nobody_chosen_is_nobody_to_ask(self, county):
        county.formation.chosen.all().delete()
        with pytest.raises(NobodyToAsk):
            county.ask_first()

    def test_never_closes_in_the_holidays(self, county):
        with pytest.raises(ClosesOutsideSchool):
            county.ask_first(closes_on=dt.date(2026, 12, 29))

    @pytest.mark.parametrize("day", [OPENED - dt.timedelta(days=3), dt.date(2020, 1, 1)])
    def test_never_closes_before_it_opens(self, county, day):
        with pytest.raises(ClosesInThePast):
            county.ask_first(closes_on=day)
        assert not Asking.objects.exists()

    def test_only_officers_open_one(self, county):
        with pytest.raises(NotAllowed):
            open_asking(
                person=county.heads[0], now=at(OPENED), pk=county.formation.pk, closes_on=SOON,
                link_for=link,
            )  # fmt: skip


class TestAnswering:
    def test_the_head_names_schools_of_the_register_and_others(self, county):
        asking = county.ask_first()
        lines = [county.line(WORKS, 1, because="We share a cook."), county.line(WISHES, "Elm")]
        asked = county.say(asking, lines)
        assert [(each.kind, each.other, each.name) for each in asked.wishes.order_by("pk")] == [
            (WORKS, county.schools[1], ""),
            (WISHES, None, "Elm"),
        ]

    def test_a_later_answer_takes_the_place_of_the_first(self, county):
        asking = county.ask_first()
        county.wish(asking, WISHES, 1)
        asked = county.wish(asking, NOT, 2)
        (wish,) = asked.wishes.all()
        assert wish.kind == NOT
        verbs = [entry.verb for entry in entries_about(county.formation)]
        assert verbs[:2] == ["asking.answer", "asking.answer"]

    def test_to_have_no_wish_is_an_answer(self, county):
        asking = county.ask_first()
        asked = county.say(asking, [])
        assert asked.answered_at and not asked.wishes.exists()

    def test_somebody_named_to_send_answers(self, county):
        deputy = named_by(county.heads[0], county.schools[0])
        asked = county.asked(county.ask_first())
        answer_asking(person=deputy, now=at(OPENED), pk=asked.pk, lines=[])
        asked.refresh_from_db()
        assert asked.answered_by == deputy

    def test_somebody_named_to_prepare_only_does_not(self, county):
        clerk = named_by(county.heads[0], county.schools[0], may_send=False)
        asked = county.asked(county.ask_first())
        with pytest.raises(NotAllowed):
            answer_asking(person=clerk, now=at(OPENED), pk=asked.pk, lines=[])

    def test_never_the_head_of_another_school_nor_the_officer(self, county):
        asked = county.asked(county.ask_first())
        for person in (county.heads[1], county.officer):
            with pytest.raises(NotAllowed):
                answer_asking(person=person, now=at(OPENED), pk=asked.pk, lines=[])

    def test_not_its_own_school_and_not_two_things_about_one(self, county):
        asking = county.ask_first()
        with pytest.raises(WishNotPossible):
            county.wish(asking, WISHES, 0)
        with pytest.raises(WishNotPossible):
            county.say(asking, [county.line(WISHES, 1), county.line(NOT, 1)])

    def test_one_may_work_with_a_school_and_wish_not_to_be_with_it(self, county):
        asked = county.say(county.ask_first(), [county.line(WORKS, 1), county.line(NOT, 1)])
        assert asked.wishes.count() == 2

    @pytest.mark.parametrize("late", [1, 300])
    def test_not_after_the_closing_date(self, county, late):
        asked = county.asked(county.ask_first())
        day = SOON + dt.timedelta(days=late)
        with pytest.raises(AskingIsOver, match="2026-12-03"):
            answer_asking(person=county.heads[0], now=at(day), pk=asked.pk, lines=[])
        answer_asking(person=county.heads[0], now=at(SOON), pk=asked.pk, lines=[])

    def test_not_once_it_is_closed(self, county):
        asking = county.ask_first()
        close_asking(person=county.officer, now=at(OPENED), pk=asking.pk)
        with pytest.raises(AskingIsOver):
            county.say(asking, [])
        with pytest.raises(AskingIsOver):
            close_asking(person=county.officer, now=at(OPENED), pk=asking.pk)


class TestTheLink:
    def test_answers_once_without_signing_in(self, county):
        asking = county.ask_first()
        token = token_of(county.heads[0])
        asked = answer_asking_by_link(
            token=token, now=at(OPENED), lines=[county.line(WISHES, 1)], note="Thank you"
        )
        assert (asked.answered_by, asked.note) == (county.heads[0], "Thank you")
        with pytest.raises(LinkLeadsNowhere):
            answer_asking_by_link(token=token, now=at(OPENED), lines=[])
        assert county.asked(asking).wishes.count() == 1

    def test_leads_nowhere_once_its_reader_heads_another_school(self, county):
        county.ask_first()
        token = token_of(county.heads[0])
        county.heads[0].roles.update(school=county.schools[4])
        with pytest.raises(NotAllowed):
            answer_asking_by_link(token=token, now=at(OPENED), lines=[])
        assert not AnswerLink.objects.filter(used_at__isnull=False).exists()

    def test_says_after_the_closing_date_that_it_comes_too_late(self, county):
        county.ask_first()
        with pytest.raises(AskingIsOver):
            answer_asking_by_link(
                token=token_of(county.heads[0]), now=at(SOON + dt.timedelta(days=3)), lines=[]
            )

    def test_a_head_of_two_schools_has_one_for_each(self, county):
        head_of(county.schools[4], "twice")
        both = head_of(county.schools[3], "twice")
        county.ask_first()
        assert AnswerLink.objects.filter(person=both).count() == 2


class TestReminding:
    def remind(self, county, asking, days):
        return remind_asked(
            person=county.officer, now=at(OPENED + dt.timedelta(days=days)), pk=asking.pk,
            link_for=link,
        )  # fmt: skip

    def test_once_a_day_and_only_those_who_have_not_answered(self, county):
        asking = county.ask_first()
        county.say(asking, [])
        with pytest.raises(WrittenToToday):
            self.remind(county, asking, 0)
        assert self.remind(county, asking, 1) == 2
        assert Letter.objects.filter(template=ASKED_AGAIN).count() == 2
        with pytest.raises(WrittenToToday):
            self.remind(county, asking, 1)

    def test_not_after_the_closing_date(self, county):
        asking = county.ask_first()
        with pytest.raises(AskingIsOver):
            self.remind(county, asking, 30)
