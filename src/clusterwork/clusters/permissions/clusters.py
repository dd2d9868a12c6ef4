"""Who sees a cluster, who works in it, and who runs it for its organisation."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from clusterwork.accounts.models import Person, Role
from clusterwork.accounts.selectors.roles import is_on, roles_on
from clusterwork.clusters.models import Appointment, Cluster
from clusterwork.clusters.permissions.programmes import organisations_for
from clusterwork.clusters.selectors.memberships import memberships_on, school_ids_in
from clusterwork.kernel.errors import NotAllowed, NotThere
from clusterwork.kernel.messages import N_, Message

WORKING = (
    Appointment.Role.CHAIR,
    Appointment.Role.COORDINATOR,
    Appointment.Role.CLERK,
)
OF_SCHOOL = (
    Role.Kind.HEADTEACHER,
    Role.Kind.CHAIR_OF_GOVERNORS,
    Role.Kind.GOVERNOR_REPRESENTATIVE,
    Role.Kind.SCHOOL_STAFF,
)


def may_run_cluster(person: Person, cluster: Cluster, day: dt.date) -> bool:
    """Programme officer of the cluster's organisation or of one that it belongs to."""
    return organisations_for(person, day).filter(pk=cluster.organisation_id).exists()


def may_work_in(person: Person, cluster: Cluster, day: dt.date) -> bool:
    """Chair, coordinator or clerk of the cluster, head of one of its schools, or its officer."""
    held = cluster.appointments.filter(is_on(day), person=person, role__in=WORKING)
    headed = roles_on(person, day).filter(
        kind=Role.Kind.HEADTEACHER, school__in=school_ids_in(cluster, day)
    )
    return held.exists() or headed.exists() or may_run_cluster(person, cluster, day)


def belongs_to(person: Person, cluster: Cluster, day: dt.date) -> bool:
    """Whether the person sees what is private to the cluster: works in it, or in a school of it."""
    held = cluster.appointments.filter(is_on(day), person=person)
    at_school = roles_on(person, day).filter(
        kind__in=OF_SCHOOL, school__in=school_ids_in(cluster, day)
    )
    return held.exists() or at_school.exists()


def clusters_private_to(person: Person, day: dt.date) -> QuerySet[Cluster, int]:
    """The ids of the clusters of which `person` sees what is private: belongs to, or runs."""
    schools = roles_on(person, day).filter(kind__in=OF_SCHOOL).values("school_id")
    held = Appointment.objects.filter(is_on(day), person=person)
    mine = memberships_on(day).filter(school__in=schools)
    return (
        Cluster.objects.filter(
            Q(pk__in=held.values("cluster_id"))
            | Q(pk__in=mine.values("cluster_id"))
            | Q(organisation__in=organisations_for(person, day))
        )
        .order_by()
        .values_list("pk", flat=True)
    )


def check_may_see_clusters(person: Person, day: dt.date) -> None:
    """Raises `NotAllowed` for somebody without any role or appointment on `day`."""
    held = Appointment.objects.filter(is_on(day), person=person)
    if not roles_on(person, day).exists() and not held.exists():
        raise _without_role()


def _without_role() -> NotAllowed:
    return NotAllowed(
        Message(N_("You cannot see clusters.")),
        why=Message(N_("You have no role in any school or organisation today.")),
        next_step=Message(N_("Ask your school or organisation to invite you.")),
    )


def cluster_for(person: Person, pk: int, day: dt.date) -> Cluster:
    """The cluster for anybody with a role today, or `NotThere`, or `NotAllowed`."""
    found = Cluster.objects.select_related("organisation", "parent").filter(pk=pk).first()
    if found is None:
        raise NotThere(Message(N_("There is no such cluster.")))
    check_may_see_clusters(person, day)
    return found


def cluster_to_run(person: Person, pk: int, day: dt.date) -> Cluster:
    """The cluster for its officers, or `NotThere`, or `NotAllowed`."""
    found = cluster_for(person, pk, day)
    if not may_run_cluster(person, found, day):
        raise NotAllowed(
            Message(N_("You cannot change this cluster.")),
            why=Message(
                N_("It belongs to this organisation: %(organisation)s."),
                {"organisation": str(found.organisation)},
            ),
            next_step=Message(N_("Its programme officers can change it. Ask one of them.")),
        )
    return found


def cluster_to_work_in(person: Person, pk: int, day: dt.date) -> Cluster:
    """The cluster for those who work in it, or `NotThere`, or `NotAllowed`."""
    found = cluster_for(person, pk, day)
    if not may_work_in(person, found, day):
        raise NotAllowed(
            Message(N_("You cannot change this in the cluster.")),
            next_step=Message(
                N_(
                    "Its chair, coordinator or clerk, the heads of its schools and its programme "
                    "officers can. Ask one of them."
                )
            ),
        )
    return found
