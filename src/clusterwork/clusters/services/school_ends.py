"""A school closes, goes into another, or goes on under another number: what its clusters see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import transaction

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.clusters.models import Cluster, Membership
from clusterwork.clusters.permissions import organisations_for
from clusterwork.clusters.services.ending import after, end_stays
from clusterwork.clusters.services.going_over import clusters_by_age, go_over
from clusterwork.clusters.services.locking import locked
from clusterwork.kernel.errors import NotAllowed, Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.models import School

Ended = Membership.Ended
SAID = {
    Ended.SCHOOL_CLOSED: N_("A school of the cluster closed: %(school)s. On: %(on)s."),
    Ended.AMALGAMATED: N_("A school went into another: %(school)s. Into: %(into)s. On: %(on)s."),
    Ended.RENUMBERED: N_("A school has another number: %(school)s. Now: %(into)s. On: %(on)s."),
}


class SameSchool(Problem):
    """A school that would go on as itself."""


@transaction.atomic
def school_closes(
    *, person: Person, day: dt.date, school: School, on: dt.date, because: str = ""
) -> list[Cluster]:
    """Ends the school's memberships on `on` in the clusters that the person runs; those clusters.

    Raises `NotAllowed` where none of them is the person's.
    """
    clusters = _mine(person, school, on, day)
    return end_school(person, clusters, school, on, Ended.SCHOOL_CLOSED, because=because)


@transaction.atomic
def school_amalgamates(
    *, person: Person, day: dt.date, school: School, into: School, on: dt.date, because: str = ""
) -> list[Cluster]:
    """Ends the school's memberships; the school that it went into has its place from `on`, unless
    it is there already. Raises `NotAllowed`, `SameSchool`, `SchoolHasClosed`, `InAnotherCluster`.
    """
    return _goes_into(person, day, school, into, on, Ended.AMALGAMATED, because)


@transaction.atomic
def school_renumbered(
    *, person: Person, day: dt.date, school: School, now: School, on: dt.date, because: str = ""
) -> list[Cluster]:
    """The school under its new number goes on from `on` with parts, appointments and turns.

    Raises as `school_amalgamates` does.
    """
    return _goes_into(person, day, school, now, on, Ended.RENUMBERED, because)


def _goes_into(
    person: Person,
    day: dt.date,
    school: School,
    into: School,
    on: dt.date,
    ended_by: str,
    because: str,
) -> list[Cluster]:
    if school.pk == into.pk:
        raise SameSchool(
            Message(N_("Both are the same school.")),
            next_step=Message(N_("Choose the school that goes on.")),
        )
    clusters = _mine(person, school, on, day)
    ended = end_school(person, clusters, school, on, ended_by, into=into, because=because)
    for cluster in clusters_by_age(ended):
        go_over(cluster, school, into, on, ended_by)
    return ended


def end_school(
    person: Person | None,
    cluster_ids: Collection[int],
    school: School,
    on: dt.date,
    ended_by: str,
    *,
    into: School | None = None,
    because: str = "",
) -> list[Cluster]:
    """Ends the school's memberships of the clusters on `on`, under lock, and records it in each.

    Clusters around others come first.
    """
    held = locked(cluster_ids)
    clusters = [held[pk] for pk in cluster_ids]
    for cluster in clusters_by_age(clusters):
        rows = Membership.objects.filter(cluster=cluster, school=school)
        n_ended = end_stays(cluster, rows, on, ended_by, because)
        record(
            actor=person,
            verb=f"school.{ended_by}",
            subject=cluster,
            summary=Message(
                SAID[Ended(ended_by)], {"school": str(school), "into": str(into or ""), "on": on}
            ),
            details={
                "school": school.pk,
                "into": into.pk if into else None,
                "on": str(on),
                "because": because,
                "appointments": n_ended,
            },
        )
    return clusters


def clusters_still_with(school: School, on: dt.date) -> list[int]:
    """The clusters that the school is in after `on`, those around others first."""
    rows = Membership.objects.filter(after(on), school=school).order_by()
    return sorted(set(rows.values_list("cluster", flat=True)))


def _mine(person: Person, school: School, on: dt.date, day: dt.date) -> list[int]:
    still = clusters_still_with(school, on)
    run = Cluster.objects.filter(organisation__in=organisations_for(person, day), pk__in=still)
    mine = sorted(run.values_list("pk", flat=True))
    if not mine:
        raise NotAllowed(
            Message(N_("The school is in none of your clusters then: %(school)s."),
                    {"school": str(school)}),
            next_step=Message(N_("The officers of its clusters can change this. Ask one of them.")),
        )  # fmt: skip
    return mine
