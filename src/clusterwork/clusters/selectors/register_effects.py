"""What the register's changes left for an officer to settle."""

from __future__ import annotations

from django.db.models import QuerySet

from clusterwork.clusters.models import Cluster, RegisterEffect
from clusterwork.registry.models import Organisation


def unsettled_effects(organisations: QuerySet[Organisation]) -> QuerySet[RegisterEffect]:
    """Those of the organisations' clusters, longest waiting first."""
    found = RegisterEffect.objects.filter(
        settled_at__isnull=True, cluster__organisation__in=organisations
    )
    return found.select_related("school", "cluster").order_by("on", "pk")


def effects_of(cluster: Cluster) -> QuerySet[RegisterEffect]:
    """Everything that the register's changes meant for the cluster, latest first."""
    found = cluster.register_effects.select_related("school", "settled_by")
    return found.order_by("-on", "-pk")
