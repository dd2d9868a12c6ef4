"""What waits for a programme officer in the forming of clusters."""

from __future__ import annotations

from clusterwork.web.navigation import Viewer
from clusterwork.web.tasks import Task


def formation_tasks(viewer: Viewer) -> list[Task]:
    """Nothing until there are programmes."""
    return []
