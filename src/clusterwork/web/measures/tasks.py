"""What waits for heads: new figures of the school to look at and release."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterwork.web.clusters.asking import today
from clusterwork.web.formats import number
from clusterwork.web.measures.releasing import Waiting, waiting_releases
from clusterwork.web.navigation import Viewer
from clusterwork.web.tasks import Task


def measure_tasks(viewer: Viewer) -> list[Task]:
    """The tasks of `viewer`; only those who answer for a school have any."""
    if viewer.person is None or not viewer.acts_for:
        return []
    found = waiting_releases(viewer.person, today(), timezone.now())
    return [_task(each) for each in found]


def _task(waits: Waiting) -> Task:
    told = ngettext(
        "One figure is seen by your school alone. Cluster: %(cluster)s",
        "%(n)s figures are seen by your school alone. Cluster: %(cluster)s",
        waits.n,
    )
    return Task(
        text=_("Look at your school’s new figures and release them: %(school)s")
        % {"school": waits.school},
        hint=told % {"n": number(waits.n), "cluster": waits.cluster},
        address=reverse("figures_release", args=[waits.school.pk, waits.cluster.pk]),
        status=_("Waiting"),
        minutes=5,
    )
