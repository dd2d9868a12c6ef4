"""A cluster's figures of the register over three years, beside those it is compared with.

All figures are of single schools in the published censuses. A share is pooled: pupils of the group
over all its pupils, of those schools whose share is known; never a mean of schools' shares.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from clusterwork.clusters.models import Cluster, Participation
from clusterwork.clusters.selectors.memberships import Placed, is_on, places_on
from clusterwork.clusters.selectors.similar import similar_clusters
from clusterwork.plans.rules.profile import FIELDS, Pool, School, pooled
from clusterwork.registry.models import Census, Status
from clusterwork.registry.models import School as RegistrySchool

YEARS = 3

CLUSTER, SIMILAR, PROGRAMME, AUTHORITY = "cluster", "similar", "programme", "authority"


@dataclass(frozen=True, slots=True)
class Group:
    """Schools that are pooled: what they are, how many, and their pools by year."""

    kind: str
    n_schools: int
    n_clusters: int
    by_year: Mapping[int, Pool]


@dataclass(frozen=True, slots=True)
class Profile:
    """The years, the latest first, and the groups, the cluster itself first."""

    years: list[int]
    groups: list[Group]


def profile_of(cluster: Cluster, day: dt.date) -> Profile:
    """The cluster, similar clusters, its programmes' clusters, and its authorities' schools.

    All others count only schools of the phases that the cluster has, and not the cluster's own
    schools a second time where they stand among the others: they are part of the whole there.
    A group without a single school is left out.
    """
    places = places_on(day)
    own = {each.school for each in places if each.cluster == cluster.pk}
    facts = dict(RegistrySchool.objects.filter(pk__in=own).values_list("pk", "phase"))
    phases = set(facts.values())
    around = _of_authorities(own, phases)
    clusters = _programme_clusters(cluster, day)
    similar = {each.pk for each in similar_clusters(cluster, day)}
    listed = _schools_in(places, clusters | similar) | around | own
    rows = _census(listed, phases)
    years = sorted({year for _school, year in rows}, reverse=True)[:YEARS]
    sets = (
        (CLUSTER, own, 1),
        (SIMILAR, _schools_in(places, similar), len(similar)),
        (PROGRAMME, _schools_in(places, clusters) if len(clusters) > 1 else set(), len(clusters)),
        (AUTHORITY, around, 0),
    )
    groups = [_group(kind, schools, n, rows, years) for kind, schools, n in sets]
    return Profile(years, [each for each in groups if each.n_schools])


def _of_authorities(own: Collection[int], phases: Collection[str]) -> set[int]:
    """Open schools of the same phases in the authorities of the cluster's schools."""
    authorities = RegistrySchool.objects.filter(pk__in=own).values("authority")
    rows = RegistrySchool.objects.filter(
        authority__in=authorities, phase__in=phases, status=Status.OPEN
    )
    return set(rows.order_by().values_list("pk", flat=True))


def _programme_clusters(cluster: Cluster, day: dt.date) -> set[int]:
    """The clusters that take part today in a programme of this one, itself among them."""
    mine = Participation.objects.filter(is_on(day), cluster=cluster).values("programme")
    rows = Participation.objects.filter(is_on(day), programme__in=mine)
    return set(rows.order_by().values_list("cluster_id", flat=True))


def _census(schools: Iterable[int], phases: Collection[str]) -> dict[tuple[int, int], School]:
    """School and year to its figures, of the phases given."""
    last = Census.objects.filter(school__in=list(schools), school__phase__in=list(phases))
    names = ("school_id", "year", "pupils", *FIELDS)
    return {
        (pk, year): School(pupils, tuple(None if each is None else float(each) for each in shares))
        for pk, year, pupils, *shares in last.order_by().values_list(*names)
    }


def _schools_in(places: Iterable[Placed], clusters: Collection[int]) -> set[int]:
    return {each.school for each in places if each.cluster in clusters}


def _group(
    kind: str,
    schools: Collection[int],
    n_clusters: int,
    rows: Mapping[tuple[int, int], School],
    years: Iterable[int],
) -> Group:
    by_year = {
        year: pooled(rows[pk, year] for pk in sorted(schools) if (pk, year) in rows)
        for year in years
    }
    known = {pk for pk, _year in rows}
    return Group(kind, len(known & set(schools)), n_clusters, by_year)
