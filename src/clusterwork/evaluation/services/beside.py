"""A cluster beside clusters like it and its authorities, as far as their figures may be told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from clusterwork.clusters.models import Cluster
from clusterwork.clusters.selectors.similar import clusters_around
from clusterwork.evaluation.impact_adapter.beside import (
    Alike,
    alike_in,
    interval_of,
    years_together,
)
from clusterwork.evaluation.rules.beside import Middle, middle_of
from clusterwork.evaluation.rules.pictures import Together, Told
from clusterwork.evaluation.rules.told import interval_for, line_of, three_together
from clusterwork.measures.models import ALL, Measure
from clusterwork.measures.selectors.around import AUTHORITY, CLUSTER, Around, Whose
from clusterwork.measures.services.profiles import figures_of_each
from clusterwork.registry.models import Authority


@dataclass(frozen=True)
class Beside:
    """One measure of a cluster by year, what it is held against, and what these are alike in.

    `similar` are in the order of their names. `middle` has the years in which one of them has a
    figure that is told.
    """

    measure: Measure
    group: str
    years: tuple[int, ...]
    ours: Mapping[int, Told]
    together: Together | None
    similar: tuple[Cluster, ...]
    middle: Mapping[int, Middle]
    authorities: tuple[tuple[Authority, Mapping[int, Told]], ...]
    alike: tuple[Alike, ...]
    n_candidates: int


def beside(
    *,
    cluster: Cluster,
    near: Around,
    measure: Measure,
    years: Sequence[int],
    day: dt.date,
    group: str = ALL,
) -> Beside:
    """What may be told to everybody who may see the cluster; keeps what it tells.

    `near` is the cluster with the clusters like it on `day`, as `around_each` makes it. At most
    eight queries.
    """
    like = near.similar
    found = figures_of_each(near=near, measure=measure, years=years, group=group)
    interval = interval_for(measure.counts, interval_of)
    lines = {whose: line_of(cells, measure.unit, interval) for whose, cells in found.groups.items()}
    ours = lines[Whose(CLUSTER, cluster.pk)]
    theirs = [lines[Whose(CLUSTER, each.pk)] for each in like]
    middles = {year: middle_of(line[year].value for line in theirs) for year in years}
    around = clusters_around(cluster, day)
    return Beside(
        measure,
        group,
        tuple(years),
        ours,
        three_together(ours, years_together),
        tuple(sorted(like, key=lambda each: str(each).casefold())),
        {year: each for year, each in middles.items() if each},
        _authorities(lines),
        alike_in(around, cluster.pk, [each.pk for each in like]),
        len(around.keys() - {cluster.pk}),
    )


def _authorities(
    lines: Mapping[Whose, Mapping[int, Told]],
) -> tuple[tuple[Authority, Mapping[int, Told]], ...]:
    mine = {whose.pk: line for whose, line in lines.items() if whose.kind == AUTHORITY}
    found = Authority.objects.in_bulk(list(mine)) if mine else {}
    return tuple((found[pk], line) for pk, line in sorted(mine.items()))
