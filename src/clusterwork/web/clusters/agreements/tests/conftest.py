"""Five schools with their library, and whoever is at the keyboard."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from clusterwork.clusters.tests.made_agreements import Five
from clusterwork.web.clusters.tests.conftest import client_of


@pytest.fixture(autouse=True)
def without_second_factor(settings: Any) -> None:
    """Signing in has tests of its own."""
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def five(db: None) -> Five:
    """As of this very day, since pages know no other."""
    made = Five()
    for who in (made.who, made.as_chair):
        who["day"] = timezone.localdate()
    return made


@pytest.fixture
def head(five: Five) -> Client:
    return client_of(five.heads[0])


@pytest.fixture
def officer(five: Five) -> Client:
    return client_of(five.officer)
