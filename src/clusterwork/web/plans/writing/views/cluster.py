"""A cluster's plans: the one that is written, the one that holds, and the earlier ones."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clusterwork.clusters.permissions.deciding import is_inside
from clusterwork.plans.permissions.plans import (
    SENT_IN,
    cluster_to_read_plans_of,
    may_write_plans_of,
    plans_to_open,
)
from clusterwork.plans.selectors.plans import n_reused, plan_on, plan_under_way
from clusterwork.plans.states import plan as states
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.cluster.frame import cluster_frame
from clusterwork.web.day import day_of
from clusterwork.web.guards import signed_in
from clusterwork.web.plans.writing.stage import stage_words


@signed_in
@require_safe
def cluster_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """What stage the cluster's plan is at, and all its plans."""
    person, day = person_of(request), today()
    cluster = cluster_to_read_plans_of(person, pk, day)
    inside = is_inside(person, cluster, day)
    under_way, holding = plan_under_way(cluster, day), plan_on(cluster, day)
    context = {
        **cluster_frame(request, cluster, day_of(request), "cluster_plan"),
        "stage": stage_words(under_way or holding, day),
        "under_way": under_way,
        "may_open": inside or (under_way is not None and under_way.state in SENT_IN),
        "holding": holding,
        "others": [
            each
            for each in plans_to_open(cluster, inside=inside)
            if each not in (under_way, holding)
        ],
        "may_write": may_write_plans_of(person, cluster, day),
        "is_writable": under_way is not None and under_way.state in states.WRITABLE,
        "n_reused": n_reused(cluster),
    }
    return render(request, "plans/writing/cluster.html", context, using="jinja2")
