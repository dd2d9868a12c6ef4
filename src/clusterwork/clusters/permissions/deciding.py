"""Who sees what a cluster decides, who proposes, votes for a school, closes and shares."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, Q, QuerySet

from clusterwork.accounts.models import Person
from clusterwork.accounts.permissions import may_send_for
from clusterwork.accounts.selectors.delegations import delegations_to
from clusterwork.accounts.selectors.roles import is_on, roles_on
from clusterwork.clusters.models import Appointment, Cluster, Decision
from clusterwork.clusters.permissions.clusters import OF_SCHOOL, cluster_for, may_run_cluster
from clusterwork.clusters.permissions.schools import schools_to_send_for
from clusterwork.clusters.selectors.decisions import DecisionOn, decisions_of
from clusterwork.clusters.selectors.memberships import school_ids_in
from clusterwork.kernel.errors import NotAllowed, NotThere
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.models import School

Role = Appointment.Role
LEADING = (Role.CHAIR, Role.COORDINATOR, Role.CLERK)


def is_inside(person: Person, cluster: Cluster, day: dt.date) -> bool:
    """Whether the person sees what the cluster keeps to itself.

    Those who hold a role in it or in one of its schools, and whom a head has named; the link
    adviser is the authority's and sees what is shared.
    """
    held = cluster.appointments.filter(is_on(day), person=person).exclude(role=Role.LINK_ADVISER)
    schools = school_ids_in(cluster, day)
    at_school = roles_on(person, day).filter(kind__in=OF_SCHOOL, school__in=schools)
    named = delegations_to(person, day).filter(school__in=schools)
    any_of_them = Exists(held) | Exists(at_school) | Exists(named)
    return Person.objects.filter(any_of_them, pk=person.pk).exists()


def leads(person: Person, cluster: Cluster, day: dt.date) -> bool:
    """Chair, coordinator or clerk of the cluster."""
    held = cluster.appointments.filter(is_on(day), person=person, role__in=LEADING)
    return held.exists()


def schools_to_decide_for(person: Person, cluster: Cluster, day: dt.date) -> QuerySet[School]:
    """The cluster's schools on `day` that the person heads, or whose head named her to send."""
    return schools_to_send_for(person, day).filter(pk__in=school_ids_in(cluster, day))


def may_propose(person: Person, cluster: Cluster, day: dt.date) -> bool:
    """For a school of the cluster, or as its chair, coordinator or clerk."""
    return leads(person, cluster, day) or schools_to_decide_for(person, cluster, day).exists()


def cluster_to_look_into(person: Person, pk: int, day: dt.date) -> Cluster:
    """The cluster for those inside it, or `NotThere`, or `NotAllowed`."""
    found = cluster_for(person, pk, day)
    if not is_inside(person, found, day):
        raise NotAllowed(
            Message(N_("This is private to the cluster.")),
            next_step=Message(
                N_("The heads and staff of its schools, its chair and coordinator can see it.")
            ),
        )
    return found


def cluster_to_propose_in(person: Person, pk: int, day: dt.date) -> Cluster:
    """The cluster for those who may propose in it, or `NotThere`, or `NotAllowed`."""
    found = cluster_for(person, pk, day)
    if not may_propose(person, found, day):
        raise NotAllowed(
            Message(N_("You cannot put a proposal to this cluster.")),
            next_step=Message(
                N_(
                    "The heads of its schools, whoever they named to send for them, its chair, "
                    "coordinator and clerk can. Ask one of them."
                )
            ),
        )
    return found


def decision_for(person: Person, pk: int, day: dt.date) -> Decision:
    """The decision for those inside the cluster, and once shared for its officers.

    Raises `NotThere`, `NotAllowed`.
    """
    found = _decision(pk)
    if is_inside(person, found.cluster, day):
        return found
    if found.shared_at and may_run_cluster(person, found.cluster, day):
        return found
    raise _private()


def decisions_shown(
    cluster: Cluster, day: dt.date, *, inside: bool, runs: bool
) -> list[DecisionOn]:
    """Those up to `day`: all for those inside, what is shared for the officers, else none."""
    if not inside and not runs:
        return []
    return decisions_of(cluster, day, only_shared=not inside)


def decision_to_lead(person: Person, pk: int, day: dt.date) -> Decision:
    """The decision for the chair, coordinator, clerk and whoever proposed it.

    Where nobody is chair, coordinator or clerk, any head of a school of the cluster will do.
    Raises `NotThere`, `NotAllowed`.
    """
    found = decision_for(person, pk, day)
    if not may_lead(person, found, day):
        raise NotAllowed(
            Message(N_("You cannot do this with the proposal.")),
            next_step=Message(
                N_(
                    "The cluster’s chair, coordinator and clerk can, and whoever proposed it. "
                    "Ask one of them."
                )
            ),
        )
    return found


def may_lead(person: Person, decision: Decision, day: dt.date) -> bool:
    """Whether the person withdraws, shares and closes it: who proposed it and who leads."""
    cluster = decision.cluster
    schools = schools_to_decide_for(person, cluster, day)
    if leads(person, cluster, day) or schools.filter(pk=decision.proposed_school_id or 0).exists():
        return True
    if decision.proposed_by_id == person.pk and is_inside(person, cluster, day):
        return True
    led = cluster.appointments.filter(is_on(day), role__in=LEADING)
    return not led.exists() and schools.exists()


def decision_to_close(person: Person, pk: int, day: dt.date) -> Decision:
    """The decision for whoever may propose in its cluster, or `NotThere`, or `NotAllowed`."""
    found = decision_for(person, pk, day)
    cluster_to_propose_in(person, found.cluster_id, day)
    return found


def decision_to_vote_on(person: Person, pk: int, school_pk: int, day: dt.date) -> Decision:
    """The decision for whoever decides for the school, or `NotThere`, or `NotAllowed`.

    The school has been in the cluster since it was proposed; whether it still is, is not asked.
    """
    found = _decision(pk)
    school = School.objects.filter(pk=school_pk).first()
    if school is None:
        raise NotThere(Message(N_("There is no such school.")))
    stays = found.cluster.memberships.filter(school=school)
    if not stays.filter(Q(end_on__isnull=True) | Q(end_on__gt=found.proposed_on)).exists():
        raise _private()
    if not may_send_for(person, school, day):
        raise NotAllowed(
            Message(N_("You cannot vote for this school: %(school)s."), {"school": str(school)}),
            why=Message(
                N_("You do not head it today, and its head has not named you to send for her.")
            ),
            next_step=Message(
                N_("Its headteacher can vote, and whoever she has named to send for her. Ask her.")
            ),
        )
    return found


def _private() -> NotAllowed:
    return NotAllowed(
        Message(N_("This decision is private to the cluster.")),
        next_step=Message(N_("The cluster’s chair, coordinator or clerk can share it.")),
    )


def _decision(pk: int) -> Decision:
    chain = Decision.objects.select_related(
        "cluster__organisation", "cluster__parent", "group", "proposed_school", "amends"
    )
    found = chain.filter(pk=pk).first()
    if found is None:
        raise NotThere(Message(N_("There is no such decision.")))
    return found
