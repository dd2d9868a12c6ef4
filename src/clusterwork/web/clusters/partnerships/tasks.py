"""What waits for a head: to say once which partnership is the school's main one."""

from __future__ import annotations

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from clusterwork.accounts.selectors.delegations import headed_by
from clusterwork.clusters.models import StatedPartnership
from clusterwork.clusters.selectors.memberships import is_on
from clusterwork.web.clusters.asking import today
from clusterwork.web.navigation import Viewer
from clusterwork.web.tasks import Task

MINUTES = 2
MOST = 10


def partnership_tasks(viewer: Viewer) -> list[Task]:
    """A task for each school that the viewer heads and that has no main partnership."""
    if viewer.person is None or not viewer.acts_for:
        return []
    stated = StatedPartnership.objects.filter(is_on(today()), school=OuterRef("pk"), is_main=True)
    schools = headed_by(viewer.person, today()).filter(~Exists(stated)).order_by("sort_key", "pk")
    return [
        Task(
            text=_("Say which partnership is your main one"),
            hint=_("School: %(school)s") % {"school": school},
            address=reverse("main_partnership", args=[school.pk]),
            status=_("Not begun"),
            minutes=MINUTES,
        )
        for school in schools[:MOST]
    ]
