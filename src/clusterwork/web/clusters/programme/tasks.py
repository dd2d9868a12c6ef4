"""What waits for a programme officer: schools that take part without fitting, to be looked at."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterwork.accounts.models import Role
from clusterwork.clusters.models import Programme
from clusterwork.clusters.permissions import organisations_for
from clusterwork.clusters.selectors.eligibility import n_flags_by_programme
from clusterwork.web.clusters.asking import today
from clusterwork.web.navigation import Viewer
from clusterwork.web.tasks import Task

MINUTES_A_FLAG, MOST_MINUTES = 3, 60


def programme_tasks(viewer: Viewer) -> list[Task]:
    """One task a programme that has flags."""
    if viewer.person is None or not viewer.has(Role.Kind.PROGRAMME_OFFICER):
        return []
    mine = Programme.objects.filter(organisation__in=organisations_for(viewer.person, today()))
    return [_flags(programme, n) for programme, n in n_flags_by_programme(mine)]


def _flags(programme: Programme, n: int) -> Task:
    text = ngettext(
        "Look at a school that takes part without fitting",
        "Look at %(n)s schools that take part without fitting",
        n,
    )
    return Task(
        text=text % {"n": n},
        hint=_("Programme: %(name)s") % {"name": programme},
        address=reverse("programme_eligibility", args=[programme.pk]) + "#flags",
        status=_("Flagged"),
        minutes=min(n * MINUTES_A_FLAG, MOST_MINUTES),
        asked_by=_("The yearly check"),
    )
