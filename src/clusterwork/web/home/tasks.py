"""What waits for a person; each part of the house adds its own."""

from __future__ import annotations

from collections.abc import Callable

from clusterwork.web.accounts.tasks import account_tasks
from clusterwork.web.clusters.agreements.tasks import agreement_tasks
from clusterwork.web.clusters.arrivals.tasks import arrival_tasks
from clusterwork.web.clusters.consulting.tasks import consulting_tasks
from clusterwork.web.clusters.deciding.tasks import deciding_tasks
from clusterwork.web.clusters.founding.tasks import founding_tasks
from clusterwork.web.clusters.moving.tasks import moving_tasks
from clusterwork.web.clusters.partnerships.tasks import partnership_tasks
from clusterwork.web.clusters.people.tasks import people_tasks
from clusterwork.web.clusters.programme.tasks import programme_tasks
from clusterwork.web.clusters.tasks import formation_tasks
from clusterwork.web.measures.tasks import measure_tasks
from clusterwork.web.navigation import Viewer
from clusterwork.web.plans.needs.tasks import needs_tasks
from clusterwork.web.plans.review.tasks import review_tasks
from clusterwork.web.plans.writing.tasks import writing_tasks
from clusterwork.web.registry.tasks import registry_tasks
from clusterwork.web.tasks import Task

SOURCES: tuple[Callable[[Viewer], list[Task]], ...] = (
    account_tasks,
    agreement_tasks,
    consulting_tasks,
    needs_tasks,
    review_tasks,
    writing_tasks,
    deciding_tasks,
    founding_tasks,
    moving_tasks,
    arrival_tasks,
    registry_tasks,
    people_tasks,
    programme_tasks,
    formation_tasks,
    partnership_tasks,
    measure_tasks,
)


def waiting_for(viewer: Viewer) -> list[Task]:
    """All tasks of `viewer`."""
    return [task for source in SOURCES for task in source(viewer)]
