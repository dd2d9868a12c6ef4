"""Schools of the register."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from clusterwork.api import shapes
from clusterwork.api.keys import person_of
from clusterwork.api.paging import Asked, OnlyOn, Page, page_of
from clusterwork.api.refusals import REFUSALS
from clusterwork.api.routes.memberships import membership_shown, private_to
from clusterwork.api.words import (
    Id,
    Number,
    SchoolPhase,
    SchoolStatus,
    Text,
    day_or_today,
)
from clusterwork.clusters.permissions import check_may_see_clusters
from clusterwork.clusters.selectors.memberships import clusters_of
from clusterwork.kernel.errors import NotThere
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.models import Authority, School
from clusterwork.registry.selectors.search import find_schools

router = Router(tags=["Schools"])


class SchoolsAsked(Asked):
    """Which schools."""

    words: Text = Field("", description="Beginnings of words of the name, town or a number.")
    authority: Text = Field("", description="The code of the authority, such as 925.")
    phase: SchoolPhase | None = None
    status: SchoolStatus | None = None
    urn: Number | None = None


@router.get("", response={200: Page[shapes.School], **REFUSALS}, url_name="api_schools")
def schools(request: HttpRequest, asked: Query[SchoolsAsked]) -> Any:
    """Schools that fit everything asked for, by name."""
    authority = Authority.objects.filter(code=asked.authority).first()
    found = find_schools(
        words=asked.words, authority=authority, phase=asked.phase or "", status=asked.status or ""
    )
    if asked.authority and authority is None:
        found = found.none()
    if asked.urn is not None:
        found = found.filter(urn=asked.urn if asked.urn < 2**31 else None)
    return page_of(found, asked, school_shown)


@router.get("/{pk}", response={200: shapes.School, **REFUSALS}, url_name="api_school")
def school(request: HttpRequest, pk: Id) -> Any:
    """One school."""
    return school_shown(school_of(pk))


@router.get(
    "/{pk}/memberships",
    response={200: list[shapes.Membership], **REFUSALS},
    url_name="api_school_memberships",
)
def school_memberships(request: HttpRequest, pk: Id, asked: Query[OnlyOn]) -> Any:
    """The clusters that the school is in on a day."""
    person, day = person_of(request), day_or_today(asked.on)
    check_may_see_clusters(person, day_or_today(None))
    rows = clusters_of(school_of(pk), day).select_related("school", "partner", "cluster")
    private = private_to(person)
    return [membership_shown(row, private) for row in rows]


def school_of(pk: int) -> School:
    """The school, or `NotThere`."""
    found = School.objects.select_related("authority").filter(pk=pk).first()
    if found is None:
        raise NotThere(Message(N_("There is no such school.")))
    return found


def school_shown(school: School) -> shapes.School:
    """A school as the API hands it out."""
    own = {name: getattr(school, name) for name in OWN}
    return shapes.School(
        **own, authority_code=school.authority.code, authority_name=school.authority.name
    )


OWN = tuple(
    name for name in shapes.School.model_fields if name not in ("authority_code", "authority_name")
)
