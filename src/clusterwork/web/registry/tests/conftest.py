"""A few schools and people for the pages of the register."""

from __future__ import annotations

import datetime as dt
import html
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from clusterwork.accounts.models import Person, Role
from clusterwork.registry.models import Authority, Organisation, School

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(autouse=True)
def without_second_factor(settings: Any, tmp_path: Path) -> None:
    """Signing in has tests of its own; uploads lie in a folder of the test."""
    settings.SECOND_FACTOR_REQUIRED = False
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def lincolnshire(db: None) -> Authority:
    return Authority.objects.create(code="925", name="Lincolnshire", country="E")


@pytest.fixture
def council(lincolnshire: Authority) -> Organisation:
    council = Organisation.objects.create(kind="authority", name="Lincolnshire County Council")
    council.authorities.add(lincolnshire)
    return council


def rutland() -> Organisation:
    """Another council, with its own authority."""
    authority = Authority.objects.create(code="857", name="Rutland", country="E")
    council = Organisation.objects.create(kind="authority", name="Rutland County Council")
    council.authorities.add(authority)
    return council


def make_school(authority: Authority, urn: int, name: str, **values: Any) -> School:
    return School.objects.create(
        urn=urn, name=name, authority=authority, **{"phase": "primary", **values}
    )


@pytest.fixture
def denton(lincolnshire: Authority) -> School:
    place = {"postcode": "NG32 1LG", "easting": 486_600, "northing": 332_500}
    return make_school(lincolnshire, 120_518, "Denton CofE School", town="Grantham", **place)


@pytest.fixture
def harlaxton(lincolnshire: Authority) -> School:
    place = {"postcode": "NG32 1HT", "easting": 488_400, "northing": 332_700}
    name = "The Harlaxton Church of England Primary School"
    return make_school(lincolnshire, 120_525, name, **place)


def signed_in(kind: str, *, local: str = "", **where: Any) -> Client:
    name = local or kind
    person = Person.objects.create_user(f"{name}@example.org", "x" * 20, name=name.title())
    Role.objects.create(person=person, kind=kind, start_on=dt.date(2020, 1, 1), **where)
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client


@pytest.fixture
def officer(council: Organisation) -> Client:
    return signed_in("programme_officer", organisation=council)


@pytest.fixture
def head_of_denton(denton: School) -> Client:
    return signed_in("headteacher", school=denton)


@pytest.fixture
def head_of_harlaxton(harlaxton: School) -> Client:
    return signed_in("school_staff", school=harlaxton)


def words_of(answer: Any) -> str:
    """The page's text in one line, without its tags."""
    text = re.sub(r"<(script|style)\b.*?</\1>|<[^>]+>", " ", answer.content.decode(), flags=re.S)
    return " ".join(html.unescape(text).split())
