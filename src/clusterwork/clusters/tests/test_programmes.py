"""Programmes, who may run them, and the versions of their policies."""

import datetime as dt

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from clusterwork.accounts.models import Person
from clusterwork.audit.selectors import entries_about
from clusterwork.clusters.formation_adapter import BadPolicy
from clusterwork.clusters.models import Programme
from clusterwork.clusters.permissions import organisations_for, programme_for
from clusterwork.clusters.services.programmes import (
    NameTaken,
    PolicyChangedMeanwhile,
    change_programme,
    save_policy,
    start_programme,
)
from clusterwork.clusters.tests.made import FACTS, TODAY, County, officer, organisation
from clusterwork.kernel.errors import NotAllowed, NotThere

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    return County(n_schools=2)


class TestStarting:
    def test_brings_the_usual_policy(self, county):
        (version,) = county.programme.policies.all()
        assert version.number == 1
        assert version.mapping["travel"]["measure"] == "peers"
        assert version.mapping["travel"]["unit"] == "minutes"

    def test_refuses_a_name_twice(self, county):
        with pytest.raises(NameTaken):
            start_programme(
                person=county.officer, day=TODAY, organisation=county.organisation, facts=FACTS
            )

    def test_is_recorded(self, county):
        (_policyless,) = entries_about(county.programme)
        assert _policyless.actor_id == county.officer.pk

    def test_refuses_an_end_before_the_start_in_the_database_too(self, county):
        with pytest.raises(IntegrityError), transaction.atomic():
            Programme.objects.filter(pk=county.programme.pk).update(ends_on=FACTS.starts_on)


class TestWhoMayRunIt:
    def test_its_own_officer(self, county):
        assert programme_for(county.officer, county.programme.pk, TODAY) == county.programme

    def test_an_officer_of_the_organisation_above(self, county):
        above = organisation("Region")
        county.organisation.parent = above
        county.organisation.save()
        chief = officer(above, "Rhian")
        assert programme_for(chief, county.programme.pk, TODAY) == county.programme
        assert county.organisation in organisations_for(chief, TODAY)

    def test_not_an_officer_of_one_below(self, county):
        below = organisation("District", parent=county.organisation)
        with pytest.raises(NotAllowed):
            programme_for(officer(below, "Dai"), county.programme.pk, TODAY)

    def test_not_an_officer_of_another(self, county):
        with pytest.raises(NotAllowed, match="belongs to"):
            programme_for(officer(organisation("Other"), "Eve"), county.programme.pk, TODAY)

    def test_not_before_the_role_starts(self, county):
        with pytest.raises(NotAllowed):
            programme_for(county.officer, county.programme.pk, dt.date(2019, 12, 31))

    def test_not_somebody_without_a_role(self, county):
        stranger = Person.objects.create_user("s@example.org", "x" * 20, name="S")
        with pytest.raises(NotAllowed):
            change_programme(person=stranger, day=TODAY, pk=county.programme.pk, facts=FACTS)

    def test_what_is_not_there(self, county):
        with pytest.raises(NotThere):
            programme_for(county.officer, 999_999, TODAY)


class TestThePolicy:
    def save(self, county, mapping, seen=1):
        return save_policy(
            person=county.officer, day=TODAY, pk=county.programme.pk, mapping=mapping, seen=seen
        )

    def test_each_save_is_a_version(self, county):
        saved = self.save(county, {"clusters": {"size": [4, 7]}})
        assert saved.number == 2
        assert saved.mapping["clusters"]["size"] == [4, 7]
        assert county.programme.policies.count() == 2

    def test_saving_the_same_rules_adds_none(self, county):
        same = county.programme.policies.get().mapping
        assert self.save(county, same).number == 1

    def test_a_stale_save_is_refused(self, county):
        self.save(county, {"clusters": {"size": [4, 7]}})
        with pytest.raises(PolicyChangedMeanwhile):
            self.save(county, {"clusters": {"size": [5, 8]}}, seen=1)

    def test_a_version_is_never_changed(self, county):
        with pytest.raises(DatabaseError), transaction.atomic():
            county.programme.policies.update(mapping={})

    def test_a_wrong_rule_is_explained(self, county):
        with pytest.raises(BadPolicy, match=r"travel\.speed"):
            self.save(county, {"travel": {"speed": 45}})
