"""The groups whose figures are held against one another, and the schools behind all of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from clusterwork.clusters.models import Cluster, Participation, Programme
from clusterwork.clusters.selectors.memberships import is_on
from clusterwork.clusters.selectors.similar import similar_clusters
from clusterwork.measures.selectors.behind import Behind, behind, programmes_of
from clusterwork.measures.selectors.following import Steps, schools_before
from clusterwork.registry.models import Authority, School

CLUSTER, PROGRAMME, AUTHORITY, SIMILAR = "cluster", "programme", "authority", "similar"
SMALLEST = 5  # number shown, where no programme says another


class Whose(NamedTuple):
    """What a line of figures is of: one of the kinds above and its id, 0 for similar clusters."""

    kind: str
    pk: int


@dataclass(frozen=True)
class Around:
    """Groups of schools whose figures are held against one another.

    members: each group's schools in a school year. schools: those that have lines of their own.
    authorities: groups too, of all their schools that have a figure. before: of every school behind
    a group, those that it came out of. smallest: the smallest number shown.
    """

    members: Mapping[Whose, Callable[[int], frozenset[int]]]
    schools: dict[int, School]
    authorities: list[Authority]
    before: dict[int, Steps]
    smallest: int
    programmes: Sequence[Programme] = ()
    similar: Sequence[Cluster] = ()

    @property
    def everybody(self) -> set[int]:
        """All these schools and those that they came out of."""
        earlier = {pk for steps in self.before.values() for step in steps for pk in step}
        return self.before.keys() | earlier


def around_cluster(
    cluster: Cluster, day: dt.date, similar: Sequence[Cluster] | None = None
) -> Around:
    """The cluster with its schools, its programmes of the day, its schools' authorities, and
    clusters like it. About eight queries, however many schools."""
    programmes = programmes_of(cluster, day)
    like = similar_clusters(cluster, day) if similar is None else similar
    found = behind({cluster.pk, *(each.pk for each in like)}, programmes)
    members = {
        Whose(CLUSTER, cluster.pk): partial(found.of_cluster, cluster.pk),
        **{Whose(PROGRAMME, each.pk): partial(found.of_programme, each.pk) for each in programmes},
    }
    if like:
        members[Whose(SIMILAR, 0)] = partial(found.of_clusters, [each.pk for each in like])
    schools = _schools(found)
    own = {stay.who for stay in found.schools.get(cluster.pk, [])}
    mine = {school.pk: school for school in schools if school.pk in own}
    return Around(
        members,
        mine,
        _authorities(mine.values()),
        schools_before(schools),
        _smallest(programmes),
        programmes,
        like,
    )


def around_each(cluster: Cluster, day: dt.date, like: Sequence[Cluster]) -> Around:
    """The cluster, each of the clusters like it by itself, and its schools' authorities.

    The smallest number shown is the greatest that a programme of one of them asks for. Eight
    queries.
    """
    asked = [cluster.pk, *(each.pk for each in like)]
    found = behind(asked)
    members = {Whose(CLUSTER, pk): partial(found.of_cluster, pk) for pk in asked}
    schools = _schools(found)
    own = {stay.who for stay in found.schools.get(cluster.pk, [])}
    mine = {school.pk: school for school in schools if school.pk in own}
    parts = Participation.objects.filter(is_on(day), cluster__in=asked).values("programme")
    programmes = Programme.objects.filter(pk__in=parts)
    authorities = _authorities(mine.values())
    return Around(
        members, mine, authorities, schools_before(schools), _smallest(programmes), (), like
    )


def around_programme(programme: Programme) -> Around:
    """The programme and its clusters, without lines of single schools. Six queries."""
    found = behind((), [programme])
    members = {
        Whose(PROGRAMME, programme.pk): partial(found.of_programme, programme.pk),
        **{Whose(CLUSTER, pk): partial(found.of_cluster, pk) for pk in sorted(found.schools)},
    }
    before = schools_before(_schools(found))
    return Around(members, {}, [], before, _smallest([programme]), [programme])


def _schools(found: Behind) -> list[School]:
    everybody = {stay.who for stays in found.schools.values() for stay in stays}
    held = School.objects.filter(pk__in=everybody).select_related("authority")
    return list(held.order_by("sort_key", "pk"))


def _authorities(schools: Iterable[School]) -> list[Authority]:
    found = {school.authority_id: school.authority for school in schools}
    return [found[pk] for pk in sorted(found)]


def _smallest(programmes: Iterable[Programme]) -> int:
    """The greatest that one of the programmes asks for."""
    return max((each.smallest_number for each in programmes), default=SMALLEST)
