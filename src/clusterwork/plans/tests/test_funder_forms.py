"""A second funder's own form, filled from the one plan."""

from __future__ import annotations

import pytest

from clusterwork.clusters.tests.made import officer
from clusterwork.documents import to_html_page
from clusterwork.kernel.errors import NotAllowed, NotThere
from clusterwork.plans.models import FunderForm, Reuse
from clusterwork.plans.papers.funder_form import SOURCES, form_paper
from clusterwork.plans.rules.content import content_of
from clusterwork.plans.selectors.plans import whole_plan
from clusterwork.plans.services.funder_forms import (
    AnswerTooLong,
    NoName,
    add_question,
    answer_form,
    filled_form,
    make_form,
    take_question_away,
)
from clusterwork.plans.tests.made_plans import NOW, Planning

pytestmark = pytest.mark.django_db


class Asking:
    """A full plan and a form with two questions, one of which the plan answers."""

    def __init__(self) -> None:
        self.world = Planning()
        self.plan = self.world.full()
        self.who = {"person": self.world.head, "now": NOW, "plan_pk": self.plan.pk}
        self.form: FunderForm = make_form(**self.who, name="Fenland Trust")
        self.told = {**self.who, "form_pk": self.form.pk}
        add_question(**self.told, label="What will you do?", source="actions")
        add_question(**self.told, label="Who asks?", limit=20)
        self.form.refresh_from_db()


@pytest.fixture
def asking() -> Asking:
    return Asking()


class TestFilling:
    def test_the_plan_answers_what_it_knows_and_the_rest_is_asked(self, asking):
        first, second = filled_form(asking.form, asking.plan)
        assert "Action 1: exchange of books" in first.text and first.from_plan
        assert (second.text, second.from_plan) == ("", "")

    def test_an_answer_is_kept_and_what_was_filled_is_counted_once(self, asking):
        for _time in range(2):
            found = answer_form(**asking.told, answers={asking.form.questions[1]["key"]: "We do"})
        assert found[1].text == "We do"
        assert Reuse.objects.filter(form__startswith="funder:").count() == 1

    def test_every_source_says_something_of_a_full_plan_or_nothing(self, asking):
        for source in SOURCES:
            add_question(**asking.told, label=source, source=source)
        asking.form.refresh_from_db()
        filled = filled_form(asking.form, asking.plan)
        assert sum(bool(each.from_plan) for each in filled) >= len(SOURCES) - 2

    def test_an_answer_of_the_plan_that_is_too_long_says_by_how_much(self, asking):
        add_question(**asking.told, label="In five characters?", source="title", limit=5)
        asking.form.refresh_from_db()
        assert filled_form(asking.form, asking.plan)[2].n_over == len(asking.plan.title) - 5

    def test_becomes_a_document(self, asking):
        filled = filled_form(asking.form, asking.plan)
        content = content_of(whole_plan(asking.plan))
        assert "What will you do?" in to_html_page(form_paper("Trust", filled, content, "en-gb"))


class TestRefusing:
    def test_an_answer_longer_than_the_funder_takes(self, asking):
        with pytest.raises(AnswerTooLong):
            answer_form(**asking.told, answers={asking.form.questions[1]["key"]: "x" * 21})

    def test_a_form_without_a_name(self, asking):
        with pytest.raises(NoName):
            make_form(**asking.who, name=" ")

    def test_somebody_who_does_not_write_the_plan(self, asking):
        stranger = officer(asking.world.county.organisation, "Other Officer")
        with pytest.raises(NotAllowed):
            make_form(**{**asking.who, "person": stranger}, name="x")

    def test_the_form_of_another_organisation(self, asking):
        with pytest.raises(NotThere):
            add_question(**{**asking.told, "form_pk": 999_999}, label="x")

    def test_a_question_that_is_taken_away_is_not_asked(self, asking):
        take_question_away(**asking.told, key=asking.form.questions[0]["key"])
        asking.form.refresh_from_db()
        assert len(asking.form.questions) == 1
