"""Takes up what the register says of schools that closed or opened again; each change once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Max, Q

from clusterwork.clusters.models import Cluster, Membership, RegisterBookmark, RegisterEffect
from clusterwork.clusters.rules.succession import Successor, amalgamated, goes_on_as
from clusterwork.clusters.selectors.successors import successors_of
from clusterwork.clusters.services.going_over import clusters_by_age, go_over
from clusterwork.clusters.services.school_ends import Ended, clusters_still_with, end_school
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_
from clusterwork.registry.models import Change, Happening, School, Status

AGAIN = 200_000  # how far back it reads: a long import may write lower numbers later than others
TOLD = (Happening.CLOSED, Happening.REOPENED)
Kind = RegisterEffect.Kind
ENDED_BY = {Kind.CLOSED: Ended.SCHOOL_CLOSED, Kind.AMALGAMATED: Ended.AMALGAMATED}
# Kept in English; pages translate it.
GOES_ON = N_("It goes on under another number, as the register says.")


@dataclass(frozen=True)
class Applied:
    """How many memberships' ends, goings-on and open questions a reading came to."""

    n_ended: int = 0
    n_gone_on: int = 0
    n_unsettled: int = 0


@transaction.atomic
def apply_registry_changes(*, since: int | None = None, now: dt.datetime) -> Applied:
    """Reads the register's changes after the bookmark (or after number `since`).

    A closed school's memberships end on the day on which it closed. The one school that goes on
    in its place under another number has them from then on; anything else waits for an officer.
    A link that comes later counts for what still waits. Safe to run twice, and by two at once.
    """
    mark = _locked_bookmark()
    changes = _changes(mark.last_change_id - AGAIN if since is None else since)
    schools = _schools(changes)
    successors = successors_of(schools.values())
    effects: list[RegisterEffect] = []
    for change in changes:
        if school := schools.get(change.school_id):
            effects += _effects(change, school, successors.get(school.pk, []))
    _carry_on(_waiting(), now)
    _move(mark)
    return _counted(effects)


def _locked_bookmark() -> RegisterBookmark:
    RegisterBookmark.objects.get_or_create(pk=1)
    return RegisterBookmark.objects.select_for_update().get(pk=1)


def _changes(after_pk: int) -> list[Change]:
    """The first line of each closing and reopening since then, in their order."""
    first: dict[tuple[int, str, dt.date], Change] = {}
    for change in Change.objects.filter(pk__gt=after_pk, happening__in=TOLD).order_by("pk"):
        first.setdefault((change.school_id, change.happening, change.as_at), change)
    return list(first.values())


def _schools(changes: Sequence[Change]) -> dict[int, School]:
    """Those among them that are, or once were, in a cluster for which it means something."""
    ids = {change.school_id for change in changes}
    shut = Q(school__status=Status.CLOSED) & (
        Q(end_on__isnull=True)
        | Q(school__closed_on__isnull=True)
        | Q(end_on__gt=F("school__closed_on"))
    )
    back = Q(school__status=Status.OPEN, ended_by=Ended.SCHOOL_CLOSED)
    touched = Membership.objects.filter(shut | back, school__in=ids)
    return School.objects.in_bulk(set(touched.order_by().values_list("school", flat=True)))


def _move(mark: RegisterBookmark) -> None:
    last = Change.objects.aggregate(last=Max("pk"))["last"] or 0
    mark.last_change_id = max(last, mark.last_change_id)
    mark.save()


def _effects(
    change: Change, school: School, successors: Sequence[Successor]
) -> list[RegisterEffect]:
    """Nothing for a change that another has overtaken."""
    if change.happening == Happening.CLOSED and school.status == Status.CLOSED:
        return _closed(change, school, successors)
    if change.happening == Happening.REOPENED and school.status == Status.OPEN:
        return _reopened(change, school)
    return []


def _closed(
    change: Change, school: School, successors: Sequence[Successor]
) -> list[RegisterEffect]:
    on = school.closed_on or change.as_at
    cluster_ids = clusters_still_with(school, on)
    if not cluster_ids:
        return []
    kind = Kind.AMALGAMATED if amalgamated(successors) else Kind.CLOSED
    clusters = end_school(None, cluster_ids, school, on, ENDED_BY[kind])
    return _kept(change, school, clusters, kind, on, successors)


def _reopened(change: Change, school: School) -> list[RegisterEffect]:
    """A question for each living cluster that the school was in when it closed."""
    ended = Membership.objects.filter(school=school, ended_by=Ended.SCHOOL_CLOSED)
    lost = Cluster.objects.filter(memberships__in=ended, end_on__isnull=True).distinct()
    back = lost.exclude(memberships__in=Membership.objects.filter(school=school, end_on=None))
    told = RegisterEffect.objects.filter(school=school, kind=Kind.REOPENED, on=change.as_at)
    clusters = back.exclude(pk__in=told.values("cluster"))
    return _kept(change, school, list(clusters), Kind.REOPENED, change.as_at, ())


def _kept(
    change: Change,
    school: School,
    clusters: Iterable[Cluster],
    kind: str,
    on: dt.date,
    successors: Sequence[Successor],
) -> list[RegisterEffect]:
    ids = sorted({each.school for each in successors})
    return RegisterEffect.objects.bulk_create(
        (
            RegisterEffect(
                change_id=change.pk,
                school=school,
                cluster=cluster,
                kind=kind,
                successors=ids,
                on=on,
            )
            for cluster in clusters
        ),
        ignore_conflicts=True,
    )


def _waiting() -> list[RegisterEffect]:
    """What still waits of schools that closed, clusters around others first."""
    found = RegisterEffect.objects.filter(settled_at=None, kind__in=ENDED_BY)
    rows = found.select_related("school", "cluster__organisation").order_by("pk")
    by_cluster: dict[int, list[RegisterEffect]] = {}
    for row in rows:
        by_cluster.setdefault(row.cluster_id, []).append(row)
    clusters = {row.cluster_id: row.cluster for row in rows}
    return [row for each in clusters_by_age(clusters.values()) for row in by_cluster[each.pk]]


def _carry_on(effects: Sequence[RegisterEffect], now: dt.datetime) -> None:
    """Settles those whose one successor the register knows, and notes what it knows of others."""
    successors = successors_of({each.school_id: each.school for each in effects}.values())
    for effect in effects:
        found = successors.get(effect.school_id, [])
        into = goes_on_as(found)
        if into is not None and _gone_over(effect, School.objects.get(pk=into)):
            effect.kind, effect.outcome, effect.settled_at = Kind.RENUMBERED, GOES_ON, now
        elif amalgamated(found):
            effect.kind = Kind.AMALGAMATED
        effect.successors = sorted({each.school for each in found})
        effect.save()


def _gone_over(effect: RegisterEffect, into: School) -> bool:
    """False where the place cannot be taken over, which is then for an officer."""
    try:
        with transaction.atomic():
            return go_over(effect.cluster, effect.school, into, effect.on, Ended.RENUMBERED)
    except Problem:
        return False


def _counted(effects: Sequence[RegisterEffect]) -> Applied:
    rows = RegisterEffect.objects.filter(change_id__in={each.change_id for each in effects})
    ended = rows.exclude(kind=Kind.REOPENED)
    return Applied(
        n_ended=ended.count(),
        n_gone_on=rows.filter(kind=Kind.RENUMBERED).count(),
        n_unsettled=rows.filter(settled_at=None).count(),
    )
