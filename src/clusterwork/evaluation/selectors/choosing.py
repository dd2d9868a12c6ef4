"""Of which measures, groups and school years a cluster's schools have figures."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping

from clusterwork.clusters.models import Cluster
from clusterwork.measures.models import Measure, Way
from clusterwork.measures.rules.years import year_of
from clusterwork.measures.selectors.around import Around
from clusterwork.measures.selectors.figures import current_figures
from clusterwork.measures.selectors.measures import measures_about

Taken = Mapping[int, Mapping[str, list[int]]]  # by measure and group the school years


def taken_of(near: Around, day: dt.date) -> Taken:
    """What there is up to the day of the cluster's schools and those they came out of. One query.

    The schools are all that were ever in the cluster.
    """
    own = near.schools.keys()
    everybody = own | {pk for school in own for step in near.before[school] for pk in step}
    rows = current_figures().filter(school__in=everybody, on__lte=day).order_by()
    found: dict[int, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for measure, group, on in rows.values_list("measure", "group", "on").distinct():
        found[measure][group].add(year_of(on))
    return {
        measure: {group: sorted(years) for group, years in groups.items()}
        for measure, groups in found.items()
    }


def measures_in_pictures(cluster: Cluster, taken: Taken) -> list[Measure]:
    """Those of them that the cluster's organisation uses and that are put together, by name."""
    return list(measures_about(cluster).filter(pk__in=taken).exclude(way=Way.NONE))
