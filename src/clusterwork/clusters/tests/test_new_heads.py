"""New heads: who is one, what she answers, and that she is asked once."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from clusterwork.accounts.models import Role
from clusterwork.clusters.letters.deciding import NEW_HEAD
from clusterwork.clusters.models import Affirmation, Headship
from clusterwork.clusters.selectors.new_heads import new_heads_for, new_heads_on
from clusterwork.clusters.selectors.voice import voices_of
from clusterwork.clusters.services.affirming import NothingWritten, affirm, ask_new_heads
from clusterwork.clusters.services.headships import HeadAnswered, take_back_headship
from clusterwork.clusters.tests.made_decisions import TODAY, Deciding, a_person, day, link_for
from clusterwork.kernel.errors import NotAllowed, NotThere
from clusterwork.notify.models import Letter

pytestmark = pytest.mark.django_db
COME = day(-20)


def link(cluster: int, headship: int, language: str) -> str:
    return f"https://example.org/{language}/{cluster}/{headship}"


@pytest.fixture
def made() -> Deciding:
    return Deciding()


def headed(made: Deciding, number: int, start: dt.date, **told: object) -> Headship:
    """The school headed from a day on, the headship before it ended."""
    school = made.six[number]
    Headship.objects.filter(school=school, end_on=None).update(end_on=start)
    return Headship.objects.create(
        school=school, start_on=start, **{"kind": "substantive", "name": "Nia New", **told}
    )


def arrives(made: Deciding, number: int = 1) -> Headship:
    """Nia New, with a sign-in, after Bron Rees."""
    old = made.heads[number]
    headed(made, number, dt.date(2015, 9, 1), name=old.name, person=old)
    Role.objects.filter(person=old).update(end_on=COME)
    made.nia = a_person("Nia New", "headteacher", school=made.six[number])
    return headed(made, number, COME, person=made.nia)


class TestWhoIsNew:
    def test_one_who_came_after_her_school_joined(self, made) -> None:
        headship = arrives(made)
        (new,) = new_heads_on(made.cluster, TODAY)
        assert (new.school, new.headship, new.since) == (made.six[1], headship, COME)
        assert new.before.name == "Bron Rees"
        assert new.is_open

    def test_nobody_who_was_there_when_it_joined(self, made) -> None:
        headed(made, 0, dt.date(2015, 9, 1), person=made.head)
        assert not new_heads_on(made.cluster, TODAY)

    def test_acting_and_then_substantive_is_one_time(self, made) -> None:
        headed(made, 0, dt.date(2015, 9, 1), kind="acting", name="Ann", person=None)
        headed(made, 0, COME, name="Ann", person=None)
        assert not new_heads_on(made.cluster, TODAY)

    def test_a_vacant_headship_is_nobodys(self, made) -> None:
        headed(made, 0, COME, kind="vacant", name="")
        assert not new_heads_on(made.cluster, TODAY)

    def test_the_day_before_she_came_she_was_not_there(self, made) -> None:
        arrives(made)
        assert not new_heads_on(made.cluster, COME - dt.timedelta(days=1))


class TestAnswering:
    def test_the_last_answer_counts_and_the_first_is_kept(self, made) -> None:
        told = {
            "person": None,
            "day": TODAY,
            "cluster_pk": made.cluster.pk,
            "headship_pk": arrives(made).pk,
            "link_for": link_for,
        }
        told["person"] = made.nia
        affirm(**told, answer="comments", text="The surplus is not settled.")
        affirm(**told, answer="affirm")
        (new,) = new_heads_on(made.cluster, TODAY)
        assert new.answer.answer == "affirm"
        assert Affirmation.objects.count() == 2
        assert [each.headship for each in new_heads_for(made.nia, TODAY)] == [new.headship]

    def test_comments_need_words(self, made) -> None:
        headship = arrives(made)
        with pytest.raises(NothingWritten):
            affirm(
                person=made.nia,
                day=TODAY,
                cluster_pk=made.cluster.pk,
                headship_pk=headship.pk,
                link_for=link_for,
                answer="reopen",
                text=" ",
            )

    def test_nobody_answers_for_her(self, made) -> None:
        facts = {
            "day": TODAY,
            "cluster_pk": made.cluster.pk,
            "headship_pk": arrives(made).pk,
            "link_for": link_for,
            "answer": "affirm",
        }
        for other in (made.heads[0], made.officer, made.coordinator):
            with pytest.raises(NotAllowed):
                affirm(person=other, **facts)
        with pytest.raises(NotThere):
            affirm(person=made.nia, **{**facts, "headship_pk": 0})

    def test_a_headship_that_answered_is_not_removed(self, made) -> None:
        headship = arrives(made)
        affirm(
            person=made.nia,
            day=TODAY,
            cluster_pk=made.cluster.pk,
            headship_pk=headship.pk,
            link_for=link_for,
            answer="affirm",
        )
        with pytest.raises(HeadAnswered):
            take_back_headship(person=made.officer, day=TODAY, pk=headship.pk)

    def test_the_database_wants_words_with_comments(self, made) -> None:
        headship = arrives(made)
        with pytest.raises(IntegrityError, match="affirmation_says_what"), transaction.atomic():
            Affirmation.objects.create(
                cluster=made.cluster, school=made.six[1], headship=headship, answer="reopen"
            )


class TestAsking:
    def test_writes_once_with_the_page_to_answer_on(self, made) -> None:
        headship = arrives(made)
        assert ask_new_heads(day=TODAY, link_for=link) == 1
        assert ask_new_heads(day=TODAY, link_for=link) == 0
        letter = Letter.objects.get(template=NEW_HEAD)
        assert letter.address == made.nia.email
        assert letter.context["link"] == link(made.cluster.pk, headship.pk, "en-gb")

    def test_waits_for_a_head_without_a_sign_in(self, made) -> None:
        headed(made, 1, COME)
        Role.objects.filter(person=made.heads[1]).update(end_on=COME)
        assert ask_new_heads(day=TODAY, link_for=link) == 0
        made.nia = a_person("Nia New", "headteacher", school=made.six[1])
        assert ask_new_heads(day=TODAY, link_for=link) == 1

    def test_who_came_long_ago_gets_no_letter(self, made) -> None:
        arrives(made)
        assert ask_new_heads(day=day(100), link_for=link) == 0


class TestVoice:
    def test_counts_proposals_chairs_and_turns_by_school_in_the_order_of_names(self, made) -> None:
        made.propose(1)
        made.propose(1)
        made.propose(person=made.coordinator, school=None)
        made.chair(made.six[4])
        found = voices_of(made.cluster, day(-30), day(30))
        assert [each.school for each in found.rows] == made.six
        assert [each.proposals for each in found.rows] == [0, 2, 0, 0, 0, 0]
        assert [len(each.chairs) for each in found.rows] == [0, 0, 0, 0, 1, 0]
        assert found.of_nobody == 1

    def test_leaves_out_what_lies_outside_the_period(self, made) -> None:
        made.propose(1)
        found = voices_of(made.cluster, day(1), day(30))
        assert not any(each.proposals for each in found.rows)
