"""A cluster is started, named, and moves from one status to another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.accounts.models import Role
from clusterwork.clusters.models import Cluster
from clusterwork.clusters.permissions import (
    cluster_to_run,
    cluster_to_work_in,
    may_run_cluster,
    organisations_for,
)
from clusterwork.clusters.selectors.memberships import memberships_on
from clusterwork.clusters.services import clusters, going_on, statuses
from clusterwork.clusters.services.labels import relabel
from clusterwork.kernel.errors import NotThere
from clusterwork.kernel.messages import N_, Message
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.cluster.forms.cluster import (
    ClusterForm,
    GoOnForm,
    MoveForm,
    NamesForm,
    WorkingNameForm,
)
from clusterwork.web.clusters.cluster.frame import its_people, officers_of, trail
from clusterwork.web.clusters.cluster.moves import BY_SLUG, Offered, button_of, offered_from
from clusterwork.web.clusters.cluster.stage import words_of
from clusterwork.web.clusters.cluster.stepping import Step, taken
from clusterwork.web.clusters.refusing import done_or_said
from clusterwork.web.guards import needs_role, only, signed_in


def _to_overview(cluster: Cluster) -> Callable[[Any], str]:
    return lambda _done: reverse("cluster", args=[cluster.pk])


@needs_role(Role.Kind.PROGRAMME_OFFICER)
@only("GET", "HEAD", "POST")
def cluster_new(request: HttpRequest) -> HttpResponse:
    """Starts a cluster without schools; they are added next."""
    person, day = person_of(request), today()
    organisations = list(organisations_for(person, day))
    form = ClusterForm(request.POST or None, organisations=organisations, initial={"on": day})
    if form.is_valid():
        data = form.cleaned_data
        cluster = done_or_said(
            form,
            None,
            lambda: clusters.start_cluster(
                person=person,
                day=day,
                organisation=form.organisation_chosen,
                working_name=data["working_name"],
                start_on=data["on"],
                code=data["code"],
                status=data["status"],
            ),
        )
        if cluster:
            messages.success(request, _("The cluster is started. Add its schools next."))
            return redirect("cluster_members", cluster.pk)
    context = {"form": form, "seen_by_words": _("programme officers")}
    return render(request, "clusters/cluster/new.html", context, using="jinja2")


@signed_in
@only("GET", "HEAD", "POST")
def names(request: HttpRequest, pk: int) -> HttpResponse:
    """The schools' own name for their cluster."""
    person, day = person_of(request), today()
    cluster = cluster_to_work_in(person, pk, day)
    initial = {"name": cluster.name, "name_cy": cluster.name_cy, "on": day}
    form = NamesForm(request.POST or None, initial=initial)
    step = Step(
        template="clusters/cluster/names.html",
        form=form,
        act=lambda: clusters.name_cluster(person=person, day=day, pk=pk, **form.cleaned_data),
        said=_("The cluster has its name."),
        then=_to_overview(cluster),
        context={"may_run": may_run_cluster(person, cluster, day)},
        seen_by=its_people(),
    )
    return taken(request, cluster, step)


@signed_in
@only("GET", "HEAD", "POST")
def working_name(request: HttpRequest, pk: int) -> HttpResponse:
    """The officers' name for the cluster, and its code."""
    person, day = person_of(request), today()
    cluster = cluster_to_run(person, pk, day)
    initial = {"working_name": cluster.working_name, "code": cluster.code, "on": day}
    form = WorkingNameForm(request.POST or None, initial=initial)
    step = Step(
        template="clusters/cluster/working_name.html",
        form=form,
        act=lambda: relabel(person=person, day=day, pk=pk, **form.cleaned_data),
        said=_("The working name and the code are saved."),
        then=_to_overview(cluster),
    )
    return taken(request, cluster, step)


@signed_in
@require_safe
def status(request: HttpRequest, pk: int) -> HttpResponse:
    """What the cluster's status can become, each with what it means."""
    cluster = cluster_to_run(person_of(request), pk, today())
    context = {
        "cluster": cluster,
        "status": (cluster.status, words_of(cluster.status)),
        "offered": offered_from(cluster.status),
        "trail_items": trail(cluster),
        "seen_by_words": officers_of(cluster),
    }
    return render(request, "clusters/cluster/status.html", context, using="jinja2")


@signed_in
@only("GET", "HEAD", "POST")
def status_move(request: HttpRequest, pk: int, move: str) -> HttpResponse:
    """One move of the status, from a day on."""
    person, day = person_of(request), today()
    cluster = cluster_to_run(person, pk, day)
    offered = BY_SLUG.get(move)
    if offered is None:
        raise NotThere(Message(N_("A cluster has no such move.")))
    goes_on = offered.slug == "go-on"
    form_class = GoOnForm if goes_on else MoveForm
    form = form_class(request.POST or None, initial={"on": max(day, cluster.start_on)})
    n_members = memberships_on(day).filter(cluster=cluster).count() if offered.is_end else 0
    step = Step(
        template="clusters/cluster/status_move.html",
        form=form,
        act=lambda: _move(offered, person=person, day=day, pk=pk, **form.cleaned_data),
        said=_("The new status of the cluster is written down."),
        then=_to_overview(cluster),
        context={"offered": offered, "button_words": button_of(offered, cluster, n_members)},
    )
    return taken(request, cluster, step)


def _move(offered: Offered, **asked: Any) -> Cluster:
    if offered.slug == "go-on":
        return going_on.go_on_after_all(**asked)
    if offered.is_end:
        return statuses.close_cluster(**asked)
    return statuses.move(verb=offered.verb, **asked)
