"""A cluster's figures: totals by measure, and each school's own only where it may be seen."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clusterwork.clusters.permissions.clusters import cluster_for
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.cluster.frame import cluster_frame
from clusterwork.web.day import day_of
from clusterwork.web.guards import signed_in


@signed_in
@require_safe
def cluster_figures(request: HttpRequest, pk: int) -> HttpResponse:
    """The cluster's totals, a line a measure over the years."""
    cluster, day = cluster_for(person_of(request), pk, today()), day_of(request)
    context = {**cluster_frame(request, cluster, day, "cluster_figures")}
    return render(request, "measures/cluster/figures.html", context, using="jinja2")
