"""What a school has released to which cluster, and under which agreement."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from clusterwork.clusters.models import AgreementKind, AgreementVersion, Cluster
from clusterwork.measures.models import Release
from clusterwork.registry.models import School


def agreement_in_force(cluster: Cluster, day: dt.date) -> AgreementVersion | None:
    """The version of the cluster's data-sharing agreement that is in force on `day`, or None."""
    versions = AgreementVersion.objects.filter(
        Q(ended_on__isnull=True) | Q(ended_on__gt=day),
        agreement__cluster=cluster,
        agreement__kind=AgreementKind.DATA_SHARING,
        state=AgreementVersion.State.IN_FORCE,
        varies__isnull=True,
        in_force_on__lte=day,
    )
    return versions.select_related("agreement").first()


def releases_in_force(school: School) -> QuerySet[Release]:
    """What the school has released and not taken back, by cluster and measure."""
    found = Release.objects.filter(school=school, withdrawn_at__isnull=True)
    return found.select_related("cluster", "measure", "agreement", "by").order_by(
        "cluster__working_name", "cluster", "measure__name", "pk"
    )


def releases_to(cluster: Cluster) -> QuerySet[Release]:
    """What schools have released to the cluster and not taken back, by school."""
    found = Release.objects.filter(cluster=cluster, withdrawn_at__isnull=True)
    return found.select_related("school", "measure", "agreement").order_by(
        "school__sort_key", "measure__name", "pk"
    )
