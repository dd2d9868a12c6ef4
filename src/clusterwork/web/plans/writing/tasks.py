"""What waits for whoever leads the writing of a cluster's plan."""

from __future__ import annotations

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterwork.accounts.selectors.roles import is_on
from clusterwork.clusters.models import Appointment
from clusterwork.plans.models import Plan
from clusterwork.plans.states import plan as states
from clusterwork.web.clusters.asking import today
from clusterwork.web.navigation import Viewer
from clusterwork.web.tasks import Task

LEADS = (Appointment.Role.CHAIR, Appointment.Role.COORDINATOR, Appointment.Role.CLERK)
MINUTES_A_COMMENT, MOST = 5, 5


def writing_tasks(viewer: Viewer) -> list[Task]:
    """One a draft that the person leads, with the comments that wait in it: one query."""
    if viewer.person is None:
        return []
    held = Appointment.objects.filter(is_on(today()), person=viewer.person, role__in=LEADS)
    drafts = Plan.objects.filter(state=states.DRAFT, cluster__in=held.values("cluster_id"))
    waiting = Count("comments", filter=Q(comments__answered_at__isnull=True))
    found = drafts.select_related("cluster").annotate(n_open=waiting).order_by("start_on", "pk")
    return [_task(each, each.n_open) for each in found[:MOST]]


def _task(plan: Plan, n: int) -> Task:
    text = ngettext(
        "Go on with the plan: one comment waits", "Go on with the plan: %(n)s comments wait", n
    )
    return Task(
        text=text % {"n": n} if n else _("Go on with the plan"),
        hint=_("Cluster: %(name)s") % {"name": plan.cluster},
        address=reverse("plan", args=[plan.pk]),
        status=_("Being written"),
        by=plan.start_on if plan.start_on > today() else None,
        minutes=n * MINUTES_A_COMMENT or None,
    )
