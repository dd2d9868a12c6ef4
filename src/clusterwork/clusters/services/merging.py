"""Clusters merge: into a new one, or into one of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import transaction

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.clusters.models import Cluster, Lineage, Membership, Part
from clusterwork.clusters.permissions import cluster_to_run
from clusterwork.clusters.selectors.clusters import standing_on
from clusterwork.clusters.services.carrying import (
    carry_members,
    carry_participations,
    carry_standing,
    participations_from,
    rows_from,
    status_after,
)
from clusterwork.clusters.services.clusters import check_working_name
from clusterwork.clusters.services.ending import after
from clusterwork.clusters.services.locking import (
    check_has_members,
    check_lives,
    check_no_end,
    check_no_step_ahead,
    locked,
)
from clusterwork.clusters.services.memberships import PartFacts, other_part
from clusterwork.clusters.services.naming import check_name_free
from clusterwork.clusters.services.opening import ClusterPlan, make_clusters
from clusterwork.clusters.services.refusals import ends_before_it_starts
from clusterwork.clusters.services.statuses import end_cluster
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

Rows = Mapping[int, Sequence[Membership]]


class MergeWithItself(Problem):
    """One cluster, named once or twice."""


class SchoolInBoth(Problem):
    """A school that is in two of the clusters that are to merge."""


@transaction.atomic
def merge_clusters(
    *,
    person: Person,
    day: dt.date,
    pks: Sequence[int],
    on: dt.date,
    into: int | None = None,
    working_name: str = "",
    code: str = "",
    because: str = "",
    lead: int | None = None,
) -> Cluster:
    """The one cluster of all their members from `on`; the others close that day.

    `into` is one of `pks`, or None for a new cluster under `working_name`, which belongs to the
    organisation of the first. With `lead`, a school's id, other leads are core from then on.
    Raises `NotThere`, `NotAllowed`, `MergeWithItself`, `BeforeTheCluster`, `ClusterHasClosed`,
    `EndAnnounced`, `StepAhead`, `SchoolInBoth`, `NamedAfterASchool`, `NameTaken`, `CodeTaken`,
    `MoveNotAllowed`, `NotInTheParent`, `EndsBeforeItStarts`.
    """
    clusters = _to_merge(person, pks, into, day)
    ending = [each for each in clusters if each.pk != into]
    _check_days(clusters, ending, on)
    rows = {each.pk: rows_from(each, on) for each in clusters}
    _check_apart(rows)
    target = _target(person, clusters, into, on, working_name, code, because)
    taken = [row for each in ending for row in participations_from(each, on)]
    standing = standing_on(clusters[0], on)
    for each in ending:
        end_cluster(person, each, on, day, Membership.Ended.MERGER, because)
    carry_members(_once([row for each in ending for row in rows[each.pk]], rows, into), target, on)
    if lead is not None:
        _leave_one_lead(target, lead, on)
    carry_participations(taken, target, on)
    carry_standing(standing, target, on)
    Lineage.objects.bulk_create(
        Lineage(before=each, after=target, kind=Lineage.Kind.MERGER, on=on) for each in ending
    )
    _record(person, clusters, target, on, because)
    return target


@transaction.atomic
def check_merge(
    *,
    person: Person,
    day: dt.date,
    pks: Sequence[int],
    on: dt.date,
    into: int | None = None,
    working_name: str = "",
) -> None:
    """Raises what `merge_clusters` would raise for the day and the name; changes nothing."""
    clusters = _to_merge(person, pks, into, day)
    ending = [each for each in clusters if each.pk != into]
    _check_days(clusters, ending, on)
    for each in ending:
        check_no_step_ahead(each, on)
    check_has_members(clusters, on)
    if into is None:
        organisation = clusters[0].organisation
        check_working_name(organisation, working_name)
        check_name_free(organisation, [working_name], on, but=[each.pk for each in clusters])


def _to_merge(person: Person, pks: Sequence[int], into: int | None, day: dt.date) -> list[Cluster]:
    """The clusters in the order in which they are named, under lock."""
    if len(set(pks)) < 2 or len(set(pks)) < len(pks) or (into is not None and into not in pks):
        raise MergeWithItself(
            Message(N_("A cluster cannot be merged with itself.")),
            next_step=Message(N_("Choose two different clusters.")),
        )
    for pk in pks:
        cluster_to_run(person, pk, day)
    held = locked(pks)
    return [held[pk] for pk in pks]


def _check_days(clusters: Sequence[Cluster], ending: Sequence[Cluster], on: dt.date) -> None:
    for each in clusters:
        check_lives(each, on)
        check_no_end(each)
    if any(each.start_on == on for each in ending):
        raise ends_before_it_starts()


def _check_apart(rows: Rows) -> None:
    seen: dict[int, int] = {}
    for pk, members in rows.items():
        for row in members:
            if row.school and seen.setdefault(row.school.pk, pk) != pk:
                raise SchoolInBoth(
                    Message(
                        N_("A school is in two of the clusters: %(school)s."),
                        {"school": str(row.school)},
                    ),
                    why=Message(N_("It would be in the merged cluster twice.")),
                    next_step=Message(N_("Let it leave one of them before that day.")),
                )


def _leave_one_lead(target: Cluster, lead: int, on: dt.date) -> None:
    leads = target.memberships.filter(after(on), part=Part.LEAD, school__isnull=False)
    for row in leads.exclude(school=lead).select_related("cluster", "school"):
        other_part(row, PartFacts(Part.CORE), max(on, row.start_on))


def _once(coming: Sequence[Membership], rows: Rows, into: int | None) -> list[Membership]:
    """Those that come, a partner of several clusters once."""
    there = {row.partner_id for row in rows.get(into or 0, ())} - {None}
    found = []
    for row in coming:
        if row.partner_id is None or row.partner_id not in there:
            found.append(row)
        there |= {row.partner_id} - {None}
    return found


def _target(
    person: Person,
    clusters: Sequence[Cluster],
    into: int | None,
    on: dt.date,
    working_name: str,
    code: str,
    because: str,
) -> Cluster:
    if into is not None:
        return next(each for each in clusters if each.pk == into)
    first = clusters[0]
    check_working_name(first.organisation, working_name)
    same = len({each.parent_id for each in clusters}) == 1
    plan = ClusterPlan(working_name, code=code, parent=first.parent if same else None)
    return make_clusters(
        person=person,
        organisation=first.organisation,
        plans=[plan],
        start_on=on,
        status=status_after(first),
        because=because,
        in_place_of=[each.pk for each in clusters],
    )[0]


def _record(
    person: Person, clusters: Sequence[Cluster], target: Cluster, on: dt.date, because: str
) -> None:
    """In the record of each of them, so that it is found from every side."""
    names = ", ".join(each.working_name for each in clusters)
    for subject in {each.pk: each for each in (*clusters, target)}.values():
        record(
            actor=person,
            verb="cluster.merge",
            subject=subject,
            summary=Message(
                N_("Merged these clusters: %(names)s. From: %(on)s. Into: %(into)s."),
                {"names": names, "on": on, "into": target.working_name},
            ),
            details={
                "on": str(on),
                "from": [each.pk for each in clusters],
                "into": target.pk,
                "because": because,
            },
        )
