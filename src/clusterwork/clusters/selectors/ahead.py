"""What is settled and has not begun: memberships ahead, and what a confirmation gave a school."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from clusterwork.clusters.models import Cluster, Confirmation, ConfirmedCluster, Membership
from clusterwork.clusters.selectors.confirming import confirmation_of
from clusterwork.registry.models import School


@dataclass(frozen=True)
class ConfirmedPlace:
    """The cluster that a school was confirmed in; None where it is in none."""

    confirmation: Confirmation
    school: School
    cluster: Cluster | None


def memberships_ahead(school_ids: Iterable[int], day: dt.date) -> dict[int, list[Membership]]:
    """Each school's memberships that begin after `day`, with their clusters, in one query."""
    found = Membership.objects.filter(school__in=list(school_ids), start_on__gt=day)
    ahead: dict[int, list[Membership]] = defaultdict(list)
    for row in found.select_related("cluster").order_by("start_on", "pk"):
        ahead[row.school_id or 0].append(row)
    return dict(ahead)


def confirmed_places(formation_pk: int, school_ids: Iterable[int]) -> list[ConfirmedPlace]:
    """Where the exercise's confirmation put these schools, by name; empty before it."""
    confirmation = confirmation_of(formation_pk)
    if confirmation is None:
        return []
    places = confirmation.proposal.places.filter(school__in=list(school_ids))
    became = ConfirmedCluster.objects.filter(confirmation=confirmation)
    clusters = {each.proposed_id: each.cluster for each in became.select_related("cluster")}
    return [
        ConfirmedPlace(confirmation, place.school, clusters.get(place.cluster_id or 0))
        for place in places.select_related("school").order_by("school__sort_key", "school_id")
    ]
