"""Taking back that a cluster closes; and the days on which what was announced comes true."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import F, OuterRef, Subquery

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import (
    Appointment,
    Cluster,
    Membership,
    Participation,
    Rota,
    RotaSeat,
    Standing,
    StatusChange,
)
from clusterwork.clusters.services.ending import CLUSTER_ENDED
from clusterwork.clusters.services.locking import cluster_to_change
from clusterwork.clusters.services.refusals import in_words
from clusterwork.clusters.services.statuses import put_status, tell
from clusterwork.clusters.states.cluster import MOVES, NAMES
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.kernel.states import state_after


class GoesOnAsAnother(Problem):
    """A cluster that was split or merged cannot go on as itself."""


@transaction.atomic
def go_on_after_all(*, person: Person, day: dt.date, pk: int, because: str = "") -> Cluster:
    """The closing cluster, active again from today; an announced end is taken back.

    What would have ended with the cluster goes on; mini-clusters do not come back. Raises
    `NotThere`, `NotAllowed`, `MoveNotAllowed`, `GoesOnAsAnother`, `InAnotherCluster`.
    """
    cluster = cluster_to_change(person, pk, day)
    target = state_after("go on after all", cluster.status, MOVES, NAMES)
    end = cluster.end_on
    if end:
        _check_itself(cluster, end)
        with in_words():
            _open_again(cluster, end)
        StatusChange.objects.create(
            cluster=cluster, status=target, on=end, because=because, by=person
        )
    _put_before_the_end(person, cluster, target, day, because)
    tell(person, cluster, "go on after all", day, because)
    return cluster


def _put_before_the_end(
    person: Person, cluster: Cluster, target: str, day: dt.date, because: str
) -> None:
    """Today's change; it may come before the end that was announced and taken back."""
    ahead = cluster.status_changes.filter(on__gt=day).exists()
    if not ahead:
        put_status(person, cluster, target, max(day, cluster.start_on), day, because)
        return
    StatusChange.objects.create(cluster=cluster, status=target, on=day, because=because, by=person)
    cluster.status = target
    cluster.save(update_fields=["status"])


def _check_itself(cluster: Cluster, end: dt.date) -> None:
    if cluster.came_after.filter(on=end).exclude(kind="mini").exists():
        raise GoesOnAsAnother(
            Message(N_("The cluster has been split or merged and goes on as another one.")),
            next_step=Message(N_("Open the cluster that it became, and change that one.")),
        )


def _open_again(cluster: Cluster, end: dt.date) -> None:
    cluster.end_on = None
    cluster.save(update_fields=["end_on"])
    Membership.objects.filter(
        cluster=cluster, end_on=end, ended_by=Membership.Ended.CLUSTER_CLOSED
    ).update(end_on=None, ended_by="")
    taken = Participation.objects.filter(cluster=cluster, end_on=end, reason=CLUSTER_ENDED)
    for row in taken.select_related("programme"):
        row.end_on, row.reason = row.programme.ends_on, ""
        row.save()
    Appointment.objects.filter(cluster=cluster, end_on=end, reason=CLUSTER_ENDED).update(
        end_on=None, reason=""
    )
    Standing.objects.filter(cluster=cluster, end_on=end).update(end_on=None)
    Rota.objects.filter(cluster=cluster, end_on=end).update(end_on=None)
    RotaSeat.objects.filter(rota__cluster=cluster, end_on=end).update(end_on=None)


@transaction.atomic
def bring_statuses_up_to(day: dt.date) -> int:
    """Gives each cluster the status that holds on `day`; how many changed. Safe to run twice."""
    told = StatusChange.objects.filter(cluster=OuterRef("pk"), on__lte=day)
    now = Subquery(told.order_by("-on", "-pk").values("status")[:1])
    behind = Cluster.objects.annotate(now=now).filter(now__isnull=False).exclude(status=F("now"))
    rows = list(behind.select_for_update(of=("self",)).order_by("pk"))
    for cluster in rows:
        cluster.status = cluster.now
        cluster.save(update_fields=["status"])
    return len(rows)
