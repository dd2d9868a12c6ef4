"""Signing in by password, the second step, passkeys' page, sessions, new passwords."""

from __future__ import annotations

import re

import pytest
from allauth.core.context import request_context
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.test import Client, RequestFactory
from django.urls import reverse

from clusterwork.accounts.adapters import AccountAdapter
from clusterwork.accounts.models import Person
from clusterwork.audit.selectors import entries_about
from clusterwork.notify.models import Letter
from clusterwork.notify.seal import unseal
from clusterwork.notify.services import send

pytestmark = pytest.mark.django_db
WORD = "three words apart"


@pytest.fixture
def person() -> Person:
    return Person.objects.create_user("nia@example.org", WORD, name="Nia Rees")


def sign_in(client: Client, password: str = WORD, email: str = "nia@example.org"):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def send_all() -> None:
    for letter in Letter.objects.filter(sent_at__isnull=True):
        send(letter.pk)


class TestPassword:
    def test_lets_in_whatever_the_capitals_of_the_address(self, client, person):
        answer = sign_in(client, email="NIA@Example.org")
        assert answer.status_code == 302
        assert answer["Location"] == "/"

    def test_leads_home_in_welsh_for_a_person_whose_language_it_is(self, client, person):
        Person.objects.update(language="cy")
        assert sign_in(client)["Location"] == "/cy/"

    def test_says_the_same_for_a_wrong_password_and_an_unknown_address(self, client, person):
        wrong = sign_in(client, "something else entirely").content.decode()
        unknown = sign_in(client, email="nobody@example.org").content.decode()
        sentence = "The e-mail address and the password do not belong together."
        assert sentence in wrong
        assert sentence in unknown

    def test_stops_guessing_at_one_address(self, client, person):
        for _try in range(5):
            assert b"do not belong together" in sign_in(client, "wrong wrong wrong").content
        assert b"Wait five minutes" in sign_in(client, "wrong wrong wrong").content
        assert b"Wait five minutes" in sign_in(client).content

    def test_shows_our_page_of_too_many_tries(self, client, settings):
        settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}
        answers = [sign_in(client) for _try in range(3)]
        assert [each.status_code for each in answers] == [200, 200, 429]
        assert b"cw-header" in answers[-1].content

    def test_counts_behind_a_proxy_by_who_stands_before_it(self, client, settings):
        settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
        values = {"login": "a@example.org", "password": "b"}
        seen = [
            client.post(reverse("account_login"), values, headers={"x-forwarded-for": address})
            for address in ("10.0.0.1", "10.0.0.2", "9.9.9.9, 10.0.0.1")
        ]
        assert [each.status_code for each in seen] == [200, 200, 429]

    def test_get_on_sign_out_asks_and_changes_nothing(self, client, person):
        sign_in(client)
        assert b"Sign out?" in client.get(reverse("account_logout")).content
        assert client.get(reverse("account")).status_code == 200


class TestNewPassword:
    def test_is_chosen_through_a_link_in_the_persons_language(self, client, person):
        Person.objects.update(language="cy")
        client.post(reverse("account_reset_password"), {"email": person.email})
        send_all()
        [letter] = mail.outbox
        assert letter.extra_headers["Content-Language"] == "cy"
        link = re.search(r"http\S+(/cy)?/account/password/reset/key/\S+", letter.body).group()
        page = client.get(link, follow=True)
        form_at = page.redirect_chain[-1][0]
        client.post(form_at, {"password1": "other words altogether"})
        assert sign_in(client, "other words altogether").status_code == 302

    def test_link_leads_to_our_own_address_whatever_the_host(self, client, person, settings):
        settings.ALLOWED_HOSTS = ["*"]
        settings.SITE_ADDRESS = "https://ours.example"
        values = {"email": person.email}
        client.post(reverse("account_reset_password"), values, headers={"host": "evil.test"})
        link = unseal(Letter.objects.get().sealed)["link"]
        assert link.startswith("https://ours.example/account/password/reset/key/")

    def test_of_an_unknown_address_sends_nothing_and_says_the_same(self, client, person):
        known = client.post(reverse("account_reset_password"), {"email": person.email})
        unknown = client.post(reverse("account_reset_password"), {"email": "x@example.org"})
        assert known["Location"] == unknown["Location"]
        assert Letter.objects.count() == 1

    def test_refuses_a_short_one(self, client, person):
        sign_in(client)
        answer = client.post(
            reverse("account_change_password"), {"oldpassword": WORD, "password1": "short"}
        )
        assert b"govuk-error-summary" in answer.content

    def test_changed_sends_a_notice_and_keeps_no_secret_of_it(self, client, person):
        sign_in(client)
        answer = client.post(
            reverse("account_change_password"),
            {"oldpassword": WORD, "password1": "other words altogether"},
        )
        assert answer["Location"] == reverse("account")
        send_all()
        assert "Your password was changed." in mail.outbox[0].body
        [entry] = entries_about(person)
        assert (entry.verb, entry.actor_id) == ("accounts.change_sign_in", person.pk)
        assert entry.summary == "Your password was changed."

    def test_link_that_was_used_says_so(self, client, person):
        answer = client.get(reverse("account_reset_password_from_key", args=["1", "a-b"]))
        assert b"This link no longer works" in answer.content


def test_a_new_passkey_ends_the_sessions_that_began_without_it(client, person):
    other = Client()
    sign_in(other)
    sign_in(client)
    request = RequestFactory().post("/")
    request.session, request.user = client.session, person
    with request_context(request):
        AccountAdapter().send_notification_mail("mfa/email/webauthn_added", person)
    assert client.get(reverse("account")).status_code == 200
    assert other.get(reverse("account")).status_code == 302


class TestSecondStep:
    @pytest.fixture
    def app(self, person) -> str:
        secret = totp.generate_totp_secret()
        totp.TOTP.activate(person, secret)
        RecoveryCodes.activate(person)
        return secret

    def number(self, secret: str) -> str:
        return totp.format_hotp_value(
            totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time()))
        )

    def test_is_asked_for_after_the_password(self, client, person, app):
        assert sign_in(client)["Location"] == reverse("mfa_authenticate")
        assert client.get(reverse("account")).status_code == 302
        answer = client.post(reverse("mfa_authenticate"), {"code": self.number(app)})
        assert answer["Location"] == "/"
        assert client.get(reverse("account")).status_code == 200

    def test_refuses_a_wrong_number_in_our_words(self, client, person, app):
        sign_in(client)
        answer = client.post(reverse("mfa_authenticate"), {"code": "000000"})
        assert b"not the one that the app shows" in answer.content

    def test_takes_a_recovery_code_once(self, client, person, app):
        codes = Authenticator.objects.get(type="recovery_codes").wrap()
        code = codes.get_unused_codes()[0]
        sign_in(client)
        assert client.post(reverse("mfa_authenticate"), {"code": code})["Location"] == "/"
        client.post(reverse("account_logout"))
        sign_in(client)
        assert client.post(reverse("mfa_authenticate"), {"code": code}).status_code == 200

    def test_keeps_the_secret_encrypted(self, person, app):
        kept = Authenticator.objects.get(type="totp").data["secret"]
        assert app not in kept

    def test_is_set_up_with_the_number_that_the_app_shows(
        self, client, person, django_capture_on_commit_callbacks
    ):
        other = Client()
        sign_in(other)
        sign_in(client)
        page = client.get(reverse("mfa_activate_totp"), follow=True)
        assert b"Show that it is you" in page.content
        client.post(reverse("account_reauthenticate"), {"password": WORD})
        page = client.get(reverse("mfa_activate_totp"))
        secret = re.search(r"Key: <strong[^>]*>(\w+)<", page.content.decode()).group(1)
        with django_capture_on_commit_callbacks(execute=True):
            client.post(reverse("mfa_activate_totp"), {"code": self.number(secret)})
        assert Authenticator.objects.filter(user=person, type="totp").exists()
        assert client.get(reverse("account")).status_code == 200
        assert other.get(reverse("account"))["Location"].startswith(reverse("account_login"))
        assert sign_in(other)["Location"] == reverse("mfa_authenticate")
        send_all()
        assert "An app was set up as the second step." in mail.outbox[0].body
