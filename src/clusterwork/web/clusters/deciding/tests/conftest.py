"""Six heads of a cluster at the keyboard, on the day of the fixtures."""

from __future__ import annotations

from typing import Any

import pytest

from clusterwork.clusters.tests.made_decisions import TODAY, Deciding
from clusterwork.web.clusters.deciding import frame, tasks

VIEWS = (
    "decision",
    "decisions",
    "governance",
    "groups",
    "heads",
    "proposing",
    "recording",
    "voice",
)


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch: Any, settings: Any) -> None:
    """The pages' today is that of the fixtures; signing in has tests of its own."""
    settings.SECOND_FACTOR_REQUIRED = False
    for module in VIEWS:
        monkeypatch.setattr(f"{tasks.__package__}.views.{module}.today", lambda: TODAY)
    monkeypatch.setattr(tasks, "today", lambda: TODAY)
    monkeypatch.setattr(frame, "today", lambda: TODAY)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)


@pytest.fixture
def made(db: None) -> Deciding:
    return Deciding()
