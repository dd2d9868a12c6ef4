"""The page of keys: shown once, withdrawn, and what was typed stays."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from clusterwork.web.accounts.tests.test_pages import as_

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_second_step(settings):
    settings.SECOND_FACTOR_REQUIRED = False


def make(client, **values):
    return client.post(reverse("api_tokens"), {"name": "Report", "days": "30", **values})


class TestKeysForPrograms:
    def test_a_key_is_shown_once_and_opens_the_api(self, client, officer):
        answer = make(as_(client, officer))
        key = re.search(r"<code>(cw_[^<]+)</code>", answer.content.decode())[1]
        assert key not in client.get(reverse("api_tokens")).content.decode()
        client.logout()
        found = client.get("/api/v1/schools", headers={"Authorization": f"Bearer {key}"})
        assert found.status_code == 200

    def test_withdrawing_ends_it(self, client, officer):
        make(as_(client, officer))
        token = officer.api_tokens.get()
        client.post(reverse("api_token_withdraw", args=[token.pk]))
        token.refresh_from_db()
        assert token.withdrawn_at
        assert "Your keys" not in client.get(reverse("api_tokens")).content.decode()

    def test_a_key_without_a_purpose_is_not_made(self, client, officer):
        answer = make(as_(client, officer), name="")
        assert "Write what the key is for." in answer.content.decode()
        assert not officer.api_tokens.exists()
