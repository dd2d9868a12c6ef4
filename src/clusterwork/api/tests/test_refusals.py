"""Whatever is refused under the API's address is said in one shape, for programs."""

from __future__ import annotations

import pytest
from django.test import Client

from clusterwork.api.tests.made import Asked, key_of

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def said(answer) -> dict[str, str]:
    assert answer["Content-Type"].startswith("application/json"), answer.content
    told = answer.json()
    assert set(told) == {"what", "why", "next_step"}
    assert told["what"] and told["next_step"]
    return told


class TestWhatIsNotRead:
    @pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
    @pytest.mark.parametrize("path", ["schools", "clusters/1", "figures"])
    def test_is_refused_with_what_to_do(self, path, method):
        answer = getattr(Client(enforce_csrf_checks=True), method)(f"/api/v1/{path}")
        assert answer.status_code == 405
        assert answer["Allow"] == "GET"
        assert "GET" in said(answer)["next_step"]

    @pytest.mark.parametrize("path", ["", "nothing/here", "schools/", "one\ntwo"])
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_leads_nowhere(self, path, method):
        answer = getattr(Client(enforce_csrf_checks=True), method)(f"/api/v1/{path}")
        assert answer.status_code in {403, 404, 405}
        said(answer)


class TestWhoCannotComeIn:
    def test_without_the_second_step_is_not_led_to_a_page(self, settings):
        settings.SECOND_FACTOR_REQUIRED = True
        client = Client()
        client.force_login(Asked().county.officer, backend=BACKEND)
        answer = client.get("/api/v1/schools")
        assert answer.status_code == 403
        assert "Location" not in answer
        assert "second step" in said(answer)["what"]


class TestOurOwnMistakes:
    def test_are_said_without_their_insides(self, monkeypatch):
        from clusterwork.api.routes import schools

        def broken(*_args):
            raise RuntimeError("secret")

        monkeypatch.setattr(schools, "page_of", broken)
        header = key_of(Asked().county.officer)
        answer = Client(raise_request_exception=False).get("/api/v1/schools", headers=header)
        assert answer.status_code == 500
        assert "secret" not in answer.content.decode()
        said(answer)

    def test_and_a_host_that_is_not_ours_is_said_too(self):
        answer = Client().get("/api/v1/schools", headers={"Host": "evil example"})
        assert answer.status_code == 400
        said(answer)


class TestPages:
    def test_stay_pages(self):
        assert Client().get("/nothing/here")["Content-Type"].startswith("text/html")
