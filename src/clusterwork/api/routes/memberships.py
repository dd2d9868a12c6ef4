"""Who is in which cluster on a day: the question that everybody asks."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from clusterwork.accounts.models import Person
from clusterwork.api import shapes
from clusterwork.api.keys import person_of
from clusterwork.api.paging import AskedOn, Page, page_of
from clusterwork.api.refusals import REFUSALS
from clusterwork.api.words import Number, day_or_today
from clusterwork.clusters.models import Membership
from clusterwork.clusters.permissions import check_may_see_clusters, clusters_private_to
from clusterwork.clusters.selectors.memberships import memberships_on
from clusterwork.clusters.selectors.participations import clusters_in

router = Router(tags=["Memberships"])


class MembershipsAsked(AskedOn):
    """Which memberships."""

    cluster: Number | None = None
    school: Number | None = None
    programme: Number | None = Field(
        None, description="Memberships of clusters that take part in the programme on the day."
    )


@router.get("", response={200: Page[shapes.Membership], **REFUSALS}, url_name="api_memberships")
def memberships(request: HttpRequest, asked: Query[MembershipsAsked]) -> Any:
    """Every membership that holds on the day and fits what is asked for."""
    person, day = person_of(request), day_or_today(asked.on)
    check_may_see_clusters(person, day_or_today(None))
    found = memberships_on(day).select_related("cluster", "school", "partner").order_by("pk")
    if asked.cluster is not None:
        found = found.filter(cluster=asked.cluster)
    if asked.school is not None:
        found = found.filter(school=asked.school)
    if asked.programme is not None:
        found = found.filter(cluster__in=clusters_in(asked.programme, day))
    private = private_to(person)
    return page_of(found, asked, lambda row: membership_shown(row, private))


def private_to(person: Person) -> frozenset[int]:
    """The clusters of which the person sees today what is private to them."""
    return frozenset(clusters_private_to(person, day_or_today(None)))


def membership_shown(row: Membership, private: frozenset[int]) -> shapes.Membership:
    """A membership as the API hands it out to somebody."""
    school, partner = row.school, row.partner
    return shapes.Membership(
        id=row.pk,
        cluster_id=row.cluster_id,
        cluster_name=row.cluster.shown_name,
        school_id=row.school_id,
        urn=school.urn if school else None,
        welsh_number=school.welsh_number if school else None,
        school_name=school.name if school else "",
        partner_id=row.partner_id,
        partner_name=partner.name if partner else "",
        part=row.part,
        contributes=row.contributes if row.cluster_id in private else "",
        start_on=row.start_on,
        end_on=row.end_on,
        ended_by=row.ended_by,
    )
