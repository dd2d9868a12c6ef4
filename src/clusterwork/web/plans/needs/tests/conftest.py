"""Six heads at the keyboard, on the day of the fixtures."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from clusterwork.plans.tests.made_needs import TODAY, Needing
from clusterwork.web.clusters.tests.conftest import client_of
from clusterwork.web.plans.needs import tasks

VIEWS = (
    "asking",
    "choosing",
    "cluster",
    "deciding",
    "leading",
    "lines",
    "matrix",
    "profile",
    "proposing",
    "ranking",
    "school",
    "sending",
)


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch: Any, settings: Any) -> None:
    """The pages' today is that of the fixtures; signing in has tests of its own."""
    settings.SECOND_FACTOR_REQUIRED = False
    for module in VIEWS:
        monkeypatch.setattr(f"{tasks.__package__}.views.{module}.today", lambda: TODAY)
    monkeypatch.setattr(tasks, "today", lambda: TODAY)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)


@pytest.fixture
def six(db: None) -> Needing:
    return Needing()


@pytest.fixture
def head(six: Needing) -> Client:
    """Heads the first school."""
    return client_of(six.heads[0])


@pytest.fixture
def coordinator(six: Needing) -> Client:
    return client_of(six.coordinator)


@pytest.fixture
def officer(six: Needing) -> Client:
    return client_of(six.officer)
