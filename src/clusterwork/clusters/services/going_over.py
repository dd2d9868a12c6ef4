"""A school takes over the place of one that has ended in a cluster; opens no transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from clusterwork.clusters.models import (
    Appointment,
    Cluster,
    Membership,
    RotaSeat,
)
from clusterwork.clusters.services.dealing import deal, locked_rota
from clusterwork.clusters.services.ending import SCHOOL_LEFT, after
from clusterwork.clusters.services.membership_checks import check_membership
from clusterwork.clusters.services.refusals import in_words
from clusterwork.registry.models import School

Ended = Membership.Ended
SCHOOL_ENDED = (Ended.SCHOOL_CLOSED, Ended.AMALGAMATED, Ended.RENUMBERED)


def go_over(cluster: Cluster, school: School, into: School, on: dt.date, how: str) -> bool:
    """`into` has from `on` the place that `school` had until then; whether it has one now.

    Under another number (`renumbered`) it keeps memorandum, appointments and seats as well. Where
    it is in the cluster already, it stays as it is. Raises `SchoolHasClosed`, `InAnotherCluster`.
    """
    ended = cluster.memberships.filter(school=school, end_on=on, ended_by__in=SCHOOL_ENDED)
    last = ended.order_by("-start_on").first()
    if last is None:
        return False
    ended.update(ended_by=how)
    if cluster.memberships.filter(after(on), school=into).exists():
        return True
    _place(cluster, last, into, on, how)
    if how == Ended.RENUMBERED:
        _appointments(cluster, school, into, on)
        _seats(cluster, school, into, on)
    return True


def _place(cluster: Cluster, last: Membership, into: School, on: dt.date, how: str) -> None:
    row = Membership(
        cluster=cluster,
        school=into,
        part=last.part,
        contributes=last.contributes,
        contributes_because=last.contributes_because,
        start_on=on,
        end_on=cluster.end_on,
        ended_by=Ended.CLUSTER_CLOSED if cluster.end_on else "",
        memorandum_signed_on=last.memorandum_signed_on if how == Ended.RENUMBERED else None,
    )
    check_membership(row)
    with in_words():
        row.save(force_insert=True)


def _appointments(cluster: Cluster, school: School, into: School, on: dt.date) -> None:
    held = Appointment.objects.filter(cluster=cluster, school=school, end_on=on, reason=SCHOOL_LEFT)
    free = [row for row in held if not _taken(row, into, on)]
    Appointment.objects.bulk_create(_gone_over(row, into, on) for row in free)


def _taken(row: Appointment, into: School, on: dt.date) -> bool:
    """Whether somebody has come into the same office since."""
    others = Appointment.objects.filter(after(on), cluster=row.cluster_id, role=row.role)
    return (others if row.role == Appointment.Role.CHAIR else others.filter(school=into)).exists()


def _gone_over(row: Appointment, into: School, on: dt.date) -> Appointment:
    return Appointment(
        cluster=row.cluster,
        role=row.role,
        person=row.person,
        name=row.name,
        email=row.email,
        school=into,
        strand=row.strand,
        start_on=on,
        end_on=row.cluster.end_on,
    )


def _seats(cluster: Cluster, school: School, into: School, on: dt.date) -> None:
    """The seat in the same place of the order, and the turns ahead dealt out anew."""
    seats = RotaSeat.objects.filter(rota__cluster=cluster, school=school, end_on=on)
    for seat in seats.select_related("rota"):
        RotaSeat.objects.create(
            rota=seat.rota, school=into, place=seat.place, start_on=on, end_on=seat.rota.end_on
        )
        deal(locked_rota(seat.rota), on)


def clusters_by_age(clusters: Iterable[Cluster]) -> list[Cluster]:
    """Those around others first."""
    return sorted(clusters, key=lambda each: (each.parent_id is not None, each.pk))
