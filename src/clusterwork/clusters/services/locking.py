"""Loads clusters for a change: permitted, locked in one order, and still to be changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import Cluster
from clusterwork.clusters.permissions import cluster_to_run
from clusterwork.clusters.rules.spans import Span
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message


class ClusterHasClosed(Problem):
    """The cluster has no life on the day of the change."""


class BeforeTheCluster(Problem):
    """The day of the change lies before the cluster's first."""


class NobodyInIt(Problem):
    """A cluster that has no member on the day of the change."""


class EndAnnounced(Problem):
    """A cluster whose end is known already."""


class StepAhead(Problem):
    """A split, a merger or a mini-cluster of the cluster lies behind the day of the change."""


def locked(pks: Iterable[int]) -> dict[int, Cluster]:
    """The clusters and those around them, locked by number, so that two people never wait for
    each other for ever."""
    asked = set(pks)
    parents = Cluster.objects.filter(pk__in=asked, parent__isnull=False)
    every = asked | {pk for pk in parents.values_list("parent", flat=True) if pk}
    rows = Cluster.objects.select_for_update(of=("self",)).filter(pk__in=every).order_by("pk")
    return {row.pk: row for row in rows.select_related("organisation")}


def cluster_to_change(person: Person, pk: int, day: dt.date) -> Cluster:
    """The cluster under lock, for its officers. Raises `NotThere`, `NotAllowed`."""
    cluster_to_run(person, pk, day)
    return locked([pk])[pk]


def life_of(cluster: Cluster) -> Span:
    """The days of the cluster."""
    return Span(cluster.start_on, cluster.end_on)


def check_lives(cluster: Cluster, on: dt.date) -> None:
    """Raises `BeforeTheCluster` or `ClusterHasClosed` where it does not stand on the day."""
    if on < cluster.start_on:
        raise BeforeTheCluster(
            Message(
                N_("The cluster does not stand yet on that day: %(cluster)s."),
                {"cluster": str(cluster)},
            ),
            next_step=Message(N_("Choose a day after its first one.")),
        )
    if cluster.end_on and on >= cluster.end_on:
        raise ClusterHasClosed(
            Message(
                N_("The cluster has closed by that day: %(cluster)s."), {"cluster": str(cluster)}
            ),
            next_step=Message(N_("Choose a day before its end.")),
        )


def check_has_members(clusters: Iterable[Cluster], on: dt.date) -> None:
    """Raises `NobodyInIt` where one of the clusters has no member on the day."""
    for each in clusters:
        held = each.memberships.filter(Q(end_on__isnull=True) | Q(end_on__gt=on))
        if not held.filter(start_on__lte=on).exists():
            raise NobodyInIt(
                Message(N_("Nobody is in the cluster on that day: %(name)s."), {"name": str(each)}),
                next_step=Message(N_("Choose another day, or add its members first.")),
            )


def check_no_end(cluster: Cluster) -> None:
    """Raises `EndAnnounced`."""
    if cluster.end_on:
        raise EndAnnounced(
            Message(N_("The cluster's end is known already: %(name)s."), {"name": str(cluster)}),
            why=Message(N_("It ends on: %(on)s."), {"on": cluster.end_on}),
            next_step=Message(N_("Let it go on after all first, if that has changed.")),
        )


def check_no_step_ahead(cluster: Cluster, on: dt.date) -> None:
    """Raises `StepAhead` where the cluster splits later, or something comes into it then or later.

    What ends or splits on `on` would tear that line.
    """
    comes_in = cluster.came_from.filter(on__gte=on, after__start_on__lt=on)
    goes_out = cluster.came_after.filter(on__gt=on)
    step = (comes_in | goes_out).order_by("on").first()
    if step:
        raise StepAhead(
            Message(
                N_("A split, a merger or a mini-cluster of this cluster comes after that day.")
            ),
            why=Message(N_("It is entered for: %(on)s."), {"on": step.on}),
            next_step=Message(N_("Choose a later day.")),
        )
