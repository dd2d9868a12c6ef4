"""Which clusters take part in which programme on a day."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from clusterwork.clusters.models import Cluster, Membership, Participation, Programme
from clusterwork.clusters.selectors.memberships import is_on
from clusterwork.registry.models import Authority, Organisation
from clusterwork.registry.selectors.organisations import with_descendants


def clusters_in(programme_id: int, day: dt.date) -> QuerySet[Participation, int]:
    """The ids of the clusters that take part in a programme on `day`, for use in another query."""
    found = Participation.objects.filter(is_on(day), programme=programme_id)
    return found.order_by().values_list("cluster_id", flat=True)


def participations_on(programme: Programme, day: dt.date) -> QuerySet[Participation]:
    """Who takes part on `day`, by the clusters' working names."""
    found = programme.participations.filter(is_on(day)).select_related("cluster__organisation")
    return found.order_by("cluster__working_name", "cluster_id")


def participations_apart(programme: Programme, day: dt.date) -> QuerySet[Participation]:
    """Periods that had ended by `day`, and those that begin after it, the last first."""
    found = programme.participations.exclude(is_on(day)).select_related("cluster__organisation")
    return found.order_by("-start_on", "pk")


def clusters_within_reach(
    programme: Programme, organisations: QuerySet[Organisation], day: dt.date
) -> QuerySet[Cluster]:
    """Clusters of today or later that may be taken in, by working name.

    They are those of `organisations`, and those that have had a school in an authority of the
    programme's organisation or of one below it.
    """
    below = with_descendants([programme.organisation])
    authorities = Authority.objects.filter(organisations__in=below)
    near = Membership.objects.filter(school__authority__in=authorities).values("cluster")
    found = Cluster.objects.filter(Q(organisation__in=organisations) | Q(pk__in=near))
    not_ended = Q(end_on__isnull=True) | Q(end_on__gt=day)
    return found.filter(not_ended).exclude(status=Cluster.Status.CLOSED)
