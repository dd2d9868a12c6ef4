"""Takes members, programmes and the description over into another cluster, from a day on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from clusterwork.clusters.models import Cluster, Membership, Participation, Standing
from clusterwork.clusters.rules.spans import Span, overlap
from clusterwork.clusters.selectors.clusters import standing_on
from clusterwork.clusters.services.ending import after
from clusterwork.clusters.services.membership_checks import check_membership
from clusterwork.clusters.services.refusals import in_words
from clusterwork.clusters.services.standings import fields_of
from clusterwork.clusters.states.cluster import ACTIVE, CLOSING

MemberKey = tuple[int | None, int | None]


def member(row: Membership) -> MemberKey:
    """Who it is: the school, or the partner."""
    return row.school_id, row.partner_id


def rows_from(cluster: Cluster, on: dt.date) -> list[Membership]:
    """The cluster's memberships on `on` and later, with their members."""
    found = cluster.memberships.filter(after(on)).select_related("school", "partner")
    return list(found.order_by("start_on", "pk"))


def carry_members(rows: Iterable[Membership], to: Cluster, on: dt.date) -> None:
    """The same members in the same parts from `on`; no memorandum is signed yet there."""
    carried = [carried_row(row, to, on) for row in rows]
    if to.parent_id or to.start_on < on:
        for row in carried:
            check_membership(row)
    with in_words():
        Membership.objects.bulk_create(carried)


def carried_row(row: Membership, to: Cluster, on: dt.date) -> Membership:
    """What follows on the row in another cluster, as it was before it was ended."""
    return Membership(
        cluster=to,
        school=row.school,
        partner=row.partner,
        part=row.part,
        contributes=row.contributes,
        contributes_because=row.contributes_because,
        start_on=max(row.start_on, on),
        end_on=row.end_on,
        ended_by=row.ended_by,
        reason=row.reason,
    )


def participations_from(cluster: Cluster, on: dt.date) -> list[Participation]:
    """Those on `on` and later."""
    return list(cluster.participations.filter(after(on)))


def carry_participations(taken: Sequence[Participation], to: Cluster, on: dt.date) -> None:
    """The other cluster takes part as well, where it does not yet."""
    for row in taken:
        span = Span(max(row.start_on, on), row.end_on)
        own = to.participations.filter(programme=row.programme_id)
        if not any(overlap(span, Span(each.start_on, each.end_on)) for each in own):
            with in_words():
                Participation.objects.create(
                    cluster=to, programme_id=row.programme_id, start_on=span.start, end_on=span.end
                )


def carry_standing(standing: Standing | None, to: Cluster, on: dt.date) -> None:
    """The other cluster begins as this one stood, where anybody has said."""
    if standing and standing_on(to, on) is None:
        Standing.objects.create(cluster=to, start_on=on, **fields_of(standing))


def status_after(cluster: Cluster) -> str:
    """The status with which what comes out of the cluster begins."""
    return ACTIVE if cluster.status == CLOSING else cluster.status
