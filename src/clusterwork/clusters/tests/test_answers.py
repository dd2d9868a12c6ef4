"""Schools answer about their places, and dioceses comment: who, when, and what is refused."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from clusterwork.accounts.models import Person, Role
from clusterwork.accounts.services.answer_links import LinkLeadsNowhere
from clusterwork.clusters.letters.consulting import PUT
from clusterwork.clusters.models import Answer
from clusterwork.clusters.rules.dioceses import diocese_key
from clusterwork.clusters.rules.travelling import minutes_between
from clusterwork.clusters.selectors.rounds import counts_of, latest_answers
from clusterwork.clusters.services.answers import (
    MovesNowhere,
    NothingSaid,
    answer_place,
    answer_place_by_link,
    comment_for_diocese,
)
from clusterwork.clusters.services.asking import answer_asking_by_link
from clusterwork.clusters.services.rounds import RoundIsOver
from clusterwork.clusters.tests.invented import proposal_made
from clusterwork.clusters.tests.made_consulting import CLOSES, OPENED, Consulted, at, named_by
from clusterwork.kernel.errors import NotAllowed, NotThere
from clusterwork.notify.models import Letter
from clusterwork.notify.seal import unseal
from clusterwork.registry.models import Organisation, School

pytestmark = pytest.mark.django_db
Kind = Answer.Kind
LATER = CLOSES + dt.timedelta(days=1)


@pytest.fixture
def county():
    return Consulted(n_schools=12)


@pytest.fixture
def found(county):
    return county.put()


def token_of(person):
    letter = Letter.objects.filter(template=PUT, person_id=person.pk).last()
    return unseal(letter.sealed)["link"].rsplit("/", 1)[1]


class TestAnswering:
    def test_the_last_answer_counts_and_the_earlier_ones_stay(self, county, found):
        county.answer(found, Kind.DECLINE, comment="We are too many already.")
        county.answer(found, Kind.ACCEPT, comment="taken away")
        last = latest_answers(found)[county.schools[0].pk]
        assert (last.number, last.kind, last.comment) == (2, Kind.ACCEPT, "")
        assert found.answers.count() == 2
        assert counts_of(found).n_answered == 1

    def test_to_decline_needs_no_reason(self, county, found):
        assert county.answer(found, Kind.DECLINE).comment == ""

    def test_to_move_says_where_or_why(self, county, found):
        with pytest.raises(NothingSaid):
            county.answer(found, Kind.ASK_TO_MOVE)
        wanted = found.proposal.clusters.get(number=2)
        assert county.answer(found, Kind.ASK_TO_MOVE, wanted=wanted).wanted == wanted
        assert county.answer(found, Kind.ASK_TO_MOVE, comment="Nearer").wanted is None

    def test_the_database_refuses_a_move_without_where_and_why(self, county, found):
        with pytest.raises(IntegrityError, match="where_or_why"), transaction.atomic():
            Answer.objects.create(
                round=found, school=county.schools[0], number=1, kind=Kind.ASK_TO_MOVE,
                answered_by=county.heads[0],
            )  # fmt: skip

    def test_never_to_its_own_cluster_or_to_one_of_another_proposal(self, county, found):
        place = found.proposal.places.get(school=county.schools[0])
        with pytest.raises(MovesNowhere):
            county.answer(found, Kind.ASK_TO_MOVE, wanted=place.cluster)
        other = proposal_made(county).clusters.get(number=2)
        with pytest.raises(MovesNowhere):
            county.answer(found, Kind.ASK_TO_MOVE, wanted=other)

    def test_a_comment_is_needed_where_one_was_promised(self, county, found):
        with pytest.raises(NothingSaid):
            county.answer(found, Kind.ACCEPT_WITH_COMMENT, comment="  ")

    def test_no_other_answer_exists(self, county, found):
        with pytest.raises(NothingSaid):
            county.answer(found, "maybe")

    def test_until_the_closing_date_and_not_after(self, county, found):
        assert county.answer(found, Kind.ACCEPT, day=CLOSES)
        with pytest.raises(RoundIsOver, match="2026-12-15"):
            county.answer(found, Kind.DECLINE, day=LATER)


class TestWho:
    def answer(self, county, found, person, school=0):
        return answer_place(
            person=person, now=at(OPENED), round_pk=found.pk,
            school_pk=county.schools[school].pk, kind=Kind.ACCEPT,
        )  # fmt: skip

    def test_somebody_named_to_send(self, county, found):
        deputy = named_by(county.heads[0], county.schools[0])
        assert self.answer(county, found, deputy).answered_by == deputy

    def test_not_somebody_named_to_prepare_only(self, county, found):
        clerk = named_by(county.heads[0], county.schools[0], may_send=False)
        with pytest.raises(NotAllowed, match="cannot answer"):
            self.answer(county, found, clerk)

    def test_not_the_officer_for_a_school(self, county, found):
        with pytest.raises(NotAllowed):
            self.answer(county, found, county.officer)

    def test_not_the_head_of_another_school(self, county, found):
        with pytest.raises(NotAllowed):
            self.answer(county, found, county.heads[1])

    def test_not_for_a_school_outside_the_proposal(self, county, found):
        county.formation.chosen.all()
        with pytest.raises(NotThere):
            answer_place(
                person=county.heads[0], now=at(OPENED), round_pk=found.pk, school_pk=999_999,
                kind=Kind.ACCEPT,
            )  # fmt: skip


class TestTheLink:
    def by_link(self, token, day=OPENED, **facts):
        return answer_place_by_link(token=token, now=at(day), **{"kind": Kind.ACCEPT, **facts})

    def test_answers_once_for_its_own_school(self, county, found):
        token = token_of(county.heads[1])
        answer = self.by_link(token)
        assert (answer.school, answer.by_link) == (county.schools[1], True)
        with pytest.raises(LinkLeadsNowhere):
            self.by_link(token)

    def test_a_refused_answer_does_not_use_it_up(self, county, found):
        token = token_of(county.heads[1])
        with pytest.raises(NothingSaid):
            self.by_link(token, kind=Kind.ASK_TO_MOVE)
        assert self.by_link(token)

    def test_says_that_it_comes_too_late(self, county, found):
        with pytest.raises(RoundIsOver):
            self.by_link(token_of(county.heads[1]), LATER)

    def test_not_once_its_reader_no_longer_heads_the_school(self, county, found):
        token = token_of(county.heads[1])
        county.heads[1].roles.update(end_on=dt.date(2026, 1, 1))
        with pytest.raises(NotAllowed):
            self.by_link(token)

    def test_a_link_to_the_two_questions_answers_no_proposal_and_the_other_way(self, county, found):
        token = token_of(county.heads[1])
        with pytest.raises(NotThere):
            answer_asking_by_link(token=token, now=at(OPENED), lines=[])
        with pytest.raises(LinkLeadsNowhere):
            self.by_link(token.replace("answer_place", "answer_asking"))


class TestTheDiocese:
    @pytest.fixture
    def bishop(self, county):
        School.objects.filter(pk=county.schools[0].pk).update(diocese="Diocese of Lincoln")
        diocese = Organisation.objects.create(kind="diocese", name="Lincoln Diocese")
        person = Person.objects.create_user("bishop@example.org", "x" * 20, name="Beth")
        Role.objects.create(
            person=person, kind="partner", organisation=diocese, start_on=dt.date(2020, 1, 1)
        )
        return person

    def comment(self, county, found, person, school=0, day=OPENED, text="Both are ours."):
        return comment_for_diocese(
            person=person, now=at(day), round_pk=found.pk,
            school_pk=county.schools[school].pk, text=text,
        )  # fmt: skip

    def test_comments_on_its_schools_only(self, county, found, bishop):
        assert self.comment(county, found, bishop).organisation.name == "Lincoln Diocese"
        with pytest.raises(NotThere):
            self.comment(county, found, bishop, school=1)

    def test_answers_for_none_of_them(self, county, found, bishop):
        with pytest.raises(NotAllowed):
            answer_place(
                person=bishop, now=at(OPENED), round_pk=found.pk,
                school_pk=county.schools[0].pk, kind=Kind.ACCEPT,
            )  # fmt: skip

    def test_neither_late_nor_empty(self, county, found, bishop):
        with pytest.raises(RoundIsOver):
            self.comment(county, found, bishop, day=LATER)
        with pytest.raises(NothingSaid):
            self.comment(county, found, bishop, text=" ")

    def test_nobody_else_comments(self, county, found, bishop):
        for person in (county.heads[0], county.officer):
            with pytest.raises(NotAllowed):
                self.comment(county, found, person)

    @pytest.mark.parametrize("name", ["Diocese of Lincoln", "Lincoln diocese", "LINCOLN"])
    def test_names_are_matched_however_they_are_written(self, name):
        assert diocese_key(name) == "lincoln"

    def test_an_archdiocese_and_a_diocese_of_one_city_are_two(self):
        assert diocese_key("Archdiocese of Liverpool") != diocese_key("Diocese of Liverpool")

    def test_no_diocese_matches_nothing(self):
        assert diocese_key("Not applicable") == diocese_key("") == ""


class TestMinutes:
    def test_are_those_of_the_policy(self, county):
        travel = {"circuity": 1.3, "speed_kmh": 45}
        one = School(easting=500_000, northing=300_000)
        other = School(easting=503_000, northing=304_000)
        assert minutes_between(one, other, travel) == pytest.approx(5 * 1.3 / 45 * 60)

    def test_are_not_known_without_a_position(self, county):
        assert minutes_between(School(), county.schools[0], {}) is None
