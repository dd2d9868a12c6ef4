"""A county whose schools have heads, asked and answered today, whatever day that is."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clusterwork.clusters.models import Asking, Round
from clusterwork.clusters.selectors.closing import suggested_closing
from clusterwork.clusters.services.asking import open_asking
from clusterwork.clusters.services.rounds import publish_round
from clusterwork.clusters.tests.invented import proposal_made
from clusterwork.clusters.tests.made_consulting import Consulted
from clusterwork.notify.models import Letter
from clusterwork.notify.seal import unseal
from clusterwork.web.clusters.consulting.views.askings import asked_link
from clusterwork.web.clusters.consulting.views.rounds import place_link
from clusterwork.web.clusters.tests.conftest import client_of

__all__ = ["ask_now", "link_in", "page", "put_now"]


@pytest.fixture(autouse=True)
def without_second_factor(settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def county(db: None) -> Consulted:
    return Consulted(n_schools=12)


@pytest.fixture
def officer(county: Consulted) -> Client:
    return client_of(county.officer)


@pytest.fixture
def head(county: Consulted) -> Client:
    return client_of(county.heads[0])


@pytest.fixture
def asking(county: Consulted) -> Asking:
    return ask_now(county)


@pytest.fixture
def found(county: Consulted) -> Round:
    return put_now(county)


def ask_now(county: Consulted) -> Asking:
    now = timezone.now()
    day = suggested_closing(county.organisation, timezone.localdate(now), 2)
    return open_asking(
        person=county.officer, now=now, pk=county.formation.pk, closes_on=day, link_for=asked_link
    )


def put_now(county: Consulted, proposal: Any = None) -> Round:
    now = timezone.now()
    day = suggested_closing(county.organisation, timezone.localdate(now), 3)
    return publish_round(
        person=county.officer, now=now, pk=(proposal or proposal_made(county)).pk,
        closes_on=day, link_for=place_link, message="Tell us what you think.",
    )  # fmt: skip


def page(client: Client, name: str, *args: Any, **query: Any) -> Any:
    return client.get(reverse(name, args=args), query)


def link_in(person: Any) -> str:
    """The path that the last letter to the person leads to."""
    letter = Letter.objects.filter(person_id=person.pk).last()
    assert letter is not None
    link = unseal(letter.sealed)["link"]
    return "/" + link.split("://", 1)[1].split("/", 1)[1]
