"""What waits for a programme officer: spreadsheets of clusters to confirm or put aside."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from clusterwork.accounts.models import Role
from clusterwork.clusters.permissions.arrivals import arrivals_for
from clusterwork.clusters.selectors.overtaken import overtaken
from clusterwork.registry.models import ImportState
from clusterwork.web.navigation import Viewer
from clusterwork.web.tasks import Task

MINUTES = 5


def arrival_tasks(viewer: Viewer) -> list[Task]:
    """One task a file that waits and that no later file has overtaken."""
    if viewer.person is None or not viewer.has(Role.Kind.PROGRAMME_OFFICER):
        return []
    waiting = arrivals_for(viewer.person, timezone.localdate())
    return [
        Task(
            text=_("Bring clusters in, or put the file aside: %(file)s")
            % {"file": arrival.run.file_name},
            hint=_("Nothing is changed before you confirm."),
            address=reverse("clusters_arrival", args=[arrival.pk]),
            status=_("Waiting"),
            minutes=MINUTES,
        )
        for arrival in waiting.filter(~overtaken(), run__state=ImportState.STAGED)
    ]
