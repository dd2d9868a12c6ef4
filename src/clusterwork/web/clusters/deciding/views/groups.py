"""Groups of a cluster: starting and ending one, sitting in it and leaving it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from clusterwork.clusters.models import Cluster, ClusterGroup, ClusterGroupMember
from clusterwork.clusters.permissions import cluster_to_work_in
from clusterwork.clusters.services import groups_of_cluster as groups
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.cluster.frame import its_people
from clusterwork.web.clusters.cluster.stepping import Step, taken
from clusterwork.web.clusters.deciding.forms.governance import GroupForm, OnForm, SeatForm
from clusterwork.web.clusters.deciding.frame import schools_in, trail_to
from clusterwork.web.clusters.deciding.views.governance import to_governance
from clusterwork.web.guards import only, signed_in


@signed_in
@only("GET", "HEAD", "POST")
def group_new(request: HttpRequest, pk: int) -> HttpResponse:
    """A group from a day on."""
    person, day = person_of(request), today()
    cluster = cluster_to_work_in(person, pk, day)
    form = GroupForm(request.POST or None, initial={"start_on": day})
    return _step(
        request,
        cluster,
        "clusters/deciding/group_new.html",
        form,
        lambda: groups.start_group(person=person, day=day, cluster_pk=pk, facts=form.facts),
        _("The group is there. Say next who sits in it."),
    )


@signed_in
@only("GET", "HEAD", "POST")
def group_end(request: HttpRequest, pk: int) -> HttpResponse:
    """The first day without the group."""
    person, day = person_of(request), today()
    group, cluster = _group(request, pk)
    form = OnForm(request.POST or None, initial={"on": day})
    return _step(
        request,
        cluster,
        "clusters/deciding/group_end.html",
        form,
        lambda: groups.end_group(person=person, day=day, pk=pk, **form.cleaned_data),
        _("The group ends on that day. What it did is kept."),
        group=group,
    )


@signed_in
@only("GET", "HEAD", "POST")
def seat_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody sits in the group."""
    person, day = person_of(request), today()
    group, cluster = _group(request, pk)
    start = max(day, group.start_on)
    form = SeatForm(request.POST or None, initial={"start_on": start}, schools=schools_in(cluster))
    return _step(
        request,
        cluster,
        "clusters/deciding/seat_new.html",
        form,
        lambda: groups.take_seat(person=person, day=day, pk=pk, facts=form.facts),
        _("The seat is written down."),
        group=group,
    )


@signed_in
@only("GET", "HEAD", "POST")
def seat_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody leaves the group."""
    person, day = person_of(request), today()
    chain = ClusterGroupMember.objects.select_related("group__cluster", "school")
    row = get_object_or_404(chain, pk=pk)
    cluster = cluster_to_work_in(person, row.group.cluster_id, day)
    form = OnForm(request.POST or None, initial={"on": day})
    return _step(
        request,
        cluster,
        "clusters/deciding/seat_end.html",
        form,
        lambda: groups.leave_seat(person=person, day=day, pk=pk, **form.cleaned_data),
        _("The day is written down."),
        group=row.group,
        row=row,
    )


def _group(request: HttpRequest, pk: int) -> tuple[ClusterGroup, Cluster]:
    group = get_object_or_404(ClusterGroup, pk=pk)
    return group, cluster_to_work_in(person_of(request), group.cluster_id, today())


def _step(
    request: HttpRequest,
    cluster: Cluster,
    template: str,
    form: Any,
    act: Any,
    said: str,
    **context: Any,
) -> HttpResponse:
    step = Step(
        template=template,
        form=form,
        act=act,
        said=said,
        then=lambda _done: to_governance(cluster),
        context={"way": trail_to(cluster, governance=True), **context},
        seen_by=its_people(),
    )
    return taken(request, cluster, step)
