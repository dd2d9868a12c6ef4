"""The words of this room's letters, a file a subject; registered once when Django starts."""

from __future__ import annotations

from clusterwork.clusters.letters.agreements import register_agreements
from clusterwork.clusters.letters.confirming import register_confirming
from clusterwork.clusters.letters.consulting import register_consulting
from clusterwork.clusters.letters.deciding import register_deciding
from clusterwork.clusters.letters.founding import register_founding


def register_letters() -> None:
    """Adds the letters of every file to the outbox's list."""
    register_agreements()
    register_confirming()
    register_consulting()
    register_deciding()
    register_founding()
