"""The clusters of a school: those of a day in its first sentence, and all of them over time."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from clusterwork.clusters.models import Membership
from clusterwork.clusters.selectors.clusters import names_on
from clusterwork.clusters.selectors.memberships import clusters_ever_of, clusters_of
from clusterwork.registry.models import School


@dataclass(frozen=True)
class InCluster:
    """A stay of the school in a cluster; `name` is what the cluster was called on the day."""

    pk: int
    name: str
    part: str
    start_on: dt.date
    end_on: dt.date | None
    how: str


def clusters_on(school: School, day: dt.date) -> list[InCluster]:
    """The clusters that the school is in on the day; two queries."""
    return _told(list(clusters_of(school, day)), day)


def clusters_until(school: School, day: dt.date) -> list[InCluster]:
    """The clusters that the school has been in by the day, the latest first; two queries."""
    found = [each for each in clusters_ever_of(school) if each.start_on <= day]
    return _told(found[::-1], day)


def _told(found: list[Membership], day: dt.date) -> list[InCluster]:
    names = names_on([each.cluster for each in found], day)
    return [
        InCluster(
            each.cluster_id,
            str(names[each.cluster_id]),
            each.get_part_display(),
            each.start_on,
            each.end_on,
            each.get_ended_by_display() if each.ended_by else "",
        )
        for each in found
    ]
