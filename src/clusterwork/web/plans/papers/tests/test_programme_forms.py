"""Officers set up a funder's form on the programme's pages; its clusters find it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from clusterwork.plans.models import FunderForm
from clusterwork.plans.tests.made_reviews import Reviewing
from clusterwork.web.clusters.tests.conftest import client_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Reviewing:
    made = Reviewing()
    made.join()
    return made


def set_up(world: Reviewing):
    officer = client_of(world.officer)
    sent = {"name": "Fenland Trust"}
    officer.post(reverse("programme_form_new", args=[world.programme.pk]), sent)
    form = FunderForm.objects.get()
    add = reverse("programme_form_question", args=[world.programme.pk, form.pk])
    officer.post(add, {"label": "What will you do?", "source": "actions"})
    officer.post(add, {"label": "Why should we pay?", "source": ""})
    form.refresh_from_db()
    return officer, form


class TestAProgrammesForms:
    def test_are_set_up_on_one_page_and_found_in_each_plan(self, world):
        officer, form = set_up(world)
        words = words_of(officer.get(reverse("programme_forms", args=[world.programme.pk])))
        assert "Fenland Trust" in words and "Why should we pay?" in words
        head = client_of(world.head)
        assert "Fenland Trust" in words_of(head.get(reverse("plan_forms", args=[world.plan.pk])))
        answer = head.get(reverse("plan_form", args=[world.plan.pk, form.pk]))
        words = words_of(answer)
        assert "One of 2 answers is filled from your plan." in words
        assert "Set up by the officers of the programme: Small schools" in words
        assert "Take away" not in words and "Add a question" not in words

    def test_keep_what_was_typed_when_refused(self, world):
        officer = client_of(world.officer)
        sent = {"name": "", "name_cy": "Ymddiriedolaeth"}
        answer = officer.post(reverse("programme_form_new", args=[world.programme.pk]), sent)
        assert "There is a problem" in words_of(answer)
        assert "Ymddiriedolaeth" in answer.content.decode()

    def test_are_changed_by_officers_and_say_so_to_others(self, world):
        _officer, form = set_up(world)
        key = form.questions[0]["key"]
        head = client_of(world.head)
        gone = reverse("plan_form_unquestion", args=[world.plan.pk, form.pk, key])
        assert "officers set up this form" in words_of(head.post(gone, follow=True))
        assert head.get(reverse("programme_forms", args=[world.programme.pk])).status_code == 403

    def test_lose_a_question_and_end(self, world):
        officer, form = set_up(world)
        pks = [world.programme.pk, form.pk]
        key = form.questions[0]["key"]
        answer = officer.post(reverse("programme_form_unquestion", args=[*pks, key]), follow=True)
        assert "What will you do?" not in words_of(answer)
        answer = officer.post(reverse("programme_form_end", args=pks), follow=True)
        assert "not offered to clusters any more" in words_of(answer)
        head = client_of(world.head)
        assert "Fenland" not in words_of(head.get(reverse("plan_forms", args=[world.plan.pk])))
