"""Who reads and who writes a cluster's plans; loading a plan is passing its permission."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from clusterwork.accounts.models import Person
from clusterwork.accounts.selectors.roles import is_on
from clusterwork.clusters.models import Appointment, Cluster, Participation, Programme
from clusterwork.clusters.permissions.clusters import cluster_for
from clusterwork.clusters.permissions.deciding import is_inside
from clusterwork.clusters.permissions.programmes import organisations_for
from clusterwork.clusters.permissions.schools import schools_to_prepare_for
from clusterwork.clusters.selectors.memberships import memberships_on, school_ids_in
from clusterwork.kernel.errors import NotAllowed, NotThere
from clusterwork.kernel.messages import N_, Message
from clusterwork.plans.models import Plan
from clusterwork.plans.permissions.submitting import check_may_send
from clusterwork.plans.selectors.plans import plans_of
from clusterwork.plans.states import plan as states

Role = Appointment.Role
WRITERS = (Role.CHAIR, Role.COORDINATOR, Role.STRAND_COORDINATOR, Role.CLERK)
SENT_IN = (states.SUBMITTED, states.IN_REVIEW, states.APPROVED, states.SUPERSEDED)


def may_write_plans_of(person: Person, cluster: Cluster, day: dt.date) -> bool:
    """Chair, coordinators and clerk, the heads of its schools, and those whom a head has named."""
    held = cluster.appointments.filter(is_on(day), person=person, role__in=WRITERS)
    of_school = schools_to_prepare_for(person, day).filter(pk__in=school_ids_in(cluster, day))
    return held.exists() or of_school.exists()


def is_of_the_authority(person: Person, cluster: Cluster, day: dt.date) -> bool:
    """Officer of the cluster's organisation or of one of its programmes, or its link adviser."""
    organisations = organisations_for(person, day)
    part_in = Participation.objects.filter(is_on(day), cluster=cluster)
    run = Programme.objects.filter(
        pk__in=part_in.values("programme_id"), organisation__in=organisations
    )
    advises = cluster.appointments.filter(is_on(day), person=person, role=Role.LINK_ADVISER)
    return (
        organisations.filter(pk=cluster.organisation_id).exists()
        or run.exists()
        or advises.exists()
    )


def may_read(person: Person, plan: Plan, day: dt.date) -> bool:
    """Everybody of the cluster; the authority what was sent in and not returned since."""
    if is_inside(person, plan.cluster, day):
        return True
    return plan.state in SENT_IN and is_of_the_authority(person, plan.cluster, day)


def cluster_to_read_plans_of(person: Person, pk: int, day: dt.date) -> Cluster:
    """The cluster for its people and the authority, or `NotThere`, or `NotAllowed`."""
    found = cluster_for(person, pk, day)
    if is_inside(person, found, day) or is_of_the_authority(person, found, day):
        return found
    raise NotAllowed(
        Message(N_("You cannot see the plans of this cluster.")),
        next_step=Message(N_("Its people and its authority can see them. Ask one of them.")),
    )


def plans_to_open(cluster: Cluster, *, inside: bool) -> QuerySet[Plan]:
    """The cluster's plans for its people; of these for the authority what was sent in."""
    found = plans_of(cluster)
    return found if inside else found.filter(state__in=SENT_IN)


def cluster_to_plan_in(person: Person, pk: int, day: dt.date) -> Cluster:
    """The cluster for those who write its plans, or `NotThere`, or `NotAllowed`."""
    found = cluster_for(person, pk, day)
    if not may_write_plans_of(person, found, day):
        raise _not_a_writer()
    return found


def plan_for(person: Person, pk: int, day: dt.date) -> Plan:
    """The plan for those who may read it as it stands, or `NotThere`, or `NotAllowed`."""
    plan = _found(pk)
    if may_read(person, plan, day):
        return plan
    if is_of_the_authority(person, plan.cluster, day):
        raise NotAllowed(
            Message(N_("This plan is still being written.")),
            why=Message(N_("Until it is sent in, a plan is private to its cluster.")),
            next_step=Message(N_("You can read it when the cluster has sent it in.")),
        )
    raise NotAllowed(
        Message(N_("You cannot see this plan.")),
        next_step=Message(N_("The people of its cluster can. Ask one of them.")),
    )


def plan_to_write(person: Person, pk: int, day: dt.date) -> Plan:
    """The plan for those who write it, in whatever state it is, or `NotThere`, or `NotAllowed`."""
    plan = _found(pk)
    if not may_write_plans_of(person, plan.cluster, day):
        raise _not_a_writer()
    return plan


def plan_to_send(person: Person, pk: int, day: dt.date) -> Plan:
    """The plan for those who send it, in whatever state it is, or `NotThere`, or `NotAllowed`."""
    plan = _found(pk)
    check_may_send(person, plan.cluster, day)
    return plan


def plan_to_comment_on(person: Person, pk: int, day: dt.date) -> Plan:
    """The plan for everybody of its cluster, or `NotThere`, or `NotAllowed`."""
    plan = _found(pk)
    if is_inside(person, plan.cluster, day):
        return plan
    plan_for(person, pk, day)
    raise NotAllowed(
        Message(N_("Comments here are the cluster's own.")),
        next_step=Message(N_("Its reviewers comment in their review.")),
    )


def shared_plan_for(person: Person, pk: int, day: dt.date) -> Plan:
    """An approved plan for its readers, and where it is shared for writers of its programmes.

    Raises `NotThere`, `NotAllowed`.
    """
    plan = _found(pk)
    is_shared = plan.state == states.APPROVED and plan.shared_at is not None
    if is_shared and _writes_in_its_programmes(person, plan.cluster, day):
        return plan
    return plan_for(person, pk, day)


def clusters_to_plan_in(person: Person, day: dt.date) -> QuerySet[Cluster]:
    """The clusters whose plans the person writes."""
    held = Appointment.objects.filter(is_on(day), person=person, role__in=WRITERS)
    schools = schools_to_prepare_for(person, day)
    mine = memberships_on(day).filter(school__in=schools.values("pk"))
    return Cluster.objects.filter(
        Q(pk__in=held.values("cluster_id")) | Q(pk__in=mine.values("cluster_id"))
    )


def _writes_in_its_programmes(person: Person, cluster: Cluster, day: dt.date) -> bool:
    part_in = Participation.objects.filter(is_on(day), cluster=cluster)
    beside = Participation.objects.filter(is_on(day), programme__in=part_in.values("programme_id"))
    return beside.filter(cluster__in=clusters_to_plan_in(person, day).values("pk")).exists()


def _found(pk: int) -> Plan:
    chain = Plan.objects.select_related("cluster__organisation", "cluster__parent", "replaces")
    plan = chain.filter(pk=pk).first()
    if plan is None:
        raise NotThere(Message(N_("There is no such plan.")))
    return plan


def _not_a_writer() -> NotAllowed:
    return NotAllowed(
        Message(N_("You cannot write in the plans of this cluster.")),
        next_step=Message(
            N_(
                "Its chair, coordinators and clerk, the heads of its schools and those whom a "
                "head has named can. Ask one of them."
            )
        ),
    )
