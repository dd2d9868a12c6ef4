"""Whom a cluster's figures are held against, and the schools behind all of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from clusterwork.clusters.models import Cluster, Programme
from clusterwork.measures.selectors.behind import Behind, behind, programmes_of
from clusterwork.measures.selectors.following import Steps, schools_before
from clusterwork.measures.selectors.similar import similar_clusters
from clusterwork.registry.models import Authority, School

CLUSTER, PROGRAMME, AUTHORITY, SIMILAR = "cluster", "programme", "authority", "similar"
SMALLEST = 5  # number shown, where no programme says another


class Whose(NamedTuple):
    """What a line of figures is of: one of the kinds above and its id, 0 for similar clusters."""

    kind: str
    pk: int


@dataclass(frozen=True)
class Around:
    """schools: those that were ever in the cluster, by id. before: of every school behind one of
    the groups, those that it came out of."""

    cluster: Cluster
    programmes: list[Programme]
    similar: Sequence[Cluster]
    behind: Behind
    schools: dict[int, School]
    authorities: list[Authority]
    before: dict[int, Steps]

    @property
    def smallest(self) -> int:
        """The smallest number shown: the greatest that one of the programmes asks for."""
        return max((each.smallest_number for each in self.programmes), default=SMALLEST)

    @property
    def everybody(self) -> set[int]:
        """All these schools and those that they came out of."""
        earlier = {pk for steps in self.before.values() for step in steps for pk in step}
        return self.before.keys() | earlier

    def schools_of(self, year: int) -> dict[Whose, frozenset[int]]:
        """The schools of each group but the authorities in a school year."""
        found = {Whose(CLUSTER, self.cluster.pk): self.behind.of_cluster(self.cluster.pk, year)}
        for each in self.programmes:
            found[Whose(PROGRAMME, each.pk)] = self.behind.of_programme(each.pk, year)
        if self.similar:
            like = [each.pk for each in self.similar]
            found[Whose(SIMILAR, 0)] = self.behind.of_clusters(like, year)
        return found


def around(cluster: Cluster, day: dt.date, similar: Sequence[Cluster] | None = None) -> Around:
    """The cluster's programmes of the day, its schools' authorities, and clusters like it.

    About eight queries, however many schools.
    """
    programmes = programmes_of(cluster, day)
    like = similar_clusters(cluster, day) if similar is None else similar
    found = behind({cluster.pk, *(each.pk for each in like)}, programmes)
    everybody = {stay.who for stays in found.schools.values() for stay in stays}
    held = School.objects.filter(pk__in=everybody).select_related("authority")
    schools = list(held.order_by("sort_key", "pk"))
    own = {stay.who for stay in found.schools.get(cluster.pk, [])}
    mine = {school.pk: school for school in schools if school.pk in own}
    authorities = {school.authority_id: school.authority for school in mine.values()}
    return Around(
        cluster,
        programmes,
        like,
        found,
        mine,
        sorted(authorities.values(), key=lambda each: each.pk),
        schools_before(schools),
    )
