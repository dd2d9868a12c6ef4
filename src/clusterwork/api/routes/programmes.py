"""Programmes, and the clusters that take part in them, as at a day."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from clusterwork.api import shapes
from clusterwork.api.keys import person_of
from clusterwork.api.paging import Asked, AskedOn, Page, page_of
from clusterwork.api.refusals import REFUSALS
from clusterwork.api.words import Id, day_or_today
from clusterwork.clusters.models import Participation, Programme
from clusterwork.clusters.permissions import organisations_for, programme_for
from clusterwork.clusters.selectors.memberships import is_on

router = Router(tags=["Programmes"])


@router.get("", response={200: Page[shapes.Programme], **REFUSALS}, url_name="api_programmes")
def programmes(request: HttpRequest, asked: Query[Asked]) -> Any:
    """The programmes that you may open, newest first."""
    organisations = organisations_for(person_of(request), day_or_today(None))
    found = Programme.objects.filter(organisation__in=organisations)
    return page_of(found.select_related("organisation"), asked, programme_shown)


@router.get("/{pk}", response={200: shapes.Programme, **REFUSALS}, url_name="api_programme")
def programme(request: HttpRequest, pk: Id) -> Any:
    """One programme."""
    return programme_shown(programme_for(person_of(request), pk, day_or_today(None)))


@router.get(
    "/{pk}/clusters",
    response={200: Page[shapes.Participation], **REFUSALS},
    url_name="api_programme_clusters",
)
def programme_clusters(request: HttpRequest, pk: Id, asked: Query[AskedOn]) -> Any:
    """The clusters that take part in the programme on a day."""
    found = programme_for(person_of(request), pk, day_or_today(None))
    rows = found.participations.filter(is_on(day_or_today(asked.on)))
    rows = rows.select_related("cluster").order_by("cluster__working_name", "pk")
    return page_of(rows, asked, participation_shown)


def programme_shown(programme: Programme) -> shapes.Programme:
    """A programme as the API hands it out."""
    own = {name: getattr(programme, name) for name in OWN}
    return shapes.Programme(**own, organisation_name=programme.organisation.name)


def participation_shown(row: Participation) -> shapes.Participation:
    """A participation as the API hands it out."""
    return shapes.Participation(
        id=row.pk,
        cluster_id=row.cluster_id,
        cluster_name=row.cluster.shown_name,
        programme_id=row.programme_id,
        start_on=row.start_on,
        end_on=row.end_on,
    )


OWN = tuple(name for name in shapes.Programme.model_fields if name != "organisation_name")
