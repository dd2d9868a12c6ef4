"""Clusters merge, and a mini-cluster is formed inside one."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clusterwork.clusters.models import Cluster, Membership, Part
from clusterwork.clusters.permissions import cluster_to_run, organisations_for
from clusterwork.clusters.selectors.memberships import members_of, members_on
from clusterwork.clusters.services.merging import check_merge, merge_clusters
from clusterwork.clusters.services.mini_clusters import start_mini_cluster
from clusterwork.clusters.states.cluster import LIVING
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.cluster.forms.several import MergeForm, MiniForm
from clusterwork.web.clusters.cluster.stepping import Step, taken
from clusterwork.web.clusters.refusing import done_or_said
from clusterwork.web.guards import only, signed_in


def to_cluster(cluster: Cluster) -> str:
    """Its overview."""
    return reverse("cluster", args=[cluster.pk])


@signed_in
@only("GET", "HEAD", "POST")
def cluster_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks which clusters merge, shows what would happen, and does it when it is confirmed."""
    person, day = person_of(request), today()
    cluster = cluster_to_run(person, pk, day)
    others = _mergeable(request, cluster)
    asked = request.POST or (request.GET if "on" in request.GET else None)
    form = MergeForm(asked, cluster=cluster, others=others, initial={"on": day})
    shown = None
    if form.is_bound and form.is_valid() and _can_be(request, form):
        shown = _preview(form, cluster)
    step = Step(
        template="clusters/cluster/merge.html",
        form=form,
        act=lambda: merge_clusters(
            person=person,
            day=day,
            pks=form.pks,
            on=form.cleaned_data["on"],
            into=form.into_pk,
            working_name=form.cleaned_data["working_name"],
            because=form.cleaned_data["because"],
            lead=form.cleaned_data["lead"],
        ),
        said=_("The clusters are merged. What earlier days say does not change."),
        then=to_cluster,
        context={"others": others, "shown": shown},
    )
    return taken(request, cluster, step, is_done=request.method == "POST")


def _can_be(request: HttpRequest, form: MergeForm) -> bool:
    """Whether the day and the name will do; what stands against them is on the form."""
    if request.method != "POST":
        done_or_said(
            form,
            None,
            lambda: check_merge(
                person=person_of(request),
                day=today(),
                pks=form.pks,
                on=form.cleaned_data["on"],
                into=form.into_pk,
                working_name=form.cleaned_data["working_name"],
            ),
        )
    return not form.errors


def _mergeable(request: HttpRequest, cluster: Cluster) -> list[Cluster]:
    """The other clusters that the person runs and that have no end yet."""
    found = Cluster.objects.filter(
        organisation__in=organisations_for(person_of(request), today()),
        status__in=LIVING,
        end_on__isnull=True,
        parent=cluster.parent_id,
    )
    return list(found.exclude(pk=cluster.pk).order_by("working_name", "pk"))


def _preview(form: MergeForm, cluster: Cluster) -> dict[str, Any]:
    """What would happen: every member with the cluster that it comes from, and what would close."""
    on = form.cleaned_data["on"]
    clusters = [cluster, *Cluster.objects.filter(pk__in=form.pks[1:])]
    members = members_of(form.pks, on)
    rows = [(each, one) for each in clusters for one in members.get(each.pk, [])]
    return {
        "on": on,
        "rows": sorted(rows, key=_by_name),
        "closing": [each for each in clusters if each.pk != form.into_pk],
        "name": form.cleaned_data["working_name"] if form.into_pk is None else str(cluster),
        "twice": _twice(rows),
        "leads": [one.school for _each, one in rows if one.school and one.part == Part.LEAD],
    }


def _by_name(row: tuple[Cluster, Membership]) -> str:
    return row[1].school.sort_key if row[1].school else str(row[1].partner)


def _twice(rows: list[tuple[Cluster, Membership]]) -> list[str]:
    """The schools that are in more than one of the clusters."""
    schools = [one.school for _cluster, one in rows if one.school]
    return sorted({str(each) for each in schools if schools.count(each) > 1})


@signed_in
@only("GET", "HEAD", "POST")
def cluster_mini(request: HttpRequest, pk: int) -> HttpResponse:
    """Some of its schools form a mini-cluster inside the cluster."""
    person, day = person_of(request), today()
    cluster = cluster_to_run(person, pk, day)
    members = list(members_on(cluster, max(day, cluster.start_on)))
    on = max(day, cluster.start_on)
    form = MiniForm(request.POST or None, members=members, initial={"on": on})
    step = Step(
        template="clusters/cluster/mini.html",
        form=form,
        act=lambda: start_mini_cluster(
            person=person,
            day=day,
            pk=pk,
            working_name=form.cleaned_data["working_name"],
            school_ids=form.school_ids,
            start_on=form.cleaned_data["on"],
        ),
        said=_("The mini-cluster is formed."),
        then=to_cluster,
    )
    return taken(request, cluster, step)
