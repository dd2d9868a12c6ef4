"""Invitations: who may send them, that they hold once and for a while, what the table keeps."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db.models.functions import Upper
from django.utils import timezone

from clusterwork.accounts.models import AnswerLink, Invitation, Person, Role
from clusterwork.accounts.services import invitations as verbs
from clusterwork.accounts.services.limits import LIMITS, count
from clusterwork.accounts.services.roles import HoldsItAlready, RoleDoesNotStandHere
from clusterwork.accounts.tests import made
from clusterwork.audit.selectors import entries_about
from clusterwork.kernel.errors import NotAllowed, TooOften
from clusterwork.notify.models import Letter
from clusterwork.notify.seal import unseal

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(days=15)


def invite(by, place, kind="link_adviser", email="new@example.org", now=NOW, language="en-gb"):
    return verbs.invite(
        email=email,
        name="New Person",
        language=language,
        kind=kind,
        place=place,
        by=by,
        now=now,
        key_link=lambda key, language: f"key {key}",
        answer_link=lambda token, language: f"token {token}",
    )


def last_link() -> tuple[str, str]:
    """(how, secret) of the newest letter: `key` or `token`."""
    how, secret = unseal(Letter.objects.latest("pk").sealed)["link"].split(" ", 1)
    return how, secret


def come_in(key: str, now=NOW) -> Person:
    return verbs.accept_as_new_person(
        key=key, name="New Person", language="cy", password="long enough words", now=now
    )


class TestWhoMayInvite:
    def test_officer_to_her_organisation_and_its_schools(self, officer, county, school):
        assert invite(officer, county).organisation == county
        assert invite(officer, school, "headteacher").school == school

    def test_officer_not_to_another_organisation(self, officer):
        with pytest.raises(NotAllowed):
            invite(officer, made.organisation("Elsewhere", "992"))

    def test_head_her_staff_and_governors_but_no_head(self, head, school):
        assert invite(head, school, "school_staff")
        assert invite(head, school, "chair_of_governors", "gov@example.org")
        with pytest.raises(NotAllowed):
            invite(head, school, "headteacher", "other@example.org")

    def test_head_not_to_another_school(self, head, county):
        with pytest.raises(NotAllowed):
            invite(head, made.school(county, 900_002, "Other School"), "school_staff")

    def test_staff_nobody(self, school):
        who = made.person("Sam Lee")
        made.role(who, "school_staff", school)
        with pytest.raises(NotAllowed):
            invite(who, school, "school_staff")

    def test_nobody_themselves(self, officer, county):
        with pytest.raises(NotAllowed):
            invite(officer, county, "finance_lead", officer.email.upper())

    def test_role_must_exist_there(self, officer, county):
        with pytest.raises(RoleDoesNotStandHere):
            invite(officer, county, "headteacher")

    def test_former_officer_no_longer(self, officer, county):
        Role.objects.filter(person=officer).update(end_on=NOW.date())
        with pytest.raises(NotAllowed):
            invite(officer, county)


class TestTheKey:
    def test_is_kept_as_a_hash_only(self, officer, county):
        invitation = invite(officer, county)
        how, key = last_link()
        assert how == "key"
        kept = str(Invitation.objects.values().get(pk=invitation.pk))
        assert key not in kept
        assert invitation.key_hash == verbs.hash_of(key)
        assert key not in str(Letter.objects.values().latest("pk"))

    def test_makes_a_person_with_the_role_once(self, officer, county):
        invite(officer, county)
        _how, key = last_link()
        person = come_in(key)
        assert person.language == "cy"
        assert person.roles.get().kind == "link_adviser"
        assert person.roles.get().start_on == NOW.date()
        with pytest.raises(verbs.InvitationClosed):
            come_in(key)

    def test_no_longer_holds_after_fourteen_days(self, officer, county):
        invite(officer, county)
        _how, key = last_link()
        assert verbs.invitation_by_key(key, NOW + dt.timedelta(days=14, seconds=-1))
        with pytest.raises(verbs.InvitationClosed):
            come_in(key, NOW + dt.timedelta(days=14))
        assert not Person.objects.filter(email="new@example.org").exists()

    def test_of_an_earlier_letter_stops_when_sent_again(self, officer, county):
        invitation = invite(officer, county)
        _how, old = last_link()
        again = verbs.send_again(
            invitation=invitation,
            by=officer,
            now=LATER,
            key_link=lambda key, language: f"key {key}",
            answer_link=lambda token, language: f"token {token}",
        )
        _how, new = last_link()
        assert again.expires_at == LATER + dt.timedelta(days=14)
        with pytest.raises(verbs.InvitationClosed):
            verbs.invitation_by_key(old, LATER)
        assert come_in(new, LATER)

    def test_stops_when_withdrawn(self, officer, county):
        invitation = invite(officer, county)
        _how, key = last_link()
        verbs.withdraw(invitation=invitation, by=officer, now=NOW)
        with pytest.raises(verbs.InvitationClosed):
            come_in(key)
        with pytest.raises(verbs.InvitationClosed):
            verbs.withdraw(invitation=invitation, by=officer, now=NOW)

    def test_stops_when_whoever_invited_may_no_longer_give_the_role(self, officer, county):
        invitation = invite(officer, county)
        _how, key = last_link()
        Role.objects.filter(person=officer).update(end_on=NOW.date())
        with pytest.raises(verbs.InvitationClosed):
            come_in(key)
        other = made.person("Another Officer")
        made.role(other, "programme_officer", county)
        verbs.send_again(
            invitation=invitation,
            by=other,
            now=NOW,
            key_link=lambda key, language: f"key {key}",
            answer_link=lambda token, language: f"token {token}",
        )
        assert come_in(last_link()[1]).roles.get().kind == "link_adviser"

    def test_is_not_enough_where_the_address_is_somebodys(self, officer, county):
        invite(officer, county)
        _how, key = last_link()
        made.person("New Person")
        with pytest.raises(verbs.SignInFirst):
            come_in(key)


class TestSomebodyKnown:
    def test_gets_a_link_to_answer_without_signing_in(self, officer, county):
        person = made.person("New Person", language="cy")
        invite(officer, county)
        how, token = last_link()
        assert how == "token"
        assert Letter.objects.latest("pk").language == "cy"
        assert AnswerLink.objects.get().person == person
        assert token.startswith("accept_invitation.")

    def test_does_not_accept_what_another_address_was_offered(self, officer, county):
        other = made.person("Sam Lee")
        invitation = invite(officer, county)
        with pytest.raises(verbs.InvitedSomebodyElse):
            verbs.accept(invitation=invitation, person=other, now=NOW)
        assert not other.roles.exists()

    def test_does_not_accept_what_they_offered_themselves(self, officer, county):
        invitation = invite(officer, county, "finance_lead")
        Invitation.objects.update(email=officer.email)
        with pytest.raises(NotAllowed):
            verbs.accept(invitation=invitation, person=officer, now=NOW)
        assert officer.roles.get().kind == "programme_officer"

    def test_accepts_whatever_the_capitals_of_the_address(self, officer, county):
        person = made.person("New Person")
        invitation = invite(officer, county, email="NEW@example.org")
        Person.objects.update(email=Upper("email"))
        person.refresh_from_db()
        assert verbs.accept(invitation=invitation, person=person, now=NOW).person == person

    def test_is_not_invited_to_what_they_have(self, officer, county):
        made.role(made.person("New Person"), "link_adviser", county)
        with pytest.raises(HoldsItAlready):
            invite(officer, county)

    def test_is_not_invited_twice_at_once(self, officer, county):
        invite(officer, county)
        with pytest.raises(verbs.InvitedAlready):
            invite(officer, county, email="NEW@example.org")

    def test_may_get_the_role_meanwhile(self, officer, county):
        invitation = invite(officer, county)
        person = made.person("New Person")
        made.role(person, "link_adviser", county)
        assert verbs.accept(invitation=invitation, person=person, now=NOW) is None
        assert person.roles.count() == 1


class TestRecord:
    def test_tells_what_happened_and_hides_the_address(self, officer, county):
        invitation = invite(officer, county)
        verbs.withdraw(invitation=invitation, by=officer, now=NOW)
        verbs_done = [entry.verb for entry in entries_about(invitation)]
        assert verbs_done == ["accounts.withdraw", "accounts.invite"]
        assert "new@example.org" not in str(entries_about(invitation).values())


class TestTooOften:
    def test_stops_at_the_limit_and_goes_on_after_it(self):
        now = timezone.now()
        limit = LIMITS["invite_address"]
        for _try in range(limit.n_times):
            count("invite_address", "a@example.org", now=now)
        with pytest.raises(TooOften):
            count("invite_address", "A@example.org ", now=now)
        count("invite_address", "b@example.org", now=now)
        count("invite_address", "a@example.org", now=now + limit.within)
