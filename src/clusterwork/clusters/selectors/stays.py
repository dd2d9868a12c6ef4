"""Which school is in which cluster of a programme, and when; the question behind one place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from clusterwork.clusters.models import Membership, Participation, Programme
from clusterwork.clusters.rules.clashing import Stay, common
from clusterwork.clusters.rules.spans import Span


def stays_in(programme: Programme) -> list[Stay]:
    """Every school's stays in the programme, past and planned ones too: two queries."""
    parts = Participation.objects.filter(programme=programme)
    return stays_of(parts.values_list("cluster_id", "start_on", "end_on"))


def stays_of(parts: Iterable[tuple[int, dt.date, dt.date | None]]) -> list[Stay]:
    """The stays that these participations (cluster, from, until) give their schools."""
    spans = [(cluster, Span(start, end)) for cluster, start, end in parts]
    members = _members({cluster for cluster, _span in spans})
    return [
        Stay(school, cluster, shared)
        for cluster, span in spans
        for school, stay in members.get(cluster, ())
        if (shared := common(span, stay))
    ]


def _members(clusters: Iterable[int]) -> dict[int, list[tuple[int, Span]]]:
    rows = Membership.objects.filter(cluster__in=list(clusters), school__isnull=False)
    found: dict[int, list[tuple[int, Span]]] = {}
    for cluster, school, start, end in rows.order_by("pk").values_list(
        "cluster_id", "school_id", "start_on", "end_on"
    ):
        found.setdefault(cluster, []).append((school or 0, Span(start, end)))
    return found
