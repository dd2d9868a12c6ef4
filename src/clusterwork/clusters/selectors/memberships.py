"""Who was in which cluster on a day: the question that every room above asks."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.apps import apps
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from clusterwork.clusters.models import Cluster, Membership
from clusterwork.registry.models import School


class Placed(NamedTuple):
    """A school in a cluster, by their ids, with its part."""

    school: int
    cluster: int
    part: str


def is_on(day: dt.date) -> Q:
    """What holds on `day`, of anything over [start_on, end_on) whose start may be unknown."""
    started = Q(start_on__isnull=True) | Q(start_on__lte=day)
    return started & (Q(end_on__isnull=True) | Q(end_on__gt=day))


def memberships_on(day: dt.date) -> QuerySet[Membership]:
    """Every membership that holds on `day`, as known today."""
    return Membership.objects.filter(is_on(day))


def memberships_known(day: dt.date, known_at: dt.datetime) -> QuerySet[Any]:
    """What was known at `known_at` of the memberships on `day`: rows with a membership's fields.

    The answer never changes once `known_at` has passed, whatever is corrected afterwards.
    """
    versions = apps.get_model("clusters", "MembershipEvent")._default_manager
    told = versions.filter(pgh_created_at__lte=known_at)
    newer = told.filter(pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__gt=OuterRef("pgh_id"))
    held: QuerySet[Any] = told.filter(is_on(day)).exclude(pgh_label="delete")
    return held.filter(~Exists(newer))


def places_on(day: dt.date, known_at: dt.datetime | None = None) -> list[Placed]:
    """Every school in a cluster on `day`, in one query; by cluster, then school."""
    found = memberships_known(day, known_at) if known_at else memberships_on(day)
    rows = found.filter(school__isnull=False).order_by()
    return sorted(map(Placed._make, rows.values_list("school_id", "cluster_id", "part")), key=_by)


def _by(placed: Placed) -> tuple[int, int]:
    return placed.cluster, placed.school


def members_on(cluster: Cluster, day: dt.date) -> QuerySet[Membership]:
    """The cluster's members on `day`, schools first, by name."""
    found = memberships_on(day).filter(cluster=cluster).select_related("school", "partner")
    return found.order_by("school__sort_key", "partner__name", "pk")


def members_of(cluster_ids: Iterable[int], day: dt.date) -> dict[int, list[Membership]]:
    """Each cluster's members on `day`, as `members_on` gives them, in one query."""
    found = memberships_on(day).filter(cluster__in=list(cluster_ids))
    rows = found.select_related("school", "partner")
    members: dict[int, list[Membership]] = defaultdict(list)
    for row in rows.order_by("school__sort_key", "partner__name", "pk"):
        members[row.cluster_id].append(row)
    return dict(members)


def n_schools_of(cluster_ids: Iterable[int], day: dt.date) -> dict[int, int]:
    """How many schools each cluster has on `day`; a cluster without any is left out."""
    found = memberships_on(day).filter(cluster__in=list(cluster_ids), school__isnull=False)
    return dict(found.order_by().values_list("cluster").annotate(Count("pk")))


def clusters_of(school: School, day: dt.date) -> QuerySet[Membership]:
    """The school's memberships on `day`, with their clusters."""
    found = memberships_on(day).filter(school=school).select_related("cluster__organisation")
    return found.order_by("start_on", "pk")


def unbroken_since(school: School, stays: Iterable[Membership]) -> dict[int, dt.date]:
    """For each of the school's stays, by cluster, since when it has been there without a gap; one
    query. Another part is another stay that follows on."""
    since = {each.cluster_id: each.start_on for each in stays}
    rows = Membership.objects.filter(school=school, cluster__in=since, end_on__isnull=False)
    for cluster, start, end in rows.order_by("-start_on").values_list(
        "cluster_id", "start_on", "end_on"
    ):
        if end == since[cluster]:
            since[cluster] = start
    return since


def clusters_of_schools(school_ids: Iterable[int], day: dt.date) -> dict[int, list[Membership]]:
    """Each school's memberships on `day` with their clusters, in one query."""
    found = memberships_on(day).filter(school__in=list(school_ids)).select_related("cluster")
    members: dict[int, list[Membership]] = defaultdict(list)
    for row in found.order_by("start_on", "pk"):
        members[row.school_id or 0].append(row)
    return dict(members)


def memberships_ever(cluster: Cluster) -> QuerySet[Membership]:
    """Everyone who was, is or will be in the cluster, earliest first."""
    found = cluster.memberships.select_related("school", "partner")
    return found.order_by("start_on", "school__sort_key", "partner__name", "pk")


def clusters_ever_of(school: School) -> QuerySet[Membership]:
    """Every cluster that the school was, is or will be in, earliest first."""
    found = Membership.objects.filter(school=school).select_related("cluster__organisation")
    return found.order_by("start_on", "pk")


def in_none(schools: QuerySet[School], day: dt.date) -> QuerySet[School]:
    """Those of `schools` that are in no cluster on `day`."""
    held = memberships_on(day).filter(school__isnull=False)
    return schools.exclude(pk__in=held.values("school_id"))


def school_ids_in(cluster: Cluster, day: dt.date) -> QuerySet[Membership, int | None]:
    """The ids of the cluster's schools on `day`, for use in another query."""
    found = memberships_on(day).filter(cluster=cluster, school__isnull=False)
    return found.order_by().values_list("school_id", flat=True)
