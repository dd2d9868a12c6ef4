"""A cluster splits into new ones, or into new ones beside itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.clusters.models import Cluster, Lineage, Membership
from clusterwork.clusters.rules.placing import check_parts, check_placed
from clusterwork.clusters.selectors.clusters import standing_on
from clusterwork.clusters.services.carrying import (
    MemberKey,
    carry_members,
    carry_participations,
    carry_standing,
    member,
    participations_from,
    rows_from,
    status_after,
)
from clusterwork.clusters.services.clusters import check_working_name
from clusterwork.clusters.services.ending import end_stays
from clusterwork.clusters.services.locking import (
    check_has_members,
    check_lives,
    check_no_end,
    check_no_step_ahead,
    cluster_to_change,
)
from clusterwork.clusters.services.naming import check_name_free
from clusterwork.clusters.services.opening import ClusterPlan, make_clusters
from clusterwork.clusters.services.refusals import ends_before_it_starts
from clusterwork.clusters.services.statuses import end_cluster
from clusterwork.kernel.messages import N_, Message


@dataclass(frozen=True)
class SplitPart:
    """One part: its members by any of their memberships on the day or later.

    The part that `goes_on` keeps the cluster with its name, appointments and history.
    """

    membership_pks: Collection[int]
    working_name: str = ""
    code: str = ""
    goes_on: bool = False


@transaction.atomic
def split_cluster(
    *,
    person: Person,
    day: dt.date,
    pk: int,
    on: dt.date,
    parts: Sequence[SplitPart],
    leaving: Mapping[int, str] | None = None,
    because: str = "",
) -> list[Cluster]:
    """The clusters of the parts, in their order. New ones take part in the same programmes.

    `leaving` names members (by a membership) that go to no part, with their reasons. Raises
    `NotThere`, `NotAllowed`, `BeforeTheCluster`, `ClusterHasClosed`, `EndAnnounced`, `StepAhead`,
    `NotASplit`, `NotAMember`, `MemberPlacedTwice`, `MemberNotPlaced`, `NamedAfterASchool`,
    `CodeTaken`, `MoveNotAllowed`, `EndsBeforeItStarts`.
    """
    cluster = cluster_to_change(person, pk, day)
    _check_day(cluster, on)
    rows = rows_from(cluster, on)
    leave = leaving or {}
    who = _who(rows, parts, leave)
    _end_leaving(cluster, rows, leave, on)
    standing, taken = standing_on(cluster, on), participations_from(cluster, on)
    status = status_after(cluster)
    moving = {key for key, part in who.items() if part and not part.goes_on}
    _end_moving(person, cluster, parts, rows, moving, on, day, because)
    clusters = []
    for part in parts:
        if part.goes_on:
            clusters.append(cluster)
            continue
        new = _new(person, cluster, part, on, status, because)
        carry_members([row for row in rows if who[member(row)] is part], new, on)
        carry_participations(taken, new, on)
        carry_standing(standing, new, on)
        Lineage.objects.create(before=cluster, after=new, kind=Lineage.Kind.SPLIT, on=on)
        clusters.append(new)
    _record(person, cluster, clusters, on, because)
    return clusters


@transaction.atomic
def check_split(
    *,
    person: Person,
    day: dt.date,
    pk: int,
    on: dt.date,
    working_names: Sequence[str],
    goes_on: bool,
) -> None:
    """Raises what `split_cluster` would raise for the day and the names; changes nothing."""
    cluster = cluster_to_change(person, pk, day)
    _check_day(cluster, on)
    check_has_members([cluster], on)
    for name in working_names:
        check_working_name(cluster.organisation, name)
    but = [] if goes_on else [cluster.pk]
    check_name_free(cluster.organisation, working_names, on, but)


def _check_day(cluster: Cluster, on: dt.date) -> None:
    check_lives(cluster, on)
    check_no_end(cluster)
    check_no_step_ahead(cluster, on)
    if on == cluster.start_on:
        raise ends_before_it_starts()


def _who(
    rows: Sequence[Membership], parts: Sequence[SplitPart], leaving: Mapping[int, str]
) -> dict[MemberKey, SplitPart | None]:
    """Each member's part, None for those that leave."""
    check_parts([len(part.membership_pks) for part in parts], sum(p.goes_on for p in parts))
    keys = {row.pk: member(row) for row in rows}
    told = [[keys.get(pk, (None, None)) for pk in part.membership_pks] for part in parts]
    gone = [keys.get(pk, (None, None)) for pk in leaving]
    check_placed(set(keys.values()), told, gone)
    who: dict[MemberKey, SplitPart | None] = dict.fromkeys(gone)
    who |= {key: part for part, inside in zip(parts, told, strict=True) for key in inside}
    return who


def _end_leaving(
    cluster: Cluster, rows: Sequence[Membership], leaving: Mapping[int, str], on: dt.date
) -> None:
    keys = {row.pk: member(row) for row in rows}
    for pk, reason in leaving.items():
        these = [row.pk for row in rows if member(row) == keys[pk]]
        found = Membership.objects.filter(pk__in=these)
        end_stays(cluster, found, on, Membership.Ended.LEFT, reason)


def _end_moving(
    person: Person,
    cluster: Cluster,
    parts: Sequence[SplitPart],
    rows: Sequence[Membership],
    moving: set[MemberKey],
    on: dt.date,
    day: dt.date,
    because: str,
) -> None:
    """Ends the old cluster, or where it goes on those memberships that move."""
    if not any(part.goes_on for part in parts):
        end_cluster(person, cluster, on, day, Membership.Ended.SPLIT, because)
        return
    these = Membership.objects.filter(pk__in=[row.pk for row in rows if member(row) in moving])
    end_stays(cluster, these, on, Membership.Ended.SPLIT)


def _new(
    person: Person, cluster: Cluster, part: SplitPart, on: dt.date, status: str, because: str
) -> Cluster:
    check_working_name(cluster.organisation, part.working_name)
    plan = ClusterPlan(part.working_name, code=part.code, parent=cluster.parent)
    return make_clusters(
        person=person,
        organisation=cluster.organisation,
        plans=[plan],
        start_on=on,
        status=status,
        because=because,
    )[0]


def _record(
    person: Person, cluster: Cluster, into: Sequence[Cluster], on: dt.date, because: str
) -> None:
    names = ", ".join(each.working_name for each in into)
    record(
        actor=person,
        verb="cluster.split",
        subject=cluster,
        summary=Message(
            N_("Split the cluster. From: %(on)s. Into: %(names)s."), {"on": on, "names": names}
        ),
        details={"on": str(on), "into": [each.pk for each in into], "because": because},
    )
