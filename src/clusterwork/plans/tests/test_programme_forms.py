"""A funder's form that officers set up once, found by every cluster of the programme."""

from __future__ import annotations

import pytest

from clusterwork.audit.models import Entry
from clusterwork.clusters.models import Participation
from clusterwork.clusters.tests.made import TODAY, officer
from clusterwork.kernel.errors import NotAllowed, NotThere
from clusterwork.plans.models import FunderForm
from clusterwork.plans.selectors.funder_forms import forms_for
from clusterwork.plans.services.funder_forms import (
    NoName,
    SetUpByOfficers,
    add_question,
    answer_form,
    make_form,
    take_question_away,
)
from clusterwork.plans.services.programme_forms import (
    add_programme_question,
    end_programme_form,
    make_programme_form,
    take_programme_question,
)
from clusterwork.plans.tests.made_plans import NOW
from clusterwork.plans.tests.made_reviews import Reviewing
from clusterwork.registry.models import Organisation

pytestmark = pytest.mark.django_db


class Funded(Reviewing):
    """A plan, and a form of its programme with one question that the plan answers and one not."""

    def __init__(self) -> None:
        super().__init__()
        self.runs = {"person": self.officer, "day": TODAY, "pk": self.programme.pk}
        self.form: FunderForm = make_programme_form(**self.runs, name="Fenland Trust")
        self.of_form = {**self.runs, "form_pk": self.form.pk}
        add_programme_question(**self.of_form, label="What will you do?", source="actions")
        add_programme_question(**self.of_form, label="Who asks?")
        self.form.refresh_from_db()
        self.writes = {
            "person": self.head, "now": NOW, "plan_pk": self.plan.pk, "form_pk": self.form.pk,
        }  # fmt: skip


@pytest.fixture
def world() -> Funded:
    return Funded()


class TestWhoFindsIt:
    def test_every_cluster_of_the_programme_and_no_other(self, world):
        assert world.form not in forms_for(world.plan)
        world.join()
        assert world.form in forms_for(world.plan)

    def test_also_where_the_programme_is_of_another_organisation(self, world):
        other = Organisation.objects.create(name="Trust", kind=world.county.organisation.kind)
        FunderForm.objects.filter(pk=world.form.pk).update(organisation=other)
        world.join()
        assert world.form in forms_for(world.plan)

    def test_nobody_who_left_the_programme_before_the_plan_begins(self, world):
        world.join()
        Participation.objects.update(end_on=world.plan.start_on)
        assert world.form not in forms_for(world.plan)

    def test_nobody_once_it_has_ended(self, world):
        world.join()
        end_programme_form(**world.of_form, now=NOW)
        assert world.form not in forms_for(world.plan)

    def test_what_a_cluster_set_up_is_still_its_organisations(self, world):
        own = make_form(person=world.head, now=NOW, plan_pk=world.plan.pk, name="Own")
        assert own in forms_for(world.plan)


class TestAnswering:
    def test_is_filled_from_the_plan_and_the_rest_is_asked(self, world):
        world.join()
        answers = {world.form.questions[1]["key"]: "We do"}
        first, second = answer_form(**world.writes, answers=answers)
        assert first.from_plan and second.text == "We do"

    def test_a_cluster_does_not_change_the_questions_of_all(self, world):
        world.join()
        with pytest.raises(SetUpByOfficers):
            add_question(**world.writes, label="And?")
        with pytest.raises(SetUpByOfficers):
            take_question_away(**world.writes, key=world.form.questions[0]["key"])

    def test_a_cluster_outside_the_programme_does_not_answer_it(self, world):
        with pytest.raises(NotThere):
            answer_form(**world.writes, answers={})


class TestSettingUp:
    def test_is_for_the_programmes_officers(self, world):
        elsewhere = Organisation.objects.create(name="X", kind=world.county.organisation.kind)
        for person in (world.head, officer(elsewhere, "Other Officer")):
            with pytest.raises(NotAllowed):
                make_programme_form(**{**world.runs, "person": person}, name="x")

    def test_wants_a_name_and_words(self, world):
        with pytest.raises(NoName):
            make_programme_form(**world.runs, name=" ")
        with pytest.raises(NoName):
            add_programme_question(**world.of_form, label=" ")

    def test_never_reaches_the_form_of_another_programme(self, world):
        with pytest.raises(NotThere):
            add_programme_question(**{**world.of_form, "form_pk": 999_999}, label="x")

    def test_a_question_can_be_taken_away_and_all_is_on_record(self, world):
        take_programme_question(**world.of_form, key=world.form.questions[0]["key"])
        world.form.refresh_from_db()
        assert [each["label"] for each in world.form.questions] == ["Who asks?"]
        verbs = set(
            Entry.objects.filter(subject_id=world.programme.pk).values_list("verb", flat=True)
        )
        assert {"form.make", "form.question", "form.unquestion"} <= verbs
