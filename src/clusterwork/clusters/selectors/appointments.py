"""Who holds which role in a cluster on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, F, IntegerField, QuerySet, Value, When

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import Appointment, Cluster
from clusterwork.clusters.selectors.memberships import is_on, memberships_on
from clusterwork.registry.models import School

IN_ORDER = tuple(Appointment.Role.values)


@dataclass(frozen=True)
class SchoolsAdviser:
    """A school with its link adviser, who may be another than the cluster's."""

    school: School
    adviser: Appointment | None
    is_exception: bool


def held_on(day: dt.date) -> QuerySet[Appointment]:
    """All appointments that hold on `day`, with their cluster, school and person."""
    found = Appointment.objects.filter(is_on(day))
    return found.select_related("cluster", "school", "person")


def appointments_on(cluster: Cluster, day: dt.date) -> QuerySet[Appointment]:
    """The cluster's appointments on `day`: roles in the usual order, then schools by name."""
    places = [When(role=role, then=Value(place)) for place, role in enumerate(IN_ORDER)]
    place = Case(*places, default=Value(len(IN_ORDER)), output_field=IntegerField())
    found = held_on(day).filter(cluster=cluster)
    by_school = F("school__sort_key").asc(nulls_first=True)
    return found.order_by(place, by_school, "strand", "name", "pk")


def appointments_of(clusters: Iterable[Cluster], day: dt.date) -> dict[int, list[Appointment]]:
    """The appointments of many clusters on `day`, by the cluster's key: one query."""
    found: dict[int, list[Appointment]] = {cluster.pk: [] for cluster in clusters}
    for appointment in held_on(day).filter(cluster__in=found).order_by("role", "pk"):
        found[appointment.cluster_id].append(appointment)
    return found


def held_by(person: Person, day: dt.date) -> QuerySet[Appointment]:
    """What `person` holds on `day`, across clusters, by the name of the cluster."""
    found = held_on(day).filter(person=person)
    return found.order_by("cluster__working_name", "cluster_id", "role", "pk")


def held_like(appointment: Appointment, day: dt.date) -> QuerySet[Appointment]:
    """What whoever holds this appointment holds on `day`: known by sign-in, address or name."""
    found = held_on(day).order_by("cluster__working_name", "cluster_id", "role", "pk")
    if appointment.person_id:
        return found.filter(person_id=appointment.person_id)
    if appointment.email:
        return found.filter(email__iexact=appointment.email)
    return found.filter(name__iexact=appointment.name, person=None, email="")


def past_appointments(cluster: Cluster, day: dt.date) -> QuerySet[Appointment]:
    """Those that ended by `day`, the latest first."""
    found = cluster.appointments.filter(end_on__lte=day).select_related("school", "person")
    return found.order_by("-end_on", "-pk")


def coming_appointments(cluster: Cluster, day: dt.date) -> QuerySet[Appointment]:
    """Those that begin after `day`, the earliest first."""
    found = cluster.appointments.filter(start_on__gt=day).select_related("school", "person")
    return found.order_by("start_on", "pk")


def link_advisers(cluster: Cluster, day: dt.date) -> list[SchoolsAdviser]:
    """Each member school with its link adviser: its own where it has one, else the cluster's."""
    held = held_on(day).filter(cluster=cluster, role=Appointment.Role.LINK_ADVISER)
    by_school = {each.school_id: each for each in held}
    members = memberships_on(day).filter(cluster=cluster, school__isnull=False)
    schools = School.objects.filter(pk__in=members.values("school_id")).order_by("sort_key", "pk")
    usual = by_school.get(None)
    return [
        SchoolsAdviser(school, by_school.get(school.pk, usual), school.pk in by_school)
        for school in schools
    ]
