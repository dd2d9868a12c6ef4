"""Chair and coordinator hear when a school objects and when a new head has something to say."""

from __future__ import annotations

from typing import Any

import pytest

from clusterwork.clusters.letters.deciding import HEAD_HAS_COMMENTS, HEAD_REOPENS, OBJECTED
from clusterwork.clusters.models import Appointment
from clusterwork.clusters.services.affirming import affirm
from clusterwork.clusters.tests.made_decisions import TODAY, Deciding, link_for
from clusterwork.clusters.tests.test_new_heads import arrives
from clusterwork.notify.letters import written
from clusterwork.notify.models import Letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Deciding:
    found = Deciding()
    chair = found.heads[3]
    found.appoint(Appointment.Role.CHAIR, str(chair), email=chair.email, school=found.six[3])
    return found


def told(template: str) -> set[int | None]:
    return set(Letter.objects.filter(template=template).values_list("person_id", flat=True))


class TestAnObjection:
    def test_is_told_to_chair_and_coordinator_and_to_nobody_else(self, made):
        made.say(made.propose(), 1, "object")
        assert told(OBJECTED) == {made.heads[3].pk, made.coordinator.pk}

    @pytest.mark.parametrize("answer", ["agree", "abstain"])
    def test_is_not_told_where_there_is_none(self, made, answer):
        made.say(made.propose(), 1, answer)
        assert not told(OBJECTED)

    def test_is_never_told_twice_while_it_stands(self, made):
        decision = made.propose()
        made.say(decision, 1, "object")
        made.say(decision, 1, "object", reason="Still too much.")
        assert Letter.objects.filter(template=OBJECTED).count() == 2

    def test_of_the_chairs_own_school_is_not_told_to_her(self, made):
        made.say(made.propose(), 3, "object")
        assert told(OBJECTED) == {made.coordinator.pk}

    def test_keeps_its_reason_for_the_page(self, made):
        made.say(made.propose(), 1, "object", reason="We cannot pay for it.")
        letter = Letter.objects.filter(template=OBJECTED).first()
        subject, text = written(letter.template, letter.context)
        assert subject == "A school objects: A joint reading week"
        assert str(made.six[1]) in text
        assert "cannot pay" not in text


class TestANewHead:
    @pytest.mark.parametrize(
        ("answer", "template"), [("comments", HEAD_HAS_COMMENTS), ("reopen", HEAD_REOPENS)]
    )
    def test_who_has_something_to_say_is_told_to_chair_and_coordinator(
        self, made, answer, template
    ):
        self.answers(made, answer=answer, text="The surplus is not settled.")
        assert told(template) == {made.heads[3].pk, made.coordinator.pk}
        letter = Letter.objects.filter(template=template).first()
        _subject, text = written(letter.template, letter.context)
        assert "surplus" not in text

    def test_who_affirms_writes_no_letter(self, made):
        self.answers(made, answer="affirm")
        assert not told(HEAD_HAS_COMMENTS) | told(HEAD_REOPENS)

    def test_who_chairs_herself_is_not_written_to(self, made):
        headship = arrives(made, 3)
        made.appoint(Appointment.Role.COORDINATOR, str(made.nia), email=made.nia.email)
        self.answers(made, headship, answer="reopen", text="Who pays?")
        assert made.nia.pk not in told(HEAD_REOPENS)

    def answers(self, made: Deciding, headship: Any = None, **said: str) -> None:
        headship = headship or arrives(made)
        affirm(
            person=made.nia,
            day=TODAY,
            cluster_pk=made.cluster.pk,
            headship_pk=headship.pk,
            link_for=link_for,
            **said,
        )
