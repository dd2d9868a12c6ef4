"""What waits for a programme officer in the forming of clusters."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from clusterwork.accounts.models import Role
from clusterwork.clusters.models import Formation
from clusterwork.clusters.permissions import organisations_for
from clusterwork.clusters.selectors.waiting import not_proposed, programmes_without_formation
from clusterwork.web.clusters.asking import today
from clusterwork.web.navigation import Viewer
from clusterwork.web.tasks import Task


def formation_tasks(viewer: Viewer) -> list[Task]:
    """A first programme, a first exercise in each, and exercises without a proposal."""
    if viewer.person is None or not viewer.has(Role.Kind.PROGRAMME_OFFICER):
        return []
    organisations = organisations_for(viewer.person, today())
    waiting, n_programmes = programmes_without_formation(organisations, today())
    if not n_programmes:
        return [
            Task(
                _("Start a programme"),
                _("A programme holds the policy by which clusters are formed."),
                reverse("programme_new"),
                _("Not begun"),
            )
        ]
    tasks = [
        Task(
            _("Form clusters"),
            _("Programme: %(name)s") % {"name": programme},
            reverse("formation_new", args=[programme.pk]),
            _("Not begun"),
        )
        for programme in waiting
    ]
    return tasks + [_unproposed(formation) for formation in not_proposed(organisations)]


def _unproposed(formation: Formation) -> Task:
    return Task(
        _("Propose clusters"),
        _("Exercise: %(name)s") % {"name": formation},
        reverse("formation", args=[formation.pk]),
        _("Begun"),
    )
