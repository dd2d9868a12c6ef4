"""What holds for every page: headers, languages, errors, health."""

import json
import re

import pytest
from django.db import OperationalError
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import path
from django.utils import translation

from clusterwork.config.urls import handler400, handler403, handler404, handler500, urlpatterns
from clusterwork.kernel.errors import NotAllowed, Problem, TooOften
from clusterwork.kernel.messages import Message
from clusterwork.web.errors import page_for, render_bare
from clusterwork.web.guards import open_to_all

__all__ = ["handler400", "handler403", "handler404", "handler500"]

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

SECRET = "Mrs Example of Example Street"


@open_to_all
def breaks(request: HttpRequest):
    raise RuntimeError(SECRET)


@open_to_all
def refuses(request: HttpRequest):
    raise Problem(Message("It is still a draft."), next_step=Message("Submit it first."))


urlpatterns = [*urlpatterns, path("breaks", breaks), path("refuses", refuses)]


class TestHeaders:
    def test_pages_are_kept_by_no_cache_and_framed_by_nobody(self, client):
        headers = client.get("/").headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"

    def test_only_our_own_scripts_run(self, client):
        policy = client.get("/").headers["Content-Security-Policy"]
        parts = dict(part.strip().split(" ", 1) for part in policy.split(";"))
        assert parts["default-src"] == "'none'"
        assert re.fullmatch(r"'self' 'nonce-[\w+/=]+'", parts["script-src"])
        assert "unsafe" not in policy

    def test_each_answer_has_a_nonce_of_its_own_and_the_page_carries_it(self, client):
        first, second = client.get("/"), client.get("/")
        nonces = [
            re.search(r'nonce="([^"]+)"', page.content.decode())[1] for page in (first, second)
        ]
        assert nonces[0] != nonces[1]
        assert nonces[0] in first.headers["Content-Security-Policy"]

    def test_behind_https_cookies_are_secure_and_bound_to_the_host(self, settings):
        """The settings module decides by the address; here its decision is read back."""
        import os
        import subprocess
        import sys

        code = (
            "import django; django.setup(); from django.conf import settings as s; import json;"
            "print(json.dumps([s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE,"
            " s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS, s.SESSION_COOKIE_NAME,"
            " s.SECOND_FACTOR_REQUIRED]))"
        )
        env = {
            **os.environ,
            "CLUSTERWORK_ADDRESS": "https://clusters.example",
            "DJANGO_SETTINGS_MODULE": "clusterwork.config.settings",
        }
        done = subprocess.run(
            [sys.executable, "-c", code], env=env, capture_output=True, check=True
        )
        assert json.loads(done.stdout) == [True, True, True, 31_536_000, "__Host-session", True]


class TestLanguages:
    def test_the_switch_leads_to_the_same_page_with_its_query(self, client):
        page = client.get("/accessibility?from=home").content.decode()
        assert 'href="/cy/accessibility?from=home"' in page
        back = client.get("/cy/accessibility?from=home").content.decode()
        assert 'href="/accessibility?from=home"' in back

    def test_the_page_says_its_language(self, client):
        assert '<html lang="cy"' in client.get("/cy/").content.decode()
        assert '<html lang="en"' in client.get("/").content.decode()

    def test_the_browser_does_not_choose_for_the_reader(self, client):
        page = client.get("/", headers={"accept-language": "cy"}).content.decode()
        assert '<html lang="en"' in page


class TestErrors:
    @pytest.mark.parametrize("address", ["/nothing-here", "/cy/nothing-here"])
    def test_404_in_both_languages(self, client, address):
        answer = client.get(address)
        assert answer.status_code == 404
        assert "<h1" in answer.content.decode()

    def test_500_says_nothing_of_the_fault(self):
        client = Client(raise_request_exception=False)
        answer = client.get("/breaks")
        assert answer.status_code == 500
        assert SECRET not in answer.content.decode()
        assert "Something went wrong on our side" in answer.content.decode()

    @pytest.mark.parametrize(("address", "words"), [("/", "saved is safe"), ("/cy/", "<html")])
    def test_503_when_the_database_does_not_answer(self, monkeypatch, address, words):
        def no_answer(*_, **__):
            raise OperationalError

        monkeypatch.setattr("clusterwork.web.home.views.render", no_answer)
        answer = Client(raise_request_exception=False).get(address)
        assert answer.status_code == 503
        assert words in answer.content.decode()

    def test_500_is_logged_without_what_people_wrote(self, capfd):
        import logging.config

        from clusterwork.config.logs import configure, logging_settings

        configure(logging_settings())
        Client(raise_request_exception=False).get("/breaks?name=secret")
        line = json.loads(capfd.readouterr().err.strip().splitlines()[-1])
        assert line["status_code"] == 500
        assert line["exception"]["class"] == "RuntimeError"
        assert SECRET not in json.dumps(line)
        assert "secret" not in json.dumps(line)
        logging.config.dictConfig({"version": 1, "disable_existing_loggers": False})

    def test_a_problem_says_what_and_what_next(self, client):
        answer = client.get("/refuses")
        assert answer.status_code == 409
        assert "It is still a draft." in answer.content.decode()
        assert "Submit it first." in answer.content.decode()

    @pytest.mark.parametrize(("kind", "status"), [(NotAllowed, 403), (TooOften, 429)])
    def test_the_status_fits_the_problem(self, kind, status):
        request = RequestFactory().get("/")
        request.session = {}
        request._messages = []
        assert page_for(request, kind(Message("No."))).status_code == status

    def test_a_form_without_its_token_changes_nothing_and_says_so(self):
        answer = Client(enforce_csrf_checks=True).post("/account/login/", {})
        assert answer.status_code == 403
        assert "Nothing was changed" in answer.content.decode()

    @pytest.mark.parametrize("language", ["en-gb", "cy"])
    @pytest.mark.parametrize("status", [500, 503])
    def test_the_bare_pages_need_no_database(self, language, status, django_db_blocker):
        with translation.override(language), django_db_blocker.block():
            answer = render_bare(RequestFactory().get("/"), f"errors/{status}.html", status)
        assert answer.status_code == status


class TestHealth:
    def test_says_that_the_database_answers(self, client):
        assert client.get("/healthz").json() == {"database": "ok"}

    def test_says_when_it_does_not(self, client, monkeypatch):
        def no_answer():
            raise OperationalError

        monkeypatch.setattr("clusterwork.web.health.connection.cursor", no_answer)
        assert client.get("/healthz").status_code == 503
