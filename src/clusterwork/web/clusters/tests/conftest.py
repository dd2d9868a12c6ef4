"""A county and its officer at the keyboard."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.test import Client

from clusterwork.accounts.models import Person
from clusterwork.clusters.tests.made import County

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(autouse=True)
def without_second_factor(settings: Any) -> None:
    """Signing in has tests of its own."""
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def county(db: None) -> County:
    return County(n_schools=12)


@pytest.fixture
def officer(county: County) -> Client:
    return client_of(county.officer)


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client


def words_of(answer: Any) -> str:
    """The page's text in one line, without its tags."""
    text = re.sub(r"<(script|style)\b.*?</\1>|<[^>]+>", " ", answer.content.decode(), flags=re.S)
    return " ".join(html.unescape(text).split())
