"""Who sees a choice of priorities, proposes, ranks for a school, and leads it."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from clusterwork.accounts.models import Person
from clusterwork.accounts.permissions import may_send_for
from clusterwork.clusters.models import Cluster
from clusterwork.clusters.permissions.deciding import (
    LEADING,
    cluster_to_look_into,
    is_inside,
    leads,
    schools_to_decide_for,
)
from clusterwork.clusters.selectors.memberships import is_on
from clusterwork.kernel.errors import NotAllowed, NotThere
from clusterwork.kernel.messages import N_, Message
from clusterwork.plans.models import Candidate, Choosing
from clusterwork.registry.models import School


def may_lead_choosing(person: Person, cluster: Cluster, day: dt.date) -> bool:
    """Its chair, coordinator or clerk; where nobody is, whoever decides for a school of it."""
    if leads(person, cluster, day):
        return True
    led = cluster.appointments.filter(is_on(day), role__in=LEADING)
    return not led.exists() and schools_to_decide_for(person, cluster, day).exists()


def cluster_to_choose_in(person: Person, pk: int, day: dt.date) -> Cluster:
    """The cluster for whoever leads its choosing, or `NotThere`, or `NotAllowed`."""
    cluster = cluster_to_look_into(person, pk, day)
    _check_leads(person, cluster, day)
    return cluster


def choosing_for(person: Person, pk: int, day: dt.date) -> Choosing:
    """The choice for those inside the cluster, or `NotThere`, or `NotAllowed`."""
    found = _choosing(pk)
    if not is_inside(person, found.cluster, day):
        raise NotAllowed(
            Message(N_("How a cluster chooses its priorities is private to the cluster.")),
            next_step=Message(
                N_("The heads and staff of its schools, its chair and coordinator can see it.")
            ),
        )
    return found


def choosing_to_lead(person: Person, pk: int, day: dt.date) -> Choosing:
    """The choice for whoever leads it, or `NotThere`, or `NotAllowed`."""
    found = choosing_for(person, pk, day)
    _check_leads(person, found.cluster, day)
    return found


def schools_to_choose_for(person: Person, cluster: Cluster, day: dt.date) -> QuerySet[School]:
    """The cluster's schools for which the person proposes and ranks."""
    return schools_to_decide_for(person, cluster, day)


def choosing_to_say_in(
    person: Person, pk: int, school_pk: int, day: dt.date
) -> tuple[Choosing, School]:
    """The choice and a school for which the person decides, or `NotThere`, or `NotAllowed`.

    Whether the school is still in the cluster is not asked here.
    """
    found = _choosing(pk)
    school = School.objects.filter(pk=school_pk).first()
    if school is None:
        raise NotThere(Message(N_("There is no such school.")))
    if not may_send_for(person, school, day):
        raise NotAllowed(
            Message(
                N_("You cannot speak for this school in the choice: %(school)s."),
                {"school": str(school)},
            ),
            next_step=Message(
                N_("Its headteacher can, and whoever she has named to send for her. Ask her.")
            ),
        )
    return found, school


def candidate_for(person: Person, pk: int, day: dt.date) -> Candidate:
    """A proposed priority for those inside the cluster, or `NotThere`, or `NotAllowed`."""
    chain = Candidate.objects.select_related("choosing__cluster", "school", "need")
    found = chain.filter(pk=pk).first()
    if found is None:
        raise NotThere(Message(N_("There is no such proposed priority.")))
    choosing_for(person, found.choosing_id, day)
    return found


def candidate_to_change(person: Person, pk: int, day: dt.date) -> Candidate:
    """A proposed priority for its school and whoever leads, or `NotThere`, or `NotAllowed`."""
    found = candidate_for(person, pk, day)
    if not may_change_candidate(person, found, day):
        raise NotAllowed(
            Message(N_("You cannot change this proposed priority.")),
            next_step=Message(
                N_("The school that proposed it can, and the cluster’s chair and coordinator.")
            ),
        )
    return found


def may_change_candidate(person: Person, candidate: Candidate, day: dt.date) -> bool:
    """Whoever decides for the school that proposed it, or leads the choice."""
    own = candidate.school and may_send_for(person, candidate.school, day)
    return bool(own) or may_lead_choosing(person, candidate.choosing.cluster, day)


def _check_leads(person: Person, cluster: Cluster, day: dt.date) -> None:
    if not may_lead_choosing(person, cluster, day):
        raise NotAllowed(
            Message(N_("You do not lead how this cluster chooses its priorities.")),
            next_step=Message(N_("Its chair, coordinator and clerk do. Ask one of them.")),
        )


def _choosing(pk: int) -> Choosing:
    chain = Choosing.objects.select_related("cluster__organisation", "cluster__parent", "decision")
    found = chain.filter(pk=pk).first()
    if found is None:
        raise NotThere(Message(N_("There is no such choice of priorities.")))
    return found
