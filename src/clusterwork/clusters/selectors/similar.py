"""The clusters that are most like one, for whoever sets them beside it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence

from django.db.models import OuterRef, Q, Subquery

from clusterwork.clusters.models import Cluster, Participation
from clusterwork.clusters.rules.likeness import Member, by_likeness
from clusterwork.clusters.selectors.memberships import is_on, memberships_on
from clusterwork.registry.models import Census

N_SIMILAR = 5


def similar_clusters(
    cluster: Cluster, day: dt.date, *, among: Collection[int] | None = None, most: int = N_SIMILAR
) -> list[Cluster]:
    """The clusters most like it on the day, the likest first; two queries.

    They are clusters of its organisation or of its programmes; with `among`, only of these.
    """
    likest = by_likeness(cluster.pk, clusters_around(cluster, day))
    chosen = [pk for pk in likest if among is None or pk in among][:most]
    found = Cluster.objects.select_related("organisation").in_bulk(chosen)
    return [found[pk] for pk in chosen]


def clusters_around(cluster: Cluster, day: dt.date) -> dict[int, Sequence[Member]]:
    """The schools of the cluster and of every one that it is held against, with what their last
    census told. One query."""
    mine = Participation.objects.filter(is_on(day), cluster=cluster).values("programme")
    beside = Participation.objects.filter(is_on(day), programme__in=mine).values("cluster")
    told = Census.objects.filter(school=OuterRef("school"), year__lte=day.year).order_by("-year")
    rows = memberships_on(day).filter(
        Q(cluster__organisation=cluster.organisation_id) | Q(cluster__in=beside),
        school__isnull=False,
    )
    pupils = Subquery(told.filter(pupils__isnull=False).values("pupils")[:1])
    meals = Subquery(told.filter(fsm_share__isnull=False).values("fsm_share")[:1])
    found: dict[int, list[Member]] = defaultdict(list)
    for pk, phase, medium, roll, share in rows.order_by("pk").values_list(
        "cluster", "school__phase", "school__medium", pupils, meals
    ):
        found[pk].append(Member(phase, medium, roll, None if share is None else float(share)))
    return dict(found)
