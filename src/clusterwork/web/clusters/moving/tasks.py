"""What waits for a programme officer after a proposal was put to its schools."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterwork.accounts.models import Role
from clusterwork.clusters.models import Proposal
from clusterwork.clusters.permissions import organisations_for
from clusterwork.clusters.selectors.requests import (
    Waiting,
    formations_with_requests,
    ready_to_confirm,
)
from clusterwork.web.clusters.asking import today
from clusterwork.web.navigation import Viewer
from clusterwork.web.tasks import Task

MINUTES_A_REQUEST = 10


def moving_tasks(viewer: Viewer) -> list[Task]:
    """Requests to move that wait for words, and proposals that could be confirmed."""
    if viewer.person is None or not viewer.has(Role.Kind.PROGRAMME_OFFICER):
        return []
    organisations = organisations_for(viewer.person, today())
    waiting = formations_with_requests(organisations)
    ready = ready_to_confirm(organisations, waiting)
    return [_requests(each) for each in waiting] + [_ready(each) for each in ready]


def _requests(waiting: Waiting) -> Task:
    n = waiting.n
    text = ngettext(
        "Answer a school that asked to move", "Answer %(n)s schools that asked to move", n
    )
    return Task(
        text % {"n": n},
        _("Exercise: %(name)s") % {"name": waiting.name},
        reverse("round", args=[waiting.round_id]),
        _("Waiting"),
        minutes=MINUTES_A_REQUEST * n,
        asked_by=ngettext("One school", "%(n)s schools", n) % {"n": n},
    )


def _ready(proposal: Proposal) -> Task:
    return Task(
        _("Confirm clusters, or put another proposal to the schools"),
        _("Exercise: %(name)s") % {"name": proposal.formation},
        reverse("proposal", args=[proposal.pk]),
        _("Ready"),
        minutes=15,
    )
