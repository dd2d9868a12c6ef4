"""Who says what a school needs, who sends it, and who reads it: never the authority."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from clusterwork.accounts.models import Person
from clusterwork.accounts.permissions import may_prepare_for, may_send_for
from clusterwork.clusters.models import Appointment, Cluster
from clusterwork.clusters.permissions import may_run_cluster
from clusterwork.clusters.permissions.clusters import cluster_for
from clusterwork.clusters.permissions.deciding import is_inside, leads
from clusterwork.clusters.selectors.memberships import clusters_of, is_on
from clusterwork.kernel.errors import NotAllowed, NotThere
from clusterwork.kernel.messages import N_, Message
from clusterwork.plans.models import Need, NeedsStatement
from clusterwork.plans.states import needs as states
from clusterwork.registry.models import School


@dataclass(frozen=True, slots=True)
class SeenNeeds:
    """What a reader has of a school's statement, and may do with it."""

    school: School
    statement: NeedsStatement | None
    may_prepare: bool
    may_send: bool


@dataclass(frozen=True, slots=True)
class SeenCluster:
    """A cluster whose needs somebody looks at: all of them, or only who has answered."""

    cluster: Cluster
    is_inside: bool
    may_ask: bool


def may_prepare_needs(person: Person, school: School, day: dt.date) -> bool:
    """Its head, whoever she named, and the school's link person in a cluster."""
    link = Appointment.objects.filter(
        is_on(day), person=person, school=school, role=Appointment.Role.LINK_PERSON
    )
    return may_prepare_for(person, school, day) or link.exists()


def school_to_prepare_needs_of(person: Person, pk: int, day: dt.date) -> School:
    """The school for those who prepare its statement, or `NotThere`, or `NotAllowed`."""
    school = _school(pk)
    if not may_prepare_needs(person, school, day):
        raise NotAllowed(
            Message(
                N_("You cannot say what this school needs: %(school)s."), {"school": str(school)}
            ),
            next_step=Message(
                N_("Its headteacher, whoever she has named and its link person can. Ask her.")
            ),
        )
    return school


def school_to_send_needs_of(person: Person, pk: int, day: dt.date) -> School:
    """The school for those who send its statement, or `NotThere`, or `NotAllowed`."""
    school = school_to_prepare_needs_of(person, pk, day)
    if not may_send_for(person, school, day):
        raise NotAllowed(
            Message(N_("You prepare this statement, and do not send it.")),
            next_step=Message(
                N_("The headteacher sends it, or whoever she has named to send for her. Tell her.")
            ),
        )
    return school


def needs_of_school(person: Person, pk: int, year: int, day: dt.date) -> SeenNeeds:
    """The statement of a school year as far as the reader sees it.

    A draft is seen by those who prepare it; what is sent, by those inside a cluster of the school.
    Raises `NotThere`, `NotAllowed`.
    """
    school = _school(pk)
    prepares = may_prepare_needs(person, school, day)
    if not prepares and not _is_in_a_cluster_of(person, school, day):
        raise NotAllowed(
            Message(
                N_("You cannot see what this school needs: %(school)s."), {"school": str(school)}
            ),
            why=Message(N_("It is seen by the school, and once sent by the schools beside it.")),
            next_step=Message(N_("Ask the school about it.")),
        )
    found = NeedsStatement.objects.filter(school=school, year=year)
    statement = (found if prepares else found.filter(state=states.SENT)).first()
    return SeenNeeds(school, statement, prepares, prepares and may_send_for(person, school, day))


def need_to_change(person: Person, pk: int, day: dt.date) -> Need:
    """A line for those who prepare its statement, or `NotThere`, or `NotAllowed`."""
    chain = Need.objects.select_related("statement__school", "measure", "carried_from__statement")
    found = chain.filter(pk=pk).first()
    if found is None:
        raise NotThere(
            Message(N_("This line is not there.")),
            why=Message(N_("Somebody else of the school may have removed it.")),
        )
    school_to_prepare_needs_of(person, found.statement.school_id, day)
    return found


def cluster_to_see_needs_of(person: Person, pk: int, day: dt.date) -> SeenCluster:
    """The cluster for those inside it, and for its officers, who see only who has answered.

    Raises `NotThere`, `NotAllowed`.
    """
    cluster = cluster_for(person, pk, day)
    inside, runs = is_inside(person, cluster, day), may_run_cluster(person, cluster, day)
    if not inside and not runs:
        raise NotAllowed(
            Message(N_("What the schools of a cluster need is private to the cluster.")),
            next_step=Message(
                N_("The heads and staff of its schools, its chair and coordinator can see it.")
            ),
        )
    return SeenCluster(cluster, inside, runs or leads(person, cluster, day))


def cluster_to_ask_needs_of(person: Person, pk: int, day: dt.date) -> Cluster:
    """The cluster for its chair, coordinator, clerk and officers, or `NotAllowed`."""
    seen = cluster_to_see_needs_of(person, pk, day)
    if not seen.may_ask:
        raise NotAllowed(
            Message(N_("You cannot ask the schools of this cluster.")),
            next_step=Message(
                N_("Its chair, coordinator and clerk can, and its programme officers.")
            ),
        )
    return seen.cluster


def _school(pk: int) -> School:
    found = School.objects.select_related("authority").filter(pk=pk).first()
    if found is None:
        raise NotThere(Message(N_("There is no such school.")))
    return found


def _is_in_a_cluster_of(person: Person, school: School, day: dt.date) -> bool:
    return any(is_inside(person, each.cluster, day) for each in clusters_of(school, day))
