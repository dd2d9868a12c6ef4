"""From which clusters one came, and into which it went, over all splits and mergers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from clusterwork.clusters.models import Cluster, Lineage

# UNION drops what is there already, so that a ring (which no verb makes) would end too.
CHAIN = """
WITH RECURSIVE chain(id) AS (
    SELECT {to} FROM clusters_lineage
    WHERE {near} = ANY(%s) AND kind = ANY(%s) AND "on" <= COALESCE(%s, "on")
    UNION
    SELECT step.{to} FROM chain JOIN clusters_lineage step ON step.{near} = chain.id
    WHERE kind = ANY(%s) AND "on" <= COALESCE(%s, "on")
)
SELECT id FROM chain
"""
BACK = CHAIN.format(to="before_id", near="after_id")
FORTH = CHAIN.format(to="after_id", near="before_id")
CHANGED = (Lineage.Kind.SPLIT, Lineage.Kind.MERGER)


@dataclass(frozen=True)
class Line:
    """The steps next to a cluster: what it came from, and what came of it, earliest first."""

    came_from: tuple[Lineage, ...]
    came_after: tuple[Lineage, ...]


def lineage_of(cluster: Cluster) -> Line:
    """The steps by which the cluster came to be and went on, with the clusters at their ends."""
    before = cluster.came_from.select_related("before")
    after = cluster.came_after.select_related("after")
    return Line(tuple(before), tuple(after))


def ancestors(cluster: Cluster, day: dt.date | None = None) -> QuerySet[Cluster]:
    """The clusters that it came out of by splits and mergers, over any number of steps."""
    return _chain(BACK, [cluster.pk], CHANGED, day)


def descendants(cluster: Cluster, day: dt.date | None = None) -> QuerySet[Cluster]:
    """The clusters that came out of it by splits and mergers (up to `day`, where it is given)."""
    return _chain(FORTH, [cluster.pk], CHANGED, day)


def steps_among(cluster_ids: Iterable[int]) -> list[Lineage]:
    """The steps that lead to or from any of the clusters, in one query, earliest first."""
    ids = list(cluster_ids)
    near = Lineage.objects.filter(before__in=ids) | Lineage.objects.filter(after__in=ids)
    return list(near.select_related("before", "after").distinct())


def _chain(
    sql: str, start: Sequence[int], kinds: Sequence[str], day: dt.date | None
) -> QuerySet[Cluster]:
    with connection.cursor() as cursor:
        told = [str(kind) for kind in kinds]
        cursor.execute(sql, [list(start), told, day, told, day])
        ids = [row[0] for row in cursor.fetchall()]
    return Cluster.objects.filter(pk__in=ids).order_by("start_on", "pk")
