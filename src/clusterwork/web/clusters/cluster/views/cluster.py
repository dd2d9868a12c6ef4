"""One cluster: its overview."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clusterwork.clusters.permissions import cluster_for
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.cluster.frame import cluster_frame
from clusterwork.web.day import planned_day_of
from clusterwork.web.guards import signed_in


@signed_in
@require_safe
def cluster(request: HttpRequest, pk: int) -> HttpResponse:
    """What stage the cluster is at, and what comes next."""
    found, day = cluster_for(person_of(request), pk, today()), planned_day_of(request)
    context = cluster_frame(request, found, day, "cluster")
    return render(request, "clusters/cluster/overview.html", context, using="jinja2")
