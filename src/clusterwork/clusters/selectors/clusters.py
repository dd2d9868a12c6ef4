"""How clusters stood on a day: their names, status, description and programmes."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from clusterwork.clusters.models import (
    Cluster,
    FormerName,
    Participation,
    Standing,
    StatusChange,
)
from clusterwork.clusters.selectors.memberships import is_on
from clusterwork.registry.models.organisations import in_language


@dataclass(frozen=True)
class Names:
    """What a cluster was called; `name` and `name_cy` are empty until its schools chose them."""

    working_name: str
    name: str = ""
    name_cy: str = ""

    def __str__(self) -> str:
        return in_language(self.name or self.name_cy or self.working_name, self.name_cy)


def clusters_on(day: dt.date) -> QuerySet[Cluster]:
    """The clusters that there were on `day`."""
    return Cluster.objects.filter(is_on(day))


def status_on(cluster: Cluster, day: dt.date) -> str:
    """The cluster's status on `day`; empty before its first."""
    return statuses_on([cluster.pk], day).get(cluster.pk, "")


def statuses_on(cluster_ids: Iterable[int], day: dt.date) -> dict[int, str]:
    """Each cluster's status on `day`, in one query; one without any yet is left out."""
    told = StatusChange.objects.filter(cluster__in=list(cluster_ids), on__lte=day)
    last = told.order_by("cluster_id", "-on", "-pk").distinct("cluster_id")
    return dict(last.values_list("cluster_id", "status"))


def name_on(cluster: Cluster, day: dt.date) -> Names:
    """What the cluster was called on `day`."""
    return names_on([cluster], day)[cluster.pk]


def names_on(clusters: Sequence[Cluster], day: dt.date) -> dict[int, Names]:
    """What each cluster was called on `day`, in one query."""
    held = FormerName.objects.filter(cluster__in=[each.pk for each in clusters], until__gt=day)
    first = held.order_by("cluster_id", "until", "pk").distinct("cluster_id")
    before = {row.cluster_id: row for row in first}
    return {each.pk: _names(before.get(each.pk, each)) for each in clusters}


def _names(row: Cluster | FormerName) -> Names:
    return Names(row.working_name, row.name, row.name_cy)


def standing_on(cluster: Cluster, day: dt.date) -> Standing | None:
    """How the cluster stood on `day`; None where nobody has said."""
    return cluster.standings.filter(is_on(day)).first()


def standings_on(cluster_ids: Iterable[int], day: dt.date) -> dict[int, Standing]:
    """How each cluster stood on `day`, in one query; one of which nobody has said is left out."""
    found = Standing.objects.filter(is_on(day), cluster__in=list(cluster_ids))
    return {row.cluster_id: row for row in found}


def programme_of_clusters(
    cluster_ids: Iterable[int], day: dt.date
) -> dict[int, list[Participation]]:
    """The participations of each cluster on `day` with their programmes, in one query."""
    found = Participation.objects.filter(is_on(day), cluster__in=list(cluster_ids))
    taken: dict[int, list[Participation]] = defaultdict(list)
    for row in found.select_related("programme__organisation").order_by("programme__name", "pk"):
        taken[row.cluster_id].append(row)
    return dict(taken)
