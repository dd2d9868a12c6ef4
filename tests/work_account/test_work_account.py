"""Signing in with a work account, end to end against a provider on this machine."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.mfa.totp.internal import auth as totp
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.urls import reverse

from clusterwork.accounts.models import Invitation, Person
from clusterwork.accounts.services import invitations
from clusterwork.accounts.tests import made
from clusterwork.audit.selectors import entries_about
from clusterwork.config import oidc
from tests.work_account.provider import CLIENT, SECRET, Provider, running

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider(settings, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with running() as started:
        settings.SOCIALACCOUNT_PROVIDERS = oidc.providers(
            {
                "CLUSTERWORK_OIDC_COUNTY_NAME": "County account",
                "CLUSTERWORK_OIDC_COUNTY_SERVER_URL": started.address,
                "CLUSTERWORK_OIDC_COUNTY_CLIENT_ID": CLIENT,
                "CLUSTERWORK_OIDC_COUNTY_SECRET": SECRET,
            }
        )
        yield started


@pytest.fixture
def trusted(provider, settings):
    """The provider, trusted with one domain."""
    [app] = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    app["settings"]["verified_email"] = ["trusted.example"]
    return provider


def somebody(email="nia@example.org", *, verified: object = True, sub="7") -> dict[str, object]:
    return {"sub": sub, "email": email, "email_verified": verified, "name": "Nia Rees"}


def leave(client, language="") -> str:
    """Presses the button of the sign-in page; the address that it leads to."""
    answer = client.post(language + reverse("openid_connect_login", args=["county"]))
    assert answer.status_code == 200
    return unescape(re.search(r'class="govuk-link" href="(http[^"]+/authorize[^"]+)"',
                              answer.content.decode()).group(1))  # fmt: skip


def come_back(client, address: str):
    """What the browser does: asks the provider, follows its answer to us."""
    back = requests.get(address, allow_redirects=False, timeout=5).headers["Location"]
    parts = urlsplit(back)
    return client.get(f"{parts.path}?{parts.query}")


class TestSomebodyKnown:
    def test_comes_in_with_pkce(self, client, provider: Provider):
        person = made.person()
        provider.who = somebody("NIA@example.org")
        address = leave(client)
        asked = parse_qs(urlsplit(address).query)
        assert asked["code_challenge_method"] == ["S256"]
        assert asked["response_type"] == ["code"]
        assert set(asked["scope"][0].split()) == {"openid", "profile", "email"}
        answer = come_back(client, address)
        assert answer["Location"] == "/"
        assert client.get(reverse("account")).status_code == 200
        assert SocialAccount.objects.get().user == person
        assert entries_about(person)[0].summary == "A work account can now be used to sign in."
        assert provider.n_tokens == 1
        assert provider.refusals == []

    def test_keeps_the_password_and_no_token(self, client, provider):
        person = made.person()
        provider.who = somebody()
        come_back(client, leave(client))
        person.refresh_from_db()
        assert person.check_password(made.WORD)
        assert SocialToken.objects.count() == 0

    def test_is_known_by_the_account_when_the_address_changes(self, client, provider):
        person = made.person()
        provider.who = somebody()
        come_back(client, leave(client))
        client.logout()
        provider.who = somebody("married@example.org")
        come_back(client, leave(client))
        assert client.session["_auth_user_id"] == str(person.pk)

    def test_comes_back_to_the_one_registered_address_from_welsh_pages(self, client, provider):
        made.person(language="cy")
        provider.who = somebody()
        address = leave(client, "/cy")
        back = parse_qs(urlsplit(address).query)["redirect_uri"][0]
        assert urlsplit(back).path == "/account/oidc/county/login/callback/"
        assert come_back(client, address)["Location"] == "/cy/"

    def test_is_asked_for_the_second_step_too(self, client, provider):
        person = made.person()
        totp.TOTP.activate(person, totp.generate_totp_secret())
        provider.who = somebody()
        assert come_back(client, leave(client))["Location"] == reverse("mfa_authenticate")
        assert client.get(reverse("account")).status_code == 302

    def test_is_shut_out_when_closed(self, client, provider):
        made.person()
        Person.objects.update(is_active=False)
        provider.who = somebody()
        assert come_back(client, leave(client))["Location"] == reverse("account_inactive")


class TestRefused:
    def stays_out(self, client):
        assert "_auth_user_id" not in client.session
        assert client.get(reverse("account")).status_code == 302

    def test_somebody_unknown(self, client, provider):
        provider.who = somebody("stranger@example.org")
        answer = come_back(client, leave(client))
        assert b"You need an invitation" in answer.content
        assert Person.objects.count() == 0
        self.stays_out(client)

    @pytest.mark.parametrize("verified", [False, None, "false"])
    def test_an_address_that_was_not_checked(self, client, provider, verified):
        made.person()
        provider.who = somebody(verified=verified)
        answer = come_back(client, leave(client))
        assert b"You need an invitation" in answer.content
        assert SocialAccount.objects.count() == 0
        self.stays_out(client)

    def test_an_address_of_a_domain_that_the_provider_is_not_trusted_with(self, client, trusted):
        made.person()
        trusted.who = somebody()
        answer = come_back(client, leave(client))
        assert b"You need an invitation" in answer.content
        assert SocialAccount.objects.count() == 0
        self.stays_out(client)

    def test_a_wrong_state(self, client, provider):
        made.person()
        provider.who = somebody()
        address = re.sub(r"state=[^&]+", "state=forged", leave(client))
        answer = come_back(client, address)
        assert answer.status_code == 401
        assert b"did not let you in" in answer.content
        assert provider.n_tokens == 0
        self.stays_out(client)

    def test_an_answer_meant_for_another_browser(self, client, provider):
        from django.test import Client

        made.person()
        provider.who = somebody()
        other = Client()
        assert come_back(other, leave(client)).status_code == 401
        self.stays_out(other)

    def test_a_code_used_twice(self, client, provider):
        made.person()
        provider.who = somebody()
        address = leave(client)
        back = requests.get(address, allow_redirects=False, timeout=5).headers["Location"]
        path = back.split("127.0.0.1", 1)[-1]
        parts = urlsplit(back)
        path = f"{parts.path}?{parts.query}"
        client.get(path)
        client.logout()
        assert client.get(path).status_code == 401
        self.stays_out(client)

    def test_going_there_by_get(self, client, provider):
        page = client.get(reverse("openid_connect_login", args=["county"]))
        assert b"County account" in page.content
        assert b"/authorize" not in page.content

    def test_joining_an_account_by_a_query(self, client, provider):
        address = reverse("openid_connect_login", args=["county"])
        assert client.post(address + "?process=connect").status_code == 404

    def test_a_provider_that_nobody_named(self, client, provider):
        address = reverse("openid_connect_login", args=["other"])
        assert client.post(address).status_code == 404

    def test_when_the_provider_is_away(self, client, settings):
        settings.SOCIALACCOUNT_PROVIDERS = oidc.providers(
            {
                "CLUSTERWORK_OIDC": '[{"id": "away", "name": "Away", "client_id": "c", '
                '"secret": "s", "server_url": "http://127.0.0.1:9/"}]'
            }
        )
        answer = client.post(reverse("openid_connect_login", args=["away"]))
        assert answer.status_code == 503
        assert b"did not let you in" in answer.content


class TestSomebodyInvited:
    def test_comes_in_and_accepts_by_a_button(self, client, trusted):
        county = made.organisation()
        officer = made.person("Olwen Price")
        made.role(officer, "programme_officer", county)
        from django.utils import timezone

        invitations.invite(
            email="nia@trusted.example",
            name="Nia",
            language="en-gb",
            kind="partner",
            place=county,
            by=officer,
            now=timezone.now(),
            key_link=lambda key, language: key,
            answer_link=lambda token, language: token,
        )
        trusted.who = somebody("nia@trusted.example", verified=None)
        come_back(client, leave(client))
        person = Person.objects.get(email="nia@trusted.example")
        assert person.name == "Nia Rees"
        assert [each.verb for each in entries_about(person)] == ["accounts.make_person"]
        assert not person.has_usable_password()
        assert person.roles.count() == 0
        page = client.get(reverse("account")).content.decode()
        assert "Invitations to answer" in page
        client.post(reverse("own_invitation_accept", args=[Invitation.objects.get().pk]))
        assert person.roles.get().kind == "partner"


class TestSettings:
    def group(self, **changes: str) -> dict[str, str]:
        values = {"NAME": "A", "SERVER_URL": "https://a.example", "CLIENT_ID": "c", "SECRET": "s"}
        return {f"CLUSTERWORK_OIDC_A_{key}": value for key, value in {**values, **changes}.items()}

    def test_none_named_is_none_offered(self):
        assert oidc.providers({})["openid_connect"]["APPS"] == []

    def test_trust_no_domain_by_default(self):
        [app] = oidc.providers(self.group())["openid_connect"]["APPS"]
        assert app["settings"]["verified_email"] == []
        assert app["settings"]["oauth_pkce_enabled"] is True

    def test_secret_comes_from_a_file(self, tmp_path):
        (tmp_path / "secret").write_text("kept\n")
        group = self.group(SECRET="", SECRET_FILE=str(tmp_path / "secret"))
        [app] = oidc.providers(group)["openid_connect"]["APPS"]
        assert app["secret"] == "kept"

    @pytest.mark.parametrize(
        ("change", "says"),
        [
            ({"CLIENT_ID": ""}, "lacks: client_id"),
            ({"COLOUR": "red"}, "unknown keys: colour"),
            ({"SERVER_URL": "http://a.example"}, "must begin https"),
        ],
    )
    def test_unclear_ones_are_refused_in_words(self, change, says):
        with pytest.raises(oidc.ProviderUnclear, match=says):
            oidc.providers(self.group(**change))

    @pytest.mark.parametrize("text", ["{", "{}", "[1]"])
    def test_json_must_be_a_list_of_objects(self, text):
        with pytest.raises(oidc.ProviderUnclear):
            oidc.providers({"CLUSTERWORK_OIDC": text})
