"""A cluster's figures by year with all that stands beside them on one time line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import Cluster
from clusterwork.evaluation.impact_adapter.beside import interval_of, years_together
from clusterwork.evaluation.rules.pictures import Together, Told
from clusterwork.evaluation.rules.timeline import Aim, Demography, Inspection, Judgement
from clusterwork.evaluation.rules.told import interval_for, line_of, three_together
from clusterwork.evaluation.selectors.timeline import (
    aims_of,
    demography,
    inspections_of,
    judgements_of,
    reader_of,
)
from clusterwork.measures.models import ALL, Measure
from clusterwork.measures.rules.years import year_of
from clusterwork.measures.selectors.around import Around
from clusterwork.measures.services.profiles import figures_of_each


@dataclass(frozen=True)
class Timeline:
    """One measure of a cluster by year and what happened meanwhile.

    The demography goes on to the last census that is known. `sees_plans` is false for a reader
    from whom aims and judgements are kept.
    """

    measure: Measure
    group: str
    years: tuple[int, ...]
    line: Mapping[int, Told]
    together: Together | None
    started_on: dt.date
    sees_plans: bool
    aims: Sequence[Aim]
    judgements: Sequence[Judgement]
    inspections: Sequence[Inspection]
    demography: Sequence[Demography]


def timeline(
    *,
    person: Person,
    cluster: Cluster,
    measure: Measure,
    near: Around,
    years: Sequence[int],
    day: dt.date,
    today: dt.date,
    group: str = ALL,
) -> Timeline:
    """What `person` may see today of the facts of `day`; keeps what it tells of figures.

    `near` is the cluster by itself, as `around_each` makes it.
    """
    told = figures_of_each(near=near, measure=measure, years=years, group=group)
    line = line_of(told.cluster, measure.unit, interval_for(measure.counts, interval_of))
    sees = reader_of(person, cluster, today)
    return Timeline(
        measure,
        group,
        tuple(years),
        line,
        three_together(line, years_together),
        cluster.start_on,
        sees.any,
        aims_of(sees, cluster, measure, group, day),
        judgements_of(sees, cluster, day),
        inspections_of(cluster, day, years),
        demography(cluster, near, (*years, *range(years[-1] + 1, year_of(day) + 1))),
    )
