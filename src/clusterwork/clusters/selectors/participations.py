"""Which clusters take part in which programme on a day."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from clusterwork.clusters.models import Participation
from clusterwork.clusters.selectors.memberships import is_on


def clusters_in(programme_id: int, day: dt.date) -> QuerySet[Participation, int]:
    """The ids of the clusters that take part in a programme on `day`, for use in another query."""
    found = Participation.objects.filter(is_on(day), programme=programme_id)
    return found.order_by().values_list("cluster_id", flat=True)
