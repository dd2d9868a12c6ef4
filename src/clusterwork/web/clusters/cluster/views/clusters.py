"""The list of clusters."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clusterwork.accounts.models import Role
from clusterwork.clusters.models import Cluster
from clusterwork.web.guards import needs_role

PAGE_SIZE = 50


@needs_role(*Role.Kind)
@require_safe
def clusters(request: HttpRequest) -> HttpResponse:
    """The clusters that the viewer has something to do with."""
    page = Paginator(Cluster.objects.all(), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "clusters/cluster/list.html", {"page": page}, using="jinja2")
