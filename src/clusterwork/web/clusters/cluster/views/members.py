"""The members of a cluster on a day, and those before them."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clusterwork.clusters.permissions import cluster_for
from clusterwork.clusters.permissions.clusters import clusters_private_to
from clusterwork.clusters.selectors.agreements import memorandum_to_sign
from clusterwork.clusters.selectors.memberships import members_on
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.cluster.frame import cluster_frame
from clusterwork.web.clusters.cluster.showing import (
    by_part,
    ended_words,
    members_before,
    members_to_come,
)
from clusterwork.web.day import planned_day_of
from clusterwork.web.guards import signed_in

PAGE_SIZE = 50


@signed_in
@require_safe
def members(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is in the cluster on the day, in which part and since when; who was; who will be."""
    person = person_of(request)
    found, day = cluster_for(person, pk, today()), planned_day_of(request)
    before = Paginator(members_before(found, day.on), PAGE_SIZE)
    context = {
        **cluster_frame(request, found, day, "cluster_members"),
        "members": by_part(members_on(found, day.on)),
        "before": before.get_page(request.GET.get("page")),
        "to_come": [each for each in members_to_come(found, day.on) if each.start_on > day.on],
        "ended_words": ended_words,
        "awaits_signing": day.is_today and memorandum_to_sign(found),
        "sees_inside": clusters_private_to(person, today()).filter(pk=pk).exists(),
    }
    return render(request, "clusters/cluster/members.html", context, using="jinja2")
