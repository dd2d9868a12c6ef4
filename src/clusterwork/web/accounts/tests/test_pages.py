"""The pages of people: who sees them, what a GET leaves alone, what a POST does."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from clusterwork.accounts.models import Attempt, Delegation, Invitation, Person, Role
from clusterwork.accounts.services.answer_links import make_answer_link
from clusterwork.accounts.services.roles import grant_role
from clusterwork.accounts.tests import made
from clusterwork.audit.models import Entry
from clusterwork.notify.models import Letter
from clusterwork.notify.seal import unseal

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(autouse=True)
def no_second_step(settings):
    settings.SECOND_FACTOR_REQUIRED = False


def as_(client, who: Person):
    client.force_login(who, backend=BACKEND)
    return client


def send(client, place: str, kind: str, email="new@example.org"):
    values = {"place": place, "kind": kind, "email": email, "name": "New", "language": "en-gb"}
    return client.post(reverse("invite"), values)


def last_path() -> str:
    link = unseal(Letter.objects.latest("pk").sealed)["link"]
    return re.sub(r"^https?://[^/]+", "", link)


def counted() -> tuple[int, ...]:
    kinds = (Entry, Invitation, Role, Person, Delegation, Attempt, Letter)
    return tuple(kind.objects.count() for kind in kinds)


class TestInviting:
    def test_from_form_to_role(self, client, officer, school):
        answer = send(as_(client, officer), f"s-{school.pk}", "headteacher")
        assert answer["Location"] == reverse("people")
        client.logout()
        path = last_path()
        before = counted()
        page = client.get(path).content.decode()
        assert "Headteacher" in page
        assert "new@example.org" in page
        assert counted() == before
        values = {"name": "Newa Davies", "language": "cy", "password": "long enough words"}
        answer = client.post(path, values)
        assert answer["Location"] == "/cy/"
        assert client.get(reverse("account")).status_code == 200
        assert Role.objects.get(school=school).person.name == "Newa Davies"
        assert client.get(path).status_code == 409

    def test_refuses_a_weak_password_and_keeps_what_was_typed(self, client, officer, county):
        send(as_(client, officer), f"o-{county.pk}", "partner")
        client.logout()
        values = {"name": "Newa Davies", "language": "cy", "password": "short"}
        page = client.post(last_path(), values).content.decode()
        assert "govuk-error-summary" in page
        assert "Newa Davies" in page
        assert Invitation.objects.get().accepted_at is None

    def test_somebody_known_answers_without_signing_in(self, client, officer, county):
        made.person("New Person")
        send(as_(client, officer), f"o-{county.pk}", "partner")
        client.logout()
        path = last_path()
        assert "/account/answer/" in path
        before = counted()
        assert b"New Person" in client.get(path).content
        assert counted() == before
        assert b"recorded" in client.post(path).content
        assert Role.objects.get(kind="partner").person.name == "New Person"
        assert client.get(reverse("account")).status_code == 302
        assert client.post(path).status_code == 404

    def test_a_link_for_something_else_is_refused_in_words(self, client):
        someone = made.person("New Person")
        asked = {"purpose": "answer_place", "person": someone, "subject": someone}
        token = make_answer_link(now=timezone.now(), **asked)
        for answer in (client.get, client.post):
            assert answer(reverse("answer", args=[token])).status_code == 404

    def test_somebody_signed_in_accepts_from_the_account_page(self, client, officer, county):
        new = made.person("New Person")
        send(as_(client, officer), f"o-{county.pk}", "partner")
        invitation = Invitation.objects.get()
        as_(client, new)
        assert b"Invitations to answer" in client.get(reverse("account")).content
        accept = reverse("own_invitation_accept", args=[invitation.pk])
        assert client.get(accept).status_code == 405
        client.post(accept)
        assert new.roles.get().kind == "partner"

    def test_not_an_invitation_of_somebody_else(self, client, officer, county):
        send(as_(client, officer), f"o-{county.pk}", "partner")
        as_(client, made.person("Sam Lee"))
        pk = Invitation.objects.get().pk
        assert client.post(reverse("own_invitation_accept", args=[pk])).status_code == 409
        assert Role.objects.filter(kind="partner").count() == 0

    def test_nor_by_the_link_of_a_letter_to_somebody_else(self, client, officer, county):
        send(as_(client, officer), f"o-{county.pk}", "partner")
        path = last_path()
        assert client.get(path).status_code == 403
        as_(client, made.person("Sam Lee"))
        for answer in (client.get(path), client.post(path)):
            assert answer.status_code == 409
            assert b"for another e-mail address than yours" in answer.content
        assert Role.objects.filter(kind="partner").count() == 0

    def test_by_a_head_offers_no_other_places_and_roles(self, client, head, school, county):
        made.school(county, 900_002, "Other School")
        page = as_(client, head).get(reverse("invite")).content.decode()
        assert "Other School" not in page
        assert 'value="headteacher"' not in page
        assert send(client, f"s-{school.pk}", "school_staff").status_code == 302

    def test_says_in_the_form_what_does_not_fit(self, client, officer, county):
        page = send(as_(client, officer), f"o-{county.pk}", "headteacher").content.decode()
        assert "This role does not exist there." in page

    def test_too_often_to_one_address_shows_our_page(self, client, officer, county):
        as_(client, officer)
        kinds = ("partner", "link_adviser", "evaluator", "inspector", "finance_lead")
        for kind in kinds:
            assert send(client, f"o-{county.pk}", kind).status_code == 302
        answer = send(client, f"o-{county.pk}", "provision_worker")
        assert answer.status_code == 429
        assert b"Too many tries" in answer.content

    def test_can_be_sent_again_and_taken_back_by_post_only(self, client, officer, county):
        send(as_(client, officer), f"o-{county.pk}", "partner")
        pk = Invitation.objects.get().pk
        for name in ("invitation_again", "invitation_withdraw"):
            assert client.get(reverse(name, args=[pk])).status_code == 405
            assert client.post(reverse(name, args=[pk])).status_code == 302
        assert Invitation.objects.get().withdrawn_at
        assert client.post(reverse("invitation_again", args=[pk])).status_code == 409

    def test_of_another_organisation_is_out_of_reach(self, client, officer, county):
        send(as_(client, officer), f"o-{county.pk}", "partner")
        other = made.person("Ann Other")
        made.role(other, "programme_officer", made.organisation("Elsewhere", "992"))
        pk = Invitation.objects.get().pk
        assert as_(client, other).post(
            reverse("invitation_withdraw", args=[pk])
        ).status_code == 403  # fmt: skip


class TestPeople:
    def test_lists_those_of_the_organisation_and_its_schools(self, client, officer, head):
        stranger = made.person("Zed Stranger")
        made.role(stranger, "partner", made.organisation("Elsewhere", "992"))
        page = as_(client, officer).get(reverse("people")).content.decode()
        assert "Hana Jones" in page
        assert "2 roles are held today." in page
        assert "Zed Stranger" not in page
        assert client.get(reverse("person", args=[stranger.pk])).status_code == 403

    def test_finds_by_word_and_role(self, client, officer, head):
        as_(client, officer)
        page = client.get(reverse("people"), {"q": "hana"}).content.decode()
        assert "1 of 2 roles." in page
        page = client.get(reverse("people"), {"kind": "programme_officer"}).content.decode()
        assert "Hana Jones" not in page

    def test_a_null_character_is_no_trouble(self, client, officer, head):
        as_(client, officer)
        for name in ("people", "people_csv"):
            answer = client.get(reverse(name), {"q": "ha\x00na", "kind": "\x00"})
            assert b"Hana Jones" in b"".join(answer)

    def test_gives_the_same_rows_as_a_file(self, client, officer, head):
        answer = as_(client, officer).get(reverse("people_csv"), {"q": "hana"})
        lines = b"".join(answer.streaming_content).decode().splitlines()
        assert len(lines) == 2
        assert "hana@example.org" in lines[1]

    def test_shows_what_happened_and_ends_a_role_by_post(self, client, officer, head):
        role = head.roles.get()
        as_(client, officer)
        end = reverse("role_end", args=[role.pk])
        before = counted()
        assert b"End this role" in client.get(end).content
        assert counted() == before
        client.post(end)
        page = client.get(reverse("person", args=[head.pk])).content.decode()
        assert "Lost a role: Headteacher, Village Primary School" in page
        assert "Olwen Price" in page

    def test_say_nothing_of_roles_elsewhere(self, client, officer, head, county):
        elsewhere = made.organisation("Elsewhere", "992")
        for place in (county, elsewhere):
            grant_role(to=head, kind="partner", place=place, start_on=made.LONG_AGO, by=officer)
        page = as_(client, officer).get(reverse("person", args=[head.pk])).content.decode()
        assert "Got a role: Partner, Wolderland" in page
        assert "Elsewhere" not in page

    def test_are_closed_to_others(self, client, school):
        who = made.person("Sam Lee")
        made.role(who, "school_staff", school)
        as_(client, who)
        for name in ("people", "people_csv", "invite"):
            assert client.get(reverse(name)).status_code == 403

    def test_take_few_queries_however_many(
        self, client, officer, county, django_assert_max_num_queries
    ):
        for number in range(60):
            who = made.person(f"P{number} Many")
            made.role(who, "school_staff", made.school(county, 900_100 + number))
        as_(client, officer)
        with django_assert_max_num_queries(30):
            client.get(reverse("people"))


class TestAccount:
    def test_records_the_language_and_goes_on_in_it(self, client, head):
        as_(client, head)
        answer = client.post(reverse("account"), {"name": "Hana Siôn", "language": "cy"})
        assert answer["Location"] == "/cy/account/"
        head.refresh_from_db()
        assert (head.name, head.language) == ("Hana Siôn", "cy")

    def test_asks_for_a_name(self, client, head):
        page = as_(client, head).post(reverse("account"), {"name": "", "language": "cy"})
        assert b"Write the name." in page.content
        head.refresh_from_db()
        assert head.language == "en-gb"


class TestNaming:
    def test_by_the_head_from_page_to_end(self, client, head, school):
        deputy = made.person("Dewi Rowe")
        made.role(deputy, "school_staff", school)
        as_(client, head)
        address = reverse("delegates", args=[school.pk])
        values = {"person": deputy.pk, "what": "send", "last_on": "31/8/2099"}
        assert client.post(address, values).status_code == 302
        page = client.get(address).content.decode()
        assert "Dewi Rowe" in page
        assert "Named: Dewi Rowe, Village Primary School" in page
        pk = Delegation.objects.get().pk
        assert client.get(reverse("delegate_end", args=[pk])).status_code == 405
        client.post(reverse("delegate_end", args=[pk]))
        assert "Nobody is named" in client.get(address).content.decode()

    def test_is_closed_to_heads_of_other_schools(self, client, head, county):
        other = made.school(county, 900_002, "Other School")
        assert as_(client, head).get(reverse("delegates", args=[other.pk])).status_code == 403


class TestSecondStepByRole:
    def test_leads_to_setting_it_up_and_nowhere_else(self, client, settings, officer):
        settings.SECOND_FACTOR_REQUIRED = True
        as_(client, officer)
        for name in ("people", "account", "home"):
            assert client.get(reverse(name))["Location"] == reverse("mfa_index")
        page = client.get(reverse("mfa_index")).content.decode()
        assert "needs a second step" in page
        assert client.get(reverse("account_logout")).status_code == 200

    def test_stops_a_post_before_it_does_anything(self, client, settings, officer, county):
        settings.SECOND_FACTOR_REQUIRED = True
        assert send(as_(client, officer), f"o-{county.pk}", "partner").status_code == 302
        assert Invitation.objects.count() == 0

    def test_is_no_way_round_by_a_page_with_a_like_name(self, client, settings, officer, county):
        send(as_(client, officer), f"o-{county.pk}", "partner")
        settings.SECOND_FACTOR_REQUIRED = True
        as_(client, officer)
        withdraw = reverse("invitation_withdraw", args=[Invitation.objects.get().pk])
        assert client.post(withdraw)["Location"] == reverse("mfa_index")
        assert Invitation.objects.get().withdrawn_at is None

    def test_lets_a_letter_be_answered(self, client, settings, officer, county):
        send(as_(client, officer), f"o-{county.pk}", "partner")
        settings.SECOND_FACTOR_REQUIRED = True
        person = made.person("New Person")
        made.role(person, "finance_lead", county)
        assert as_(client, person).get(last_path()).status_code == 200


class TestEveryPage:
    """All addresses without a key, in both languages, as our own pages."""

    SIGNED_OUT = (
        "account_login",
        "account_signup",
        "account_inactive",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key_done",
        "socialaccount_login_cancelled",
        "socialaccount_login_error",
    )
    SIGNED_IN = (
        "account",
        "people",
        "invite",
        "account_logout",
        "account_change_password",
        "account_reauthenticate",
        "mfa_index",
        "mfa_list_webauthn",
        "usersessions_list",
    )

    @pytest.mark.parametrize("language", ["en-gb", "cy"])
    @pytest.mark.parametrize("name", SIGNED_OUT)
    def test_signed_out(self, client, name, language):
        self.check(client, name, language)

    @pytest.mark.parametrize("language", ["en-gb", "cy"])
    @pytest.mark.parametrize("name", SIGNED_IN)
    def test_signed_in(self, client, officer, name, language):
        self.check(as_(client, officer), name, language)

    def check(self, client, name, language):
        with override(language):
            address = reverse(name)
        answer = client.get(address)
        page = answer.content.decode()
        assert answer.status_code in (200, 401), answer
        assert "cw-header" in page
        assert f'lang="{"cy" if language == "cy" else "en"}"' in page
        assert page.count("<h1") == 1
