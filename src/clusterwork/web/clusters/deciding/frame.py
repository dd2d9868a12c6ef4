"""What stands on every page of this part."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from clusterwork.clusters.models import Cluster, ClusterGroup
from clusterwork.clusters.selectors.governance import groups_on
from clusterwork.clusters.selectors.memberships import school_ids_in
from clusterwork.registry.models import School
from clusterwork.web.clusters.asking import today
from clusterwork.web.clusters.cluster.frame import cluster_frame, trail
from clusterwork.web.day import Day


def deciding_frame(
    request: HttpRequest, cluster: Cluster, day: Day, current: str
) -> dict[str, Any]:
    """The frame of a cluster's page with the way around among decisions."""
    pages = (
        ("cluster_decisions", _("Decisions")),
        ("cluster_governance", _("How it decides")),
        ("cluster_voice", _("Voice")),
    )
    return {
        **cluster_frame(request, cluster, day, "cluster_decisions"),
        "parts": [
            {
                "text": words,
                "href": reverse(name, args=[cluster.pk]) + day.query,
                "current": name == current,
            }
            for name, words in pages
        ],
    }


def trail_to(cluster: Cluster, *, governance: bool = False) -> list[dict[str, Any]]:
    """Clusters › the cluster › its decisions, or how it decides."""
    name, words = (
        ("cluster_governance", _("How it decides"))
        if governance
        else ("cluster_decisions", _("Decisions"))
    )
    return [
        *trail(cluster),
        {"text": str(cluster), "href": reverse("cluster", args=[cluster.pk])},
        {"text": words, "href": reverse(name, args=[cluster.pk])},
    ]


def schools_in(cluster: Cluster) -> list[School]:
    """The cluster's schools today, by name."""
    found = School.objects.filter(pk__in=school_ids_in(cluster, today()))
    return list(found.order_by("sort_key", "pk"))


def groups_in(cluster: Cluster) -> list[ClusterGroup]:
    """The cluster's groups today."""
    return [each.group for each in groups_on(cluster, today())]
