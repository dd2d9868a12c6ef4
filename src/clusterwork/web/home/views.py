"""What waits for you; and what the service is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from clusterwork.accounts.models import Person, Role
from clusterwork.accounts.permissions.register import authorities_kept_by
from clusterwork.clusters.models import Programme
from clusterwork.clusters.permissions import organisations_for
from clusterwork.clusters.selectors.programmes import programmes_of
from clusterwork.registry.models import Authority
from clusterwork.web.context import viewer_of
from clusterwork.web.guards import open_to_all
from clusterwork.web.home.mine import below
from clusterwork.web.home.tasks import waiting_for
from clusterwork.web.home.waiting import heading, items_of, soonest_first
from clusterwork.web.navigation import Viewer

N_PROGRAMMES = 5
N_AUTHORITIES = 10


@open_to_all
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Your tasks, roles and places; a welcome with the way in for somebody not signed in."""
    if not isinstance(request.user, Person):
        return render(request, "home/welcome.html", using="jinja2")
    viewer = viewer_of(request)
    tasks = soonest_first(waiting_for(viewer))
    context = {
        "heading": heading(tasks, timezone.localdate()),
        "tasks": items_of(tasks),
        "programmes": own_programmes(viewer),
        "authorities": own_authorities(viewer),
        **below(viewer),
    }
    return render(request, "home/home.html", context, using="jinja2")


def own_programmes(viewer: Viewer) -> list[Programme]:
    """The latest programmes that a programme officer looks after; nobody else's home has any."""
    if viewer.person is None or not viewer.has(Role.Kind.PROGRAMME_OFFICER):
        return []
    organisations = organisations_for(viewer.person, timezone.localdate())
    return list(programmes_of(organisations)[:N_PROGRAMMES])


def own_authorities(viewer: Viewer) -> list[Authority]:
    """The authorities that a programme officer serves, whose figures are put together."""
    if viewer.person is None or not viewer.has(Role.Kind.PROGRAMME_OFFICER):
        return []
    return list(authorities_kept_by(viewer.person, timezone.localdate())[:N_AUTHORITIES])


@open_to_all
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "home/accessibility.html", using="jinja2")


@open_to_all
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about people, and which cookies are set."""
    return render(request, "home/privacy.html", using="jinja2")
