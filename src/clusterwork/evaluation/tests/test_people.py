"""Who names whom on a study, and who ends it."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from clusterwork.accounts.models import Person
from clusterwork.audit.models import Entry
from clusterwork.clusters.models import Programme
from clusterwork.clusters.tests.made import TODAY, officer, organisation
from clusterwork.evaluation.models import Study, StudyPerson
from clusterwork.evaluation.permissions.studies import is_named_on, may_work_on
from clusterwork.evaluation.services.people import (
    NamedAlready,
    NobodyOfThatAddress,
    end_person,
    name_person,
)
from clusterwork.evaluation.tests.made import NOW
from clusterwork.kernel.errors import NotAllowed, NotThere

pytestmark = pytest.mark.django_db


@pytest.fixture
def study() -> Study:
    here = organisation()
    programme = Programme.objects.create(organisation=here, name="Together", starts_on=TODAY)
    return Study.objects.create(programme=programme, title="Did it help?", started_at=NOW)


@pytest.fixture
def olwen(study) -> Person:
    return officer(study.programme.organisation)


@pytest.fixture
def eira() -> Person:
    return Person.objects.create_user("eira@example.org", "x" * 20, name="Eira")


def name(person, study, email="eira@example.org"):
    return name_person(person=person, day=TODAY, study_pk=study.pk, email=email)


class TestNaming:
    def test_lets_them_work_on_it_from_that_day(self, study, olwen, eira):
        assert not may_work_on(eira, study, TODAY)
        made = name(olwen, study, "EIRA@example.org")
        assert (made.start_on, made.named_by) == (TODAY, olwen)
        assert may_work_on(eira, study, TODAY)
        assert is_named_on(eira, study, TODAY)
        entry = Entry.objects.get(verb="study.name")
        assert entry.params["name"] == "Eira"

    def test_somebody_twice_is_refused(self, study, olwen, eira):
        name(olwen, study)
        with pytest.raises(NamedAlready):
            name(olwen, study)
        with pytest.raises(IntegrityError), transaction.atomic():
            StudyPerson.objects.create(study=study, person=eira, start_on=TODAY)

    def test_an_address_of_nobody_is_refused(self, study, olwen):
        with pytest.raises(NobodyOfThatAddress):
            name(olwen, study, "nobody@example.org")

    def test_is_for_officers_not_for_those_who_are_named(self, study, olwen, eira):
        name(olwen, study)
        Person.objects.create_user("gwen@example.org", "x" * 20, name="Gwen")
        with pytest.raises(NotAllowed):
            name(eira, study, "gwen@example.org")

    def test_is_not_for_officers_of_elsewhere(self, study, eira):
        with pytest.raises(NotAllowed):
            name(officer(organisation("Norfolk"), "Nora"), study)


class TestEnding:
    def test_takes_the_study_away_from_that_day(self, study, olwen, eira):
        held = name(olwen, study)
        end_person(person=olwen, day=TODAY, study_pk=study.pk, pk=held.pk)
        assert not may_work_on(eira, study, TODAY)
        assert name(olwen, study).pk != held.pk  # naming again undoes it

    def test_is_anybodys_for_herself(self, study, olwen, eira):
        held = name(olwen, study)
        end_person(person=eira, day=TODAY, study_pk=study.pk, pk=held.pk)
        assert not may_work_on(eira, study, TODAY)

    def test_twice_finds_nobody(self, study, olwen, eira):
        held = name(olwen, study)
        end_person(person=olwen, day=TODAY, study_pk=study.pk, pk=held.pk)
        with pytest.raises(NotThere):
            end_person(person=olwen, day=TODAY, study_pk=study.pk, pk=held.pk)
