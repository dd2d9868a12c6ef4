"""The words of this room's letters, a file a subject; registered once when Django starts."""

from __future__ import annotations

from clusterwork.plans.letters.needs import register_needs
from clusterwork.plans.letters.reviewing import register_reviewing


def register_letters() -> None:
    """Adds the letters of every file to the outbox's list."""
    register_needs()
    register_reviewing()
