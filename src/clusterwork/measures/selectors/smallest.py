"""The smallest number that is shown of a cluster or an authority."""

from __future__ import annotations

import datetime as dt

from clusterwork.clusters.models import Cluster
from clusterwork.measures.selectors.around import SMALLEST
from clusterwork.measures.selectors.around_authority import smallest_in
from clusterwork.measures.selectors.behind import programmes_of
from clusterwork.registry.models import Authority


def smallest_for(subject: Cluster | Authority, day: dt.date) -> int:
    """The greatest that one of its programmes asks for, 5 without one."""
    if isinstance(subject, Authority):
        return smallest_in(subject)
    return max((each.smallest_number for each in programmes_of(subject, day)), default=SMALLEST)
