"""The clusters of a school: those of a day in its first sentence, and all of them over time."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from clusterwork.clusters.models import Membership
from clusterwork.clusters.selectors.ahead import memberships_ahead
from clusterwork.clusters.selectors.clusters import names_on
from clusterwork.clusters.selectors.memberships import clusters_ever_of, clusters_of
from clusterwork.registry.models import School
from clusterwork.web.day import Day


@dataclass(frozen=True)
class InCluster:
    """A stay of the school in a cluster; `name` is what the cluster was called on the day."""

    pk: int
    name: str
    part: str
    start_on: dt.date
    end_on: dt.date | None
    how: str


def clusters_on(school: School, day: Day) -> list[InCluster]:
    """The clusters that the school is in on the day; a query, or two on another day than today."""
    return _told(list(clusters_of(school, day.on)), day)


def clusters_ahead(school: School, day: Day) -> list[InCluster]:
    """The clusters that it will be in later than the day, soonest first; a past day knows none."""
    if day.is_past:
        return []
    return _told(memberships_ahead([school.pk], day.on).get(school.pk, []), day)


def clusters_until(school: School, day: Day) -> list[InCluster]:
    """The clusters that the school has been in by the day, the latest first; queries as above."""
    found = [each for each in clusters_ever_of(school) if each.start_on <= day.on]
    return _told(found[::-1], day)


def _told(found: list[Membership], day: Day) -> list[InCluster]:
    clusters = [each.cluster for each in found]
    then = {} if day.is_today else names_on(clusters, day.on)
    return [_in_cluster(each, str(then.get(each.cluster_id, each.cluster)), day) for each in found]


def _in_cluster(membership: Membership, name: str, day: Day) -> InCluster:
    """A day that is past knows no later end."""
    end = membership.end_on
    ended = end is not None and (not day.is_past or end <= day.on)
    return InCluster(
        membership.cluster_id,
        name,
        membership.get_part_display(),
        membership.start_on,
        end if ended else None,
        membership.get_ended_by_display() if ended and membership.ended_by else "",
    )
