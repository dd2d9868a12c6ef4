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
from clusterwork.evaluation.rules.told import line_of, three_together
from clusterwork.evaluation.selectors.timeline import (
    aims_of,
    demography,
    inspections_of,
    judgements_of,
    reads_plans,
)
from clusterwork.measures.models import ALL, Measure
from clusterwork.measures.services.profiles import figures_of_each


@dataclass(frozen=True)
class Timeline:
    """One measure of a cluster by year and what happened meanwhile.

    `sees_plans` is false for a reader from whom aims and judgements are kept.
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
    years: Sequence[int],
    day: dt.date,
    today: dt.date,
    group: str = ALL,
) -> Timeline:
    """What `person` may see today of the facts of `day`; keeps what it tells of figures."""
    told = figures_of_each(
        cluster=cluster, like=(), measure=measure, years=years, day=today, group=group
    )
    line = line_of(told.cluster, measure.unit, interval_of)
    sees = reads_plans(person, cluster, today)
    return Timeline(
        measure,
        group,
        tuple(years),
        line,
        three_together(line, years_together),
        cluster.start_on,
        sees,
        aims_of(person, cluster, measure, group, day, today) if sees else (),
        judgements_of(person, cluster, day, today) if sees else (),
        inspections_of(cluster, day, years),
        demography(cluster, years),
    )
