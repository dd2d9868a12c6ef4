"""Which roles nobody holds: in a cluster its chair, coordinator and link adviser; in a member
school its link person and its head."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from clusterwork.clusters.models import Appointment, Cluster, Headship
from clusterwork.clusters.selectors.headships import heads_signing_in, headships_on
from clusterwork.clusters.selectors.memberships import is_on, memberships_on
from clusterwork.registry.models import School

Role = Appointment.Role
OF_CLUSTER = (Role.CHAIR, Role.COORDINATOR, Role.LINK_ADVISER)
HEAD = "head"
Key = tuple[int, str, int | None]


@dataclass(frozen=True)
class Vacancy:
    """A role that nobody holds; `role` is one of the appointments' or `HEAD`.

    `since` is the day on which the last holder ended; None where nobody is known to have held it.
    """

    cluster: Cluster
    role: str
    school: School | None
    since: dt.date | None

    @property
    def is_head(self) -> bool:
        """Whether it is a headship."""
        return self.role == HEAD


def vacancies(clusters: Iterable[Cluster], day: dt.date) -> list[Vacancy]:
    """The roles that nobody holds on `day`, cluster by cluster in their order.

    Six queries, however many clusters. A link adviser for every single school is as good as one
    for all. A headship is vacant where it is said so, or where it is not said who heads the
    school and nobody signs in as its head.
    """
    asked = list(clusters)
    schools = _schools_in(asked, day)
    held = _held(asked, day)
    ended = _ended(asked, day)
    heads = _without_head({pk for each in schools.values() for pk in (s.pk for s in each)}, day)
    found = []
    for cluster in asked:
        members = schools[cluster.pk]
        found += _of_cluster(cluster, members, held, ended)
        found += _of_schools(cluster, members, held, ended, heads)
    return found


def _of_cluster(
    cluster: Cluster, members: list[School], held: set[Key], ended: dict[Key, dt.date]
) -> list[Vacancy]:
    advised = members and all((cluster.pk, Role.LINK_ADVISER, s.pk) in held for s in members)
    return [
        Vacancy(cluster, role, None, ended.get((cluster.pk, role, None)))
        for role in OF_CLUSTER
        if (cluster.pk, role, None) not in held and not (role == Role.LINK_ADVISER and advised)
    ]


def _of_schools(
    cluster: Cluster,
    members: list[School],
    held: set[Key],
    ended: dict[Key, dt.date],
    heads: dict[int, dt.date | None],
) -> list[Vacancy]:
    found = []
    for school in members:
        key = (cluster.pk, str(Role.LINK_PERSON), school.pk)
        if key not in held:
            found.append(Vacancy(cluster, Role.LINK_PERSON, school, ended.get(key)))
        if school.pk in heads:
            found.append(Vacancy(cluster, HEAD, school, heads[school.pk]))
    return found


def _schools_in(clusters: list[Cluster], day: dt.date) -> dict[int, list[School]]:
    found: dict[int, list[School]] = defaultdict(list)
    rows = memberships_on(day).filter(cluster__in=clusters, school__isnull=False)
    for row in rows.select_related("school").order_by("school__sort_key", "school_id"):
        if row.school is not None:
            found[row.cluster_id].append(row.school)
    return found


def _key(cluster_id: int, role: str, school_id: int | None) -> Key:
    """A chair or coordinator is the cluster's, whichever school he or she comes from."""
    return cluster_id, role, None if role in (Role.CHAIR, Role.COORDINATOR) else school_id


def _held(clusters: list[Cluster], day: dt.date) -> set[Key]:
    wanted = (*OF_CLUSTER, Role.LINK_PERSON)
    rows = Appointment.objects.filter(is_on(day), cluster__in=clusters, role__in=wanted)
    return {_key(*row) for row in rows.values_list("cluster_id", "role", "school_id")}


def _ended(clusters: list[Cluster], day: dt.date) -> dict[Key, dt.date]:
    wanted = (*OF_CLUSTER, Role.LINK_PERSON)
    rows = Appointment.objects.filter(cluster__in=clusters, role__in=wanted, end_on__lte=day)
    last = rows.order_by().values_list("cluster_id", "role", "school_id").annotate(Max("end_on"))
    found: dict[Key, dt.date] = {}
    for cluster_id, role, school_id, end_on in last:
        key = _key(cluster_id, role, school_id)
        found[key] = max(end_on, found.get(key, end_on))
    return found


def _without_head(schools: set[int], day: dt.date) -> dict[int, dt.date | None]:
    """The schools without a head, with the day since when, where it is known."""
    known = headships_on(schools, day)
    signing_in = set(heads_signing_in(schools - set(known), day))
    vacant: dict[int, dt.date | None] = {
        pk: headship.start_on
        for pk, headship in known.items()
        if headship.kind == Headship.Kind.VACANT
    }
    return vacant | dict.fromkeys(schools - set(known) - signing_in)


def n_without(clusters: QuerySet[Cluster], day: dt.date) -> int:
    """How many of these clusters have no chair, no coordinator or no link adviser on `day`.

    One query, for a line on a home page; a cluster with an adviser in a single school has one.
    """
    missing = [
        ~Exists(Appointment.objects.filter(is_on(day), cluster=OuterRef("pk"), role=role))
        for role in OF_CLUSTER
    ]
    return clusters.filter(Q(missing[0]) | Q(missing[1]) | Q(missing[2])).count()
