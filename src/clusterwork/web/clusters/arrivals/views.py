"""Bringing clusters in from a spreadsheet."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from clusterwork.accounts.models import Role
from clusterwork.web.guards import needs_role, only

officer = needs_role(Role.Kind.PROGRAMME_OFFICER)


@officer
@only("GET", "HEAD", "POST")
def clusters_arriving(request: HttpRequest) -> HttpResponse:
    """Takes a spreadsheet of clusters."""
    return render(request, "clusters/arrivals/arriving.html", {}, using="jinja2")
