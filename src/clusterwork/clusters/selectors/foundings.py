"""Clusters that schools form themselves: which there are, who agreed, what overlaps."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from clusterwork.accounts.models import Person, Role
from clusterwork.accounts.selectors.roles import is_on as role_is_on
from clusterwork.clusters.models import (
    Cluster,
    Founding,
    FoundingSchool,
    Participation,
    Place,
    Programme,
)
from clusterwork.clusters.rules.founding import Stand, stand_of
from clusterwork.clusters.selectors.memberships import is_on, memberships_on
from clusterwork.clusters.states.founding import ASKED, OPEN
from clusterwork.registry.models import Organisation, School
from clusterwork.registry.selectors.organisations import with_ancestors


@dataclass(frozen=True)
class Overlap:
    """Another cluster in which a school is, and the programmes in which that takes part."""

    school_id: int
    cluster: Cluster
    programmes: tuple[Programme, ...]


def schools_of(founding: Founding) -> list[FoundingSchool]:
    """The school that began first, then the others by name."""
    return list(founding.schools.select_related("school__authority", "replied_by"))


def stand(row: FoundingSchool, founding: Founding) -> Stand:
    """What the school has said to the purpose as it is worded now."""
    return stand_of(row.reply, row.agreed_purpose_number, founding.purpose_number)


def agreed_schools(founding: Founding) -> list[School]:
    """The schools that agree to the purpose as it is worded now."""
    rows = founding.schools.filter(
        reply=FoundingSchool.Reply.JOINS, agreed_purpose_number=founding.purpose_number
    )
    return [row.school for row in rows.select_related("school")]


def founder_of(founding: Founding) -> School:
    """The school that began."""
    return founding.schools.select_related("school").get(is_founder=True).school


def foundings_at(organisations: Iterable[Organisation]) -> QuerySet[Founding]:
    """What these organisations are or were asked to recognise, the open ones first."""
    found = Founding.objects.filter(cluster__organisation__in=organisations)
    return found.select_related("cluster__organisation", "cluster__started_by").order_by(
        "-asked_at", "-pk"
    )


def foundings_of(schools: QuerySet[School]) -> QuerySet[FoundingSchool]:
    """The part of these schools in clusters that form, the latest first."""
    rows = FoundingSchool.objects.filter(school__in=schools)
    rows = rows.select_related("school", "founding__cluster__organisation")
    return rows.order_by("-founding_id", "school__sort_key", "pk")


def waiting_at(organisations: Iterable[Organisation]) -> QuerySet[Founding]:
    """Those that wait for an officer to recognise or return them, the longest first."""
    return foundings_at(organisations).filter(state=ASKED).order_by("asked_at", "pk")


def to_answer(schools: QuerySet[School]) -> QuerySet[FoundingSchool]:
    """Invitations of these schools that wait for an answer, also to a new wording."""
    open_ones = foundings_of(schools).filter(founding__state__in=OPEN)
    earlier = Q(reply=FoundingSchool.Reply.JOINS) & ~Q(
        agreed_purpose_number=F("founding__purpose_number")
    )
    return open_ones.filter(Q(reply="") | earlier)


def organisations_to_ask(school: School) -> QuerySet[Organisation]:
    """Those that look after the school's authority, with all that they belong to; else all."""
    near = Organisation.objects.filter(authorities=school.authority_id)
    ids = {pk for each in near for pk in with_ancestors(each)}
    return Organisation.objects.filter(pk__in=ids) if ids else Organisation.objects.all()


def officers_of(organisation: Organisation, day: dt.date) -> QuerySet[Person]:
    """The organisation's own programme officers on `day`."""
    held = Role.objects.filter(
        role_is_on(day), kind=Role.Kind.PROGRAMME_OFFICER, organisation=organisation
    )
    return Person.objects.filter(pk__in=held.values("person"), is_active=True).order_by("pk")


def overlaps_of(school_ids: Iterable[int], founding: Founding, day: dt.date) -> list[Overlap]:
    """The other clusters in which these schools are on `day`. Two queries."""
    stays = memberships_on(day).filter(school__in=list(school_ids))
    stays = stays.exclude(cluster=founding.cluster_id).select_related("cluster")
    rows = list(stays.order_by("school__sort_key", "cluster__working_name", "pk"))
    taking_part = Participation.objects.filter(is_on(day), cluster__in=[r.cluster_id for r in rows])
    programmes: dict[int, list[Programme]] = defaultdict(list)
    for part in taking_part.select_related("programme"):
        programmes[part.cluster_id].append(part.programme)
    return [
        Overlap(row.school_id, row.cluster, tuple(programmes[row.cluster_id]))
        for row in rows
        if row.school_id
    ]


def places_taken(
    programme: Programme, school_ids: Iterable[int], from_day: dt.date
) -> QuerySet[Place]:
    """Places in a programme with one cluster a school that these schools have on or after a day."""
    lasts = Q(end_on__isnull=True) | Q(end_on__gt=from_day)
    found = Place.objects.filter(lasts, programme=programme, school__in=list(school_ids))
    return found.select_related("school", "cluster").order_by("school__sort_key", "pk")
