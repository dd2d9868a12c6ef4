"""Every page that the permission census knows, in both languages, wide and on a phone.

Nothing of axe's, nothing in the console, nothing wider than a phone of 320 pixels: what holds at
that width holds at 400 % zoom of a screen of 1,280.
"""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.test_census import CENSUS
from tests.world import World

pytestmark = pytest.mark.browser

# An upload lies in the data folder of the server that took it; the county's journey looks at it.
ELSEWHERE = {"import_progress", "import_stop", "figure_upload_progress", "figure_upload_stop"}
# Who looks, by which page; the officer sees most.
ROLES = ("officer", "headteacher", "anonymous")


@pytest.fixture
def world(transactional_db) -> World:
    return World()


def pages_of(world: World, role: str) -> list[str]:
    """The addresses of all pages (not files) that open for this role, with one of everything."""
    client = client_of(world, role)
    found = []
    for name in names_for(role):
        address = reverse(name, args=[world.key(need) for need in CENSUS[name].needs])
        answer = client.get(address)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            found.append(address)
    return found


def names_for(role: str) -> list[str]:
    """The officer's and everyone's pages, and of other roles those that the officer has not."""
    return [
        name
        for name, rule in sorted(CENSUS.items())
        if role in rule.allowed and name not in ELSEWHERE
        if role != "headteacher" or "officer" not in rule.allowed
    ]


def client_of(world: World, role: str) -> Client:
    client = Client(raise_request_exception=False)
    if role in world.people:
        client.force_login(world.people[role])
    return client


@pytest.mark.parametrize("role", ROLES)
def test_is_accessible_and_fits(visit, world, role):
    visitor = visit()
    addresses = pages_of(world, role)
    if role in world.people:
        session = client_of(world, role).cookies["session"].value
        cookie = {"name": "session", "value": session, "url": visitor.house}
        visitor.page.context.add_cookies([cookie])
    for address in addresses:
        for language in ("", "/cy"):
            visitor.open(language + address)
            visitor.check(f"{role} {language}{address}")


def test_most_pages_are_the_officers(world):
    assert len(pages_of(world, "officer")) > 40
