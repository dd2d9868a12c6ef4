"""A cluster's figures over the years, beside its programmes, authorities and similar clusters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import Cluster, Programme
from clusterwork.measures.models import ALL, Measure
from clusterwork.measures.permissions.seeing import (
    figures_for_cluster,
    figures_visible_to,
    schools_of,
)
from clusterwork.measures.selectors.around import (
    AUTHORITY,
    CLUSTER,
    PROGRAMME,
    SIMILAR,
    Around,
    Whose,
    around_cluster,
    around_programme,
)
from clusterwork.measures.services.tables import OfMeasure, told_tables
from clusterwork.registry.models import Authority, School

__all__ = ["OfMeasure", "Profile", "cluster_profile", "figures_of_each", "programme_figures"]


@dataclass(frozen=True)
class Profile:
    """A cluster's figures. `schools` are all that were ever in it, by name."""

    cluster: Cluster
    years: tuple[int, ...]
    schools: tuple[School, ...]
    programmes: tuple[Programme, ...]
    authorities: tuple[Authority, ...]
    similar: tuple[Cluster, ...]
    measures: tuple[OfMeasure, ...]

    @property
    def groups(self) -> list[tuple[Whose, Cluster | Programme | Authority | None]]:
        """The groups in the order of a table, with what each is of; None for similar clusters."""
        found: list[tuple[Whose, Cluster | Programme | Authority | None]] = [
            (Whose(CLUSTER, self.cluster.pk), self.cluster),
            *((Whose(PROGRAMME, each.pk), each) for each in self.programmes),
            *((Whose(AUTHORITY, each.pk), each) for each in self.authorities),
        ]
        return [*found, (Whose(SIMILAR, 0), None)] if self.similar else found


def cluster_profile(
    *,
    cluster: Cluster,
    measures: Sequence[Measure],
    years: Sequence[int],
    day: dt.date,
    person: Person | None = None,
    group: str = ALL,
    similar: Sequence[Cluster] | None = None,
) -> Profile:
    """What `person` may see on `day` of the cluster's figures of these school years.

    `person` has passed the cluster's own permission; without one it is what everybody in the
    cluster sees. A year is named by that in which it ends. The schools of a group are those of 31
    July of the year, or of its first day where that came later. `similar` are worked out if not
    given. Keeps what it tells; about twenty queries, however many measures and years.
    """
    near = around_cluster(cluster, day, similar)
    may = figures_visible_to(person, day) if person else figures_for_cluster(cluster, day)
    own = schools_of(person, day).values_list("pk", flat=True) if person else ()
    return Profile(
        cluster,
        tuple(years),
        tuple(near.schools.values()),
        tuple(near.programmes),
        tuple(near.authorities),
        tuple(near.similar),
        told_tables(near, measures, years, group, may, own),
    )


def figures_of_each(
    *, near: Around, measure: Measure, years: Sequence[int], group: str = ALL
) -> OfMeasure:
    """The figures of every group of `near` by itself, such as `around_each` makes it.

    Told as totals are, to everybody who may see a cluster; no line of a single school is meant to
    be shown. Keeps what it tells.
    """
    return told_tables(near, [measure], years, group, Q(pk__in=()), ())[0]


def programme_figures(
    *, programme: Programme, measures: Sequence[Measure], years: Sequence[int], group: str = ALL
) -> tuple[OfMeasure, ...]:
    """The programme's figures and those of each cluster that was ever in it, by school year.

    Told as totals are, to everybody who may see the programme.
    """
    return told_tables(around_programme(programme), measures, years, group, Q(pk__in=()), ())
