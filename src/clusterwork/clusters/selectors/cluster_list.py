"""Which clusters a list shows on a day, and what it says of each; reads only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, DateField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Greatest

from clusterwork.clusters.models import (
    Appointment,
    Cluster,
    Membership,
    Participation,
    Programme,
    StatusChange,
)
from clusterwork.clusters.selectors.memberships import is_on, memberships_on
from clusterwork.registry.models import Authority, Organisation

VACANCIES = (Appointment.Role.CHAIR, Appointment.Role.COORDINATOR)
NOT_CLOSED = "standing"


@dataclass(frozen=True)
class Wanted:
    """How the list is narrowed; what is empty or None narrows nothing.

    `status` is a `Cluster.Status`, or `NOT_CLOSED` for every one but closed.
    """

    words: str = ""
    organisation: Organisation | None = None
    status: str = NOT_CLOSED
    programme: Programme | None = None
    authority: Authority | None = None
    vacant: bool = False


def known_on(clusters: QuerySet[Cluster], day: dt.date, today: dt.date) -> QuerySet[Cluster]:
    """Those that had begun by the day, with their status of that day as `status_then`.

    Today's list has those to come as well, so that what was just started can be found.
    """
    found = clusters if day == today else clusters.filter(start_on__lte=day)
    changes = StatusChange.objects.filter(cluster=OuterRef("pk"), on__lte=day)
    last = changes.order_by("-on", "-pk").values("status")[:1]
    return found.annotate(status_then=Coalesce(Subquery(last), F("status")))


def narrowed(clusters: QuerySet[Cluster], wanted: Wanted, day: dt.date) -> QuerySet[Cluster]:
    """Those of `known_on` that are wanted."""
    found = clusters.filter(_by_words(wanted.words), _by_status(wanted.status))
    if wanted.organisation:
        found = found.filter(organisation=wanted.organisation)
    if wanted.programme:
        taking_part = Participation.objects.filter(is_on(day), programme=wanted.programme)
        found = found.filter(pk__in=taking_part.values("cluster"))
    if wanted.authority:
        inside = memberships_on(day).filter(school__authority=wanted.authority)
        found = found.filter(pk__in=inside.values("cluster"))
    return found.filter(_is_vacant(day)) if wanted.vacant else found


def _by_words(words: str) -> Q:
    named = Q()
    for word in words.split():
        named &= (
            Q(working_name__icontains=word)
            | Q(name__icontains=word)
            | Q(name_cy__icontains=word)
            | Q(code__iexact=word)
        )
    return named


def _by_status(status: str) -> Q:
    if status == NOT_CLOSED:
        return ~Q(status_then=Cluster.Status.CLOSED)
    return Q(status_then=status) if status else Q()


def _is_vacant(day: dt.date) -> Q:
    """Of those that are not closed: without chair or without coordinator."""
    empty = [Q(~Exists(_held(role, day))) for role in VACANCIES]
    return reduce(or_, empty) & ~Q(status_then=Cluster.Status.CLOSED)


def _held(role: str, day: dt.date) -> QuerySet[Appointment]:
    return Appointment.objects.filter(is_on(day), cluster=OuterRef("pk"), role=role)


def with_facts(clusters: QuerySet[Cluster], day: dt.date) -> QuerySet[Cluster]:
    """Adds `n_schools` of the day, and the names of its `chair` and `coordinator` (or None).

    Of a cluster whose first day lies ahead the schools are those of that day.
    """
    then = Greatest(OuterRef("start_on"), Value(day, output_field=DateField()))
    inside = Membership.objects.filter(
        Q(end_on__isnull=True) | Q(end_on__gt=then),
        start_on__lte=then,
        cluster=OuterRef("pk"),
        school__isnull=False,
    )
    counted = inside.order_by().values("cluster").annotate(n=Count("pk")).values("n")
    names: dict[str, Any] = {
        role.value: Subquery(_held(role, day).order_by("start_on").values("name")[:1])
        for role in VACANCIES
    }
    return clusters.annotate(n_schools=Coalesce(Subquery(counted), 0), **names).select_related(
        "organisation"
    )
