"""A mini-cluster: some of the schools of a cluster, inside it, for as long as it stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import transaction

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.clusters.models import Cluster, Lineage, Membership
from clusterwork.clusters.rules.spans import Span, covered
from clusterwork.clusters.services.carrying import status_after
from clusterwork.clusters.services.clusters import check_working_name
from clusterwork.clusters.services.locking import check_lives, check_no_end, cluster_to_change
from clusterwork.clusters.services.membership_checks import NotInTheParent, span_of
from clusterwork.clusters.services.opening import ClusterPlan, PlannedSchool, make_clusters
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message


class InsideAMini(Problem):
    """A mini-cluster that would be inside another one."""


@transaction.atomic
def start_mini_cluster(
    *,
    person: Person,
    day: dt.date,
    pk: int,
    working_name: str,
    school_ids: Collection[int],
    start_on: dt.date,
    code: str = "",
) -> Cluster:
    """A mini-cluster of these schools inside the cluster; it ends when that one does.

    Raises `NotThere`, `NotAllowed`, `InsideAMini`, `BeforeTheCluster`, `ClusterHasClosed`,
    `EndAnnounced`, `NotInTheParent`, `NamedAfterASchool`, `CodeTaken`.
    """
    parent = cluster_to_change(person, pk, day)
    _check_parent(parent, start_on)
    check_working_name(parent.organisation, working_name)
    _check_inside(parent, school_ids, Span(start_on))
    schools = [PlannedSchool(school_id) for school_id in school_ids]
    mini = make_clusters(
        person=person,
        organisation=parent.organisation,
        plans=[ClusterPlan(working_name, schools, code, parent)],
        start_on=start_on,
        status=status_after(parent),
    )[0]
    Lineage.objects.create(before=parent, after=mini, kind=Lineage.Kind.MINI, on=start_on)
    record(
        actor=person,
        verb="cluster.mini",
        subject=parent,
        summary=Message(N_("Started this mini-cluster: %(name)s."), {"name": working_name}),
        details={"mini": mini.pk, "from": str(start_on)},
    )
    return mini


def _check_parent(parent: Cluster, start_on: dt.date) -> None:
    check_lives(parent, start_on)
    check_no_end(parent)
    if parent.parent_id:
        raise InsideAMini(
            Message(N_("A mini-cluster cannot have mini-clusters of its own.")),
            next_step=Message(N_("Start it in the cluster around this one.")),
        )


def _check_inside(parent: Cluster, school_ids: Collection[int], span: Span) -> None:
    held: dict[int, list[Span]] = {school_id: [] for school_id in school_ids}
    names: dict[int, str] = {}
    inside = Membership.objects.filter(cluster=parent, school__in=school_ids)
    for row in inside.select_related("school"):
        held[row.school_id or 0].append(span_of(row))
        names[row.school_id or 0] = str(row.school)
    outside = [pk for pk, spans in held.items() if not covered(span, spans)]
    if outside:
        said = ", ".join(sorted(names.get(pk, "–") for pk in outside))
        raise NotInTheParent(
            Message(
                N_("Not in the cluster around the mini-cluster from that day on: %(schools)s."),
                {"schools": said},
            ),
            why=Message(N_("A mini-cluster is made of schools that stay in that cluster.")),
            next_step=Message(N_("Choose schools that are in it from that day on.")),
        )
