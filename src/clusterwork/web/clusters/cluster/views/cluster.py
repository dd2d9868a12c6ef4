"""One cluster: its overview with its map, and its history."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clusterwork.audit.selectors import entries_about
from clusterwork.clusters.models import Cluster
from clusterwork.clusters.permissions import cluster_for
from clusterwork.clusters.permissions.clusters import clusters_private_to, may_run_cluster
from clusterwork.clusters.selectors.clusters import (
    programme_of_clusters,
    standing_on,
    statuses_on,
)
from clusterwork.clusters.selectors.memberships import members_on, memberships_ever
from clusterwork.clusters.selectors.record import told_to_all
from clusterwork.web.clusters.agreements.line import agreement_lines
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.cluster.frame import cluster_frame
from clusterwork.web.clusters.cluster.showing import (
    by_part,
    contacts,
    ended_words,
    map_of,
    members_to_come,
    minis_of,
    roles_held,
    steps_ahead,
    steps_of,
    why_of,
)
from clusterwork.web.clusters.cluster.stage import Facts, stage_of, tag_of
from clusterwork.web.clusters.shown.maps import map_words
from clusterwork.web.day import Day, planned_day_of
from clusterwork.web.guards import signed_in
from clusterwork.web.plans.writing.stage import plan_stage
from clusterwork.web.records import lines_of

PAGE_SIZE = 50


@signed_in
@require_safe
def cluster(request: HttpRequest, pk: int) -> HttpResponse:
    """What stage the cluster is at, what comes next, and who is in it."""
    found, day = cluster_for(person_of(request), pk, today()), planned_day_of(request)
    frame = cluster_frame(request, found, day, "cluster")
    members = by_part(members_on(found, day.on))
    held = roles_held(found, day.on)
    status = statuses_on([found.pk], day.on).get(found.pk, found.status)
    effects = list(found.register_effects.filter(settled_at__isnull=True))
    facts = Facts(
        cluster=found,
        status=status,
        day=day.on,
        n_schools=sum(1 for each in members if each.school_id),
        roles=frozenset(each.role for each in held if each.people),
        n_effects=len(effects),
        to_come=members_to_come(found, day.on),
        may_run=frame["may_run"],
        may_work=frame["may_work"],
        is_past=day.is_past,
        splits_ahead=steps_ahead(found, day.on),
        plan=plan_stage(person_of(request), found, day.on) if day.is_today else None,
    )
    context = {
        **frame,
        "status": tag_of(found, status, day.on),
        "stage": stage_of(facts),
        "n_first": facts.n_first if found.start_on > day.on else 0,
        "members": members,
        "n_placed": sum(1 for each in members if each.school and each.school.latitude),
        "held": held,
        "contacts": contacts(standing_on(found, day.on), held),
        "steps": steps_of(found, day.on),
        "minis": minis_of(found, day.on),
        "participations": programme_of_clusters([found.pk], day.on).get(found.pk, []),
        "agreement_lines": agreement_lines(found, day.on) if day.is_today else [],
        "map_style": settings.MAP_STYLE_URL,
        "map_words": map_words(),
    }
    return render(request, "clusters/cluster/overview.html", context, using="jinja2")


@signed_in
@require_safe
def cluster_map(request: HttpRequest, pk: int) -> JsonResponse:
    """The cluster's schools on the day, for the map's script."""
    found = cluster_for(person_of(request), pk, today())
    return JsonResponse(map_of(found, planned_day_of(request).on))


@signed_in
@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Who was in the cluster from when until when and why, and everything that was done to it."""
    found, day = cluster_for(person_of(request), pk, today()), planned_day_of(request)
    inside = clusters_private_to(person_of(request), today()).filter(pk=pk).exists()
    runs = may_run_cluster(person_of(request), found, today())
    context = {
        **cluster_frame(request, found, day, "cluster_history"),
        **past_of(request, found, day, runs=runs),
        "sees_inside": inside,
    }
    return render(request, "clusters/cluster/history.html", context, using="jinja2")


def past_of(request: HttpRequest, cluster: Cluster, day: Day, *, runs: bool) -> dict[str, Any]:
    """Memberships, names, statuses and the record, as far as the day; all of it for officers."""
    entries = entries_about(cluster) if runs else told_to_all(entries_about(cluster))
    if day.is_past:
        entries = entries.filter(at__date__lte=day.on)
    page: Page[Any] = Paginator(entries, PAGE_SIZE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    page.object_list = lines_of(shown)
    return {
        "page": page,
        "whys": [why_of(entry) for entry in shown],
        "ever": list(memberships_ever(cluster).filter(start_on__lte=day.on)),
        "former": list(cluster.former_names.filter(until__lte=day.on)),
        "statuses": list(cluster.status_changes.filter(on__lte=day.on)),
        "ended_words": ended_words,
    }
