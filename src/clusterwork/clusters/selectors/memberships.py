"""Who was in which cluster on a day: the question that every room above asks."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from clusterwork.clusters.models import Cluster, Membership
from clusterwork.registry.models import School


def is_on(day: dt.date) -> Q:
    """What holds on `day`, of anything over [start_on, end_on) whose start may be unknown."""
    started = Q(start_on__isnull=True) | Q(start_on__lte=day)
    return started & (Q(end_on__isnull=True) | Q(end_on__gt=day))


def memberships_on(day: dt.date) -> QuerySet[Membership]:
    """Every membership that holds on `day`."""
    return Membership.objects.filter(is_on(day))


def members_on(cluster: Cluster, day: dt.date) -> QuerySet[Membership]:
    """The cluster's members on `day`, schools first, by name."""
    found = memberships_on(day).filter(cluster=cluster).select_related("school", "partner")
    return found.order_by("school__sort_key", "partner__name", "pk")


def clusters_of(school: School, day: dt.date) -> QuerySet[Membership]:
    """The school's memberships on `day`, with their clusters."""
    found = memberships_on(day).filter(school=school).select_related("cluster__organisation")
    return found.order_by("start_on", "pk")


def school_ids_in(cluster: Cluster, day: dt.date) -> QuerySet[Membership, int | None]:
    """The ids of the cluster's schools on `day`, for use in another query."""
    found = memberships_on(day).filter(cluster=cluster, school__isnull=False)
    return found.order_by().values_list("school_id", flat=True)
