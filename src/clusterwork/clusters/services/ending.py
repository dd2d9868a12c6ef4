"""What ends when a school's stay, or a whole cluster, ends; opens no transaction of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from clusterwork.clusters.models import (
    Appointment,
    Cluster,
    Membership,
    Participation,
    Rota,
    RotaSeat,
    RotaTurn,
    Standing,
)
from clusterwork.clusters.services.rotas import rota_seat_ends
from clusterwork.kernel.messages import N_

ModelT = TypeVar("ModelT", bound=Model)
# Kept in English; pages translate it.
SCHOOL_LEFT = N_("The school is no longer in the cluster.")
CLUSTER_ENDED = N_("The cluster has ended.")


def after(on: dt.date) -> Q:
    """What goes on until after `on`, or begins then."""
    return Q(end_on__isnull=True) | Q(end_on__gt=on)


def cut(rows: QuerySet[ModelT], on: dt.date, **told: str) -> int:
    """Ends the rows on `on`; what would begin only then never comes. How many were touched."""
    going_on = rows.filter(after(on))
    n_never, _ = going_on.filter(start_on__gte=on).delete()
    return n_never + going_on.filter(start_on__lt=on).update(end_on=on, **told)


def end_stays(
    cluster: Cluster, rows: QuerySet[Membership], on: dt.date, ended_by: str, reason: str = ""
) -> int:
    """Ends these memberships of the cluster, with all that rests on them. How many appointments
    ended with them."""
    ending = rows.filter(after(on)).values_list("school_id", flat=True)
    school_ids = [pk for pk in ending if pk]
    cut(rows, on, ended_by=ended_by, reason=reason)
    minis = list(cluster.mini_clusters.values_list("pk", flat=True))
    below = Membership.objects.filter(cluster__in=minis, school__in=school_ids)
    cut(below, on, ended_by=ended_by, reason=reason)
    return end_what_rests_on(school_ids, [cluster.pk, *minis], on)


def end_what_rests_on(
    school_ids: Collection[int], cluster_ids: Collection[int], on: dt.date
) -> int:
    """Ends appointments that the schools hold in the clusters, and their seats in rotas.

    How many appointments ended.
    """
    held = Appointment.objects.filter(cluster__in=cluster_ids, school__in=school_ids)
    n_ended = cut(held, on, reason=SCHOOL_LEFT)
    seats = RotaSeat.objects.filter(after(on), school__in=school_ids)
    for seat in seats.filter(rota__cluster__in=cluster_ids).select_related(
        "school", "rota__cluster"
    ):
        rota_seat_ends(cluster=seat.rota.cluster, school=seat.school, on=on)
    return n_ended


def end_life(cluster: Cluster, on: dt.date, ended_by: str) -> None:
    """Ends everything that the cluster holds on `on`, and then the cluster with its minis."""
    for mini in cluster.mini_clusters.filter(after(on)):
        end_life(mini, on, ended_by)
    cut(Membership.objects.filter(cluster=cluster), on, ended_by=ended_by)
    cut(RotaTurn.objects.filter(rota__cluster=cluster, taken=None), on)
    cut(RotaSeat.objects.filter(rota__cluster=cluster), on)
    cut(Rota.objects.filter(cluster=cluster), on)
    cut(Appointment.objects.filter(cluster=cluster), on, reason=CLUSTER_ENDED)
    cut(Participation.objects.filter(cluster=cluster), on, reason=CLUSTER_ENDED)
    cut(Standing.objects.filter(cluster=cluster), on)
    cluster.end_on = on
    cluster.save(update_fields=["end_on"])
