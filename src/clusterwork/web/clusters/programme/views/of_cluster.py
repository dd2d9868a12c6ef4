"""The programmes that a cluster takes part in on a day, each with its own policy."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clusterwork.clusters.models import Cluster, Participation
from clusterwork.clusters.permissions import cluster_for, organisations_for
from clusterwork.clusters.permissions.reading_programmes import programmes_to_see
from clusterwork.clusters.selectors.memberships import is_on
from clusterwork.clusters.selectors.programmes import policies_on
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.cluster.frame import cluster_frame
from clusterwork.web.day import Day, planned_day_of
from clusterwork.web.guards import signed_in


@signed_in
@require_safe
def cluster_programmes(request: HttpRequest, pk: int) -> HttpResponse:
    """Its programmes of the day, those before and those to come."""
    found, day = cluster_for(person_of(request), pk, today()), planned_day_of(request)
    context = {
        **cluster_frame(request, found, day, "cluster_programmes"),
        **_parts(found, day),
        **_rights(request),
    }
    return render(request, "clusters/programme/of_cluster.html", context, using="jinja2")


def _parts(cluster: Cluster, day: Day) -> dict[str, Any]:
    parts = Participation.objects.filter(cluster=cluster).select_related("programme__organisation")
    here = list(parts.filter(is_on(day.on)).order_by("programme__name", "pk"))
    apart = list(parts.exclude(is_on(day.on)).order_by("-start_on", "pk"))
    return {
        "here": here,
        "policies": policies_on([each.programme_id for each in here], day.on),
        "before": [each for each in apart if each.start_on <= day.on],
        "to_come": [each for each in apart if each.start_on > day.on],
    }


def _rights(request: HttpRequest) -> dict[str, Any]:
    """Which programmes the viewer may open, and which policies."""
    person = person_of(request)
    runs = organisations_for(person, today()).values_list("pk", flat=True)
    return {
        "may_open": set(programmes_to_see(person, today()).values_list("pk", flat=True)),
        "runs": set(runs),
    }
