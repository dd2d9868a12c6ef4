"""A cluster splits: first into what, then every member is placed."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clusterwork.clusters.models import Cluster, Membership
from clusterwork.clusters.permissions import cluster_to_run
from clusterwork.clusters.services.carrying import member, rows_from
from clusterwork.clusters.services.splitting import check_split, split_cluster
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.cluster.forms.splitting import STAYS, PlaceForm, SplitForm
from clusterwork.web.clusters.cluster.stepping import Step, taken
from clusterwork.web.clusters.refusing import done_or_said
from clusterwork.web.guards import only, signed_in


@signed_in
@only("GET", "HEAD", "POST")
def cluster_split(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks into what the cluster splits; with that in the address, for a place for each member."""
    cluster = cluster_to_run(person_of(request), pk, today())
    asked = request.GET if "on" in request.GET else None
    form = SplitForm(asked, initial={"on": max(today(), cluster.start_on)})
    if form.is_bound and form.is_valid() and _can_be(request, cluster, form):
        return _place(request, cluster, form)
    step = Step(
        template="clusters/cluster/split.html",
        form=form,
        act=lambda: None,
        said="",
        then=lambda _done: "",
    )
    return taken(request, cluster, step, is_done=False)


def _can_be(request: HttpRequest, cluster: Cluster, form: SplitForm) -> bool:
    """Whether the day and the names will do; what stands against them is on the form."""
    parts = form.parts(cluster)
    done_or_said(
        form,
        None,
        lambda: check_split(
            person=person_of(request),
            day=today(),
            pk=cluster.pk,
            on=form.cleaned_data["on"],
            working_names=[name for value, name in parts if value != STAYS],
            goes_on=any(value == STAYS for value, _name in parts),
        ),
    )
    return not form.errors


def _place(request: HttpRequest, cluster: Cluster, split: SplitForm) -> HttpResponse:
    on = split.cleaned_data["on"]
    parts = split.parts(cluster)
    form = PlaceForm(request.POST or None, members=members_from(cluster, on), parts=parts)
    step = Step(
        template="clusters/cluster/split_place.html",
        form=form,
        act=lambda: split_cluster(
            person=person_of(request),
            day=today(),
            pk=cluster.pk,
            on=on,
            parts=form.told,
            leaving=form.leaving,
            because=split.cleaned_data["because"],
        ),
        said=_("The cluster is split. What earlier days say does not change."),
        then=lambda _done: reverse("cluster", args=[cluster.pk]),
        context={"on": on, "n_parts": len(parts), "again": request.GET.urlencode()},
    )
    return taken(request, cluster, step)


def members_from(cluster: Cluster, on: dt.date) -> list[Membership]:
    """One membership for each member on the day or later, by name."""
    first = {member(row): row for row in reversed(rows_from(cluster, on))}
    return sorted(first.values(), key=lambda each: _name(each).casefold())


def _name(membership: Membership) -> str:
    return str(membership.school or membership.partner)
