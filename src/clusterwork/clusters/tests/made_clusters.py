"""Clusters with their schools, made for a test by the room's own services."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from clusterwork.clusters.models import Cluster, Membership
from clusterwork.clusters.services.opening import ClusterPlan, PlannedSchool, open_clusters
from clusterwork.clusters.tests.made import TODAY, authority, officer, organisation, schools
from clusterwork.registry.models import School

BEGUN = dt.date(2024, 9, 1)


class Clusters:
    """An organisation with its officer and `n_schools` schools, and clusters as they are asked."""

    def __init__(self, n_schools: int = 8) -> None:
        self.authority = authority()
        self.organisation = organisation()
        self.organisation.authorities.add(self.authority)
        self.officer = officer(self.organisation)
        self.schools = schools(self.authority, n_schools)
        self.who: dict[str, Any] = {"person": self.officer, "day": TODAY}

    def open(self, name: str, members: Sequence[School], **told: Any) -> Cluster:
        """A cluster from `BEGUN` on, its members all core."""
        facts = {"start_on": BEGUN, "organisation": self.organisation, **told}
        plan = ClusterPlan(name, [PlannedSchool(each.pk) for each in members])
        return open_clusters(**self.who, plans=[plan], **facts)[0]


def ids_in(cluster: Cluster, day: dt.date) -> set[int]:
    """The ids of the cluster's schools on `day`."""
    from clusterwork.clusters.selectors.memberships import school_ids_in

    return {pk for pk in school_ids_in(cluster, day) if pk}


def row_of(cluster: Cluster, school: School) -> Membership:
    """The school's last membership of the cluster."""
    return Membership.objects.filter(cluster=cluster, school=school).order_by("-start_on")[0]
