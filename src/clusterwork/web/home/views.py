"""What waits for you; and what the service is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clusterwork.accounts.models import Person
from clusterwork.web.context import viewer_of
from clusterwork.web.guards import open_to_all
from clusterwork.web.home.tasks import waiting_for


@open_to_all
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Your tasks, roles and places; a welcome with the way in for somebody not signed in."""
    if not isinstance(request.user, Person):
        return render(request, "home/welcome.html", using="jinja2")
    return render(
        request, "home/home.html", {"tasks": waiting_for(viewer_of(request))}, using="jinja2"
    )


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
