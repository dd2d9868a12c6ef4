"""Roles given and ended; who needs a second step."""

from __future__ import annotations

import datetime as dt

import pytest
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, connection, transaction

from clusterwork.accounts.models import Person, Role
from clusterwork.accounts.permissions import lacks_second_factor
from clusterwork.accounts.services import roles as verbs
from clusterwork.accounts.tests import made
from clusterwork.audit.selectors import entries_about
from clusterwork.kernel.errors import NotAllowed

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 21)


class TestEnding:
    def test_holds_until_the_day_before(self, officer, county):
        role = made.role(made.person(), "finance_lead", county)
        ended = verbs.end_role(role=role, by=officer, today=TODAY)
        assert ended.holds_on(TODAY - dt.timedelta(days=1))
        assert not ended.holds_on(TODAY)

    def test_of_a_role_given_the_same_day_leaves_no_day(self, officer, county):
        role = made.role(made.person(), "finance_lead", county, start_on=TODAY)
        ended = verbs.end_role(role=role, by=officer, today=TODAY)
        assert not ended.holds_on(TODAY)

    def test_twice_is_refused(self, officer, county):
        role = made.role(made.person(), "finance_lead", county)
        verbs.end_role(role=role, by=officer, today=TODAY)
        with pytest.raises(verbs.RoleIsOver):
            verbs.end_role(role=role, by=officer, today=TODAY)

    def test_never_leaves_an_organisation_without_an_officer(self, officer, county):
        with pytest.raises(verbs.NobodyWouldRemain):
            verbs.end_role(role=officer.roles.get(), by=officer, today=TODAY)
        made.role(made.person(), "programme_officer", county)
        verbs.end_role(role=officer.roles.get(), by=officer, today=TODAY)

    def test_is_for_the_officers_of_that_organisation(self, officer, county):
        other = made.role(made.person(), "partner", made.organisation("Elsewhere", "992"))
        with pytest.raises(NotAllowed):
            verbs.end_role(role=other, by=officer, today=TODAY)

    def test_head_cannot_end_her_own_headship(self, officer, county):
        school = made.school(county)
        head = made.person()
        role = made.role(head, "headteacher", school)
        with pytest.raises(NotAllowed):
            verbs.end_role(role=role, by=head, today=TODAY)
        assert verbs.end_role(role=role, by=officer, today=TODAY).end_on == TODAY


class TestGranting:
    def test_twice_is_refused(self, officer, county):
        with pytest.raises(verbs.HoldsItAlready):
            verbs.grant_role(
                to=officer, kind="programme_officer", place=county, start_on=TODAY, by=None
            )

    def test_is_on_the_persons_record_in_english(self, officer, county):
        person = made.person()
        verbs.grant_role(to=person, kind="finance_lead", place=county, start_on=TODAY, by=officer)
        entry = entries_about(person).filter(verb="accounts.grant_role").get()
        assert entry.params["role"] == "Finance lead"
        assert entry.actor_id == officer.pk

    def test_database_refuses_a_role_in_two_places(self, county):
        person = made.person()
        with pytest.raises(IntegrityError), transaction.atomic():
            Role.objects.create(
                person=person,
                kind="partner",
                organisation=county,
                school=made.school(county),
                start_on=TODAY,
            )

    def test_history_sees_plain_sql(self, officer):
        with connection.cursor() as cursor:
            cursor.execute("UPDATE accounts_role SET kind = 'partner'")
        with connection.cursor() as cursor:
            cursor.execute("SELECT kind, pgh_label FROM accounts_roleevent ORDER BY pgh_id")
            assert cursor.fetchall()[-1] == ("partner", "update")


class TestSecondStep:
    @pytest.mark.parametrize(
        ("kind", "needed"),
        [("finance_lead", True), ("programme_officer", True), ("partner", False)],
    )
    def test_is_needed_by_role(self, settings, county, kind, needed):
        settings.SECOND_FACTOR_REQUIRED = True
        person = made.person()
        made.role(person, kind, county)
        assert lacks_second_factor(person) is needed

    def test_is_not_recovery_codes(self, settings, officer):
        settings.SECOND_FACTOR_REQUIRED = True
        Authenticator.objects.create(user=officer, type="recovery_codes", data={})
        assert lacks_second_factor(Person.objects.get(pk=officer.pk))
        Authenticator.objects.create(user=officer, type="totp", data={})
        assert not lacks_second_factor(Person.objects.get(pk=officer.pk))

    def test_asks_the_database_nothing_where_it_is_switched_off(
        self, settings, officer, django_assert_num_queries
    ):
        settings.SECOND_FACTOR_REQUIRED = False
        with django_assert_num_queries(0):
            assert not lacks_second_factor(officer)
