"""A cluster's moves from being proposed to its end, each from the day on which it holds."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.clusters.models import Cluster, Membership, StatusChange
from clusterwork.clusters.services.ending import end_life
from clusterwork.clusters.services.locking import (
    check_no_end,
    check_no_step_ahead,
    cluster_to_change,
)
from clusterwork.clusters.services.refusals import in_words
from clusterwork.clusters.states.cluster import CLOSED, CLOSING, MOVES, NAMES
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.kernel.states import state_after

SAID = {
    "recognise": N_("Recognised the cluster. From: %(on)s."),
    "start work": N_("The cluster started work. From: %(on)s."),
    "begin to close": N_("The cluster began to close. From: %(on)s."),
    "go on after all": N_("The cluster goes on after all. From: %(on)s."),
    "close": N_("Closed the cluster. From: %(on)s."),
}


class OutOfOrder(Problem):
    """A move that would hold from before the one that came last."""


class NotYet(Problem):
    """Something that is told of a day that has not come."""


@transaction.atomic
def recognise(*, person: Person, day: dt.date, pk: int, on: dt.date, because: str = "") -> Cluster:
    """The proposed cluster, recognised. Raises as `move` does."""
    return move(person=person, day=day, pk=pk, verb="recognise", on=on, because=because)


@transaction.atomic
def start_work(*, person: Person, day: dt.date, pk: int, on: dt.date, because: str = "") -> Cluster:
    """The recognised cluster, active. Raises as `move` does."""
    return move(person=person, day=day, pk=pk, verb="start work", on=on, because=because)


@transaction.atomic
def begin_to_close(
    *, person: Person, day: dt.date, pk: int, on: dt.date, because: str = ""
) -> Cluster:
    """The cluster, closing; nothing ends yet. Raises as `move` does."""
    return move(person=person, day=day, pk=pk, verb="begin to close", on=on, because=because)


@transaction.atomic
def move(
    *, person: Person, day: dt.date, pk: int, verb: str, on: dt.date, because: str = ""
) -> Cluster:
    """Moves the cluster by a verb of the table that ends nothing.

    Raises `NotThere`, `NotAllowed`, `MoveNotAllowed`, `OutOfOrder`, `NotYet`.
    """
    cluster = cluster_to_change(person, pk, day)
    target = state_after(verb, cluster.status, MOVES, NAMES)
    check_has_come(on, max(day, cluster.start_on))
    put_status(person, cluster, target, on, day, because)
    tell(person, cluster, verb, on, because)
    return cluster


@transaction.atomic
def close_cluster(
    *, person: Person, day: dt.date, pk: int, on: dt.date, because: str = ""
) -> Cluster:
    """Ends the cluster on `on` with its members, appointments, participations and mini-clusters.

    A day that lies ahead is an announcement: until then the cluster is closing. Raises
    `NotThere`, `NotAllowed`, `MoveNotAllowed`, `OutOfOrder`, `EndAnnounced`, `StepAhead`,
    `EndsBeforeItStarts`.
    """
    cluster = cluster_to_change(person, pk, day)
    if cluster.status != CLOSED:
        check_no_end(cluster)
    end_cluster(person, cluster, on, day, Membership.Ended.CLUSTER_CLOSED, because)
    tell(person, cluster, "close", on, because)
    return cluster


def end_cluster(
    person: Person | None,
    cluster: Cluster,
    on: dt.date,
    day: dt.date,
    ended_by: str,
    because: str = "",
) -> None:
    """Closes a locked cluster and its minis on `on`, their members `ended_by` this."""
    check_no_step_ahead(cluster, on)
    minis = [mini for mini in cluster.mini_clusters.all() if mini.end_on is None]
    for each in (*minis, cluster):
        put_closed(person, each, on, day, because)
    with in_words():
        end_life(cluster, on, ended_by)


def put_closed(
    person: Person | None, cluster: Cluster, on: dt.date, day: dt.date, because: str
) -> None:
    """Records the end; before its day has come the cluster is closing."""
    if on <= day:
        put_status(
            person, cluster, state_after("close", cluster.status, MOVES, NAMES), on, day, because
        )
        return
    if cluster.status != CLOSING:
        closing = state_after("begin to close", cluster.status, MOVES, NAMES)
        put_status(person, cluster, closing, max(day, cluster.start_on), day, because)
    put_status(person, cluster, CLOSED, on, day, because)


def put_status(
    person: Person | None,
    cluster: Cluster,
    status: str,
    on: dt.date,
    day: dt.date,
    because: str = "",
) -> None:
    """Adds the change, and moves the cluster's own status unless the day lies ahead of it."""
    last = cluster.status_changes.order_by("on", "pk").last()
    if on < (last.on if last else cluster.start_on):
        raise OutOfOrder(
            Message(N_("The day lies before the last change of the cluster's status.")),
            why=Message(
                N_("That one holds from: %(on)s."), {"on": last.on if last else cluster.start_on}
            ),
            next_step=Message(N_("Choose that day or a later one.")),
        )
    StatusChange.objects.create(cluster=cluster, status=status, on=on, because=because, by=person)
    if on <= max(day, cluster.start_on):
        cluster.status = status
        cluster.save(update_fields=["status"])


def check_has_come(on: dt.date, latest: dt.date) -> None:
    """Raises `NotYet` where `on` lies after the latest day that can be told of."""
    if on > latest:
        raise NotYet(
            Message(N_("That day has not come yet.")),
            next_step=Message(N_("Give today or an earlier day, and the rest when it has come.")),
        )


def tell(person: Person | None, cluster: Cluster, verb: str, on: dt.date, because: str) -> None:
    """Writes the move in the record."""
    record(
        actor=person,
        verb=f"cluster.{verb.replace(' ', '_')}",
        subject=cluster,
        summary=Message(SAID[verb], {"on": on}),
        details={"on": str(on), "because": because},
    )
