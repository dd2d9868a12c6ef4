"""Clusters, who is in them and who does what in them, as at a day."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from clusterwork.api import shapes
from clusterwork.api.keys import person_of
from clusterwork.api.paging import AskedOn, OnlyOn, Page, page_of
from clusterwork.api.refusals import REFUSALS
from clusterwork.api.routes.appointments import appointment_shown
from clusterwork.api.routes.memberships import membership_shown, private_to
from clusterwork.api.words import ClusterStatus, Id, Number, Text, day_or_today
from clusterwork.clusters.models import Cluster
from clusterwork.clusters.permissions import check_may_see_clusters, cluster_for
from clusterwork.clusters.selectors.memberships import is_on, members_on
from clusterwork.clusters.selectors.participations import clusters_in

router = Router(tags=["Clusters"])


class ClustersAsked(AskedOn):
    """Which clusters: those that exist on the day and fit everything else."""

    organisation: Number | None = None
    programme: Number | None = Field(None, description="Clusters that take part in it on the day.")
    code: Text = ""
    status: ClusterStatus | None = Field(None, description="The status of today.")


@router.get("", response={200: Page[shapes.Cluster], **REFUSALS}, url_name="api_clusters")
def clusters(request: HttpRequest, asked: Query[ClustersAsked]) -> Any:
    """Clusters that exist on the day, by name."""
    day = day_or_today(asked.on)
    check_may_see_clusters(person_of(request), day_or_today(None))
    found = Cluster.objects.filter(is_on(day)).select_related("organisation")
    if asked.organisation is not None:
        found = found.filter(organisation=asked.organisation)
    if asked.programme is not None:
        found = found.filter(pk__in=clusters_in(asked.programme, day))
    for name in ("code", "status"):
        if value := getattr(asked, name):
            found = found.filter(**{name: value})
    return page_of(found, asked, cluster_shown)


@router.get("/{pk}", response={200: shapes.Cluster, **REFUSALS}, url_name="api_cluster")
def cluster(request: HttpRequest, pk: Id) -> Any:
    """One cluster, whether it exists today or not."""
    return cluster_shown(cluster_for(person_of(request), pk, day_or_today(None)))


@router.get(
    "/{pk}/memberships",
    response={200: list[shapes.Membership], **REFUSALS},
    url_name="api_cluster_memberships",
)
def cluster_memberships(request: HttpRequest, pk: Id, asked: Query[OnlyOn]) -> Any:
    """The cluster's members on a day."""
    person = person_of(request)
    found = cluster_for(person, pk, day_or_today(None))
    rows = members_on(found, day_or_today(asked.on)).select_related("cluster")
    private = private_to(person)
    return [membership_shown(row, private) for row in rows]


@router.get(
    "/{pk}/appointments",
    response={200: list[shapes.Appointment], **REFUSALS},
    url_name="api_cluster_appointments",
)
def cluster_appointments(request: HttpRequest, pk: Id, asked: Query[OnlyOn]) -> Any:
    """Who does what in the cluster on a day."""
    found = cluster_for(person_of(request), pk, day_or_today(None))
    held = found.appointments.filter(is_on(day_or_today(asked.on)))
    return [appointment_shown(row) for row in held.select_related("cluster", "school")]


def cluster_shown(cluster: Cluster) -> shapes.Cluster:
    """A cluster as the API hands it out."""
    own = {name: getattr(cluster, name) for name in OWN}
    return shapes.Cluster(
        **own, organisation_name=cluster.organisation.name, inside_id=cluster.parent_id
    )


OWN = tuple(
    name for name in shapes.Cluster.model_fields if name not in ("organisation_name", "inside_id")
)
