"""What an appointment must be like before it is kept; writes nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import Appointment, Cluster, Membership
from clusterwork.clusters.permissions import may_run_cluster
from clusterwork.clusters.rules.covering import covered_until, reaches_past
from clusterwork.clusters.selectors.rotas import turn_on
from clusterwork.clusters.services.refusals import ends_before_it_starts
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.models import School

Role = Appointment.Role
NEEDS_SCHOOL = (
    Role.CHAIR,
    Role.LINK_PERSON,
    Role.CHAIR_OF_GOVERNORS,
    Role.GOVERNOR_REPRESENTATIVE,
)
MAY_HAVE_SCHOOL = (*NEEDS_SCHOOL, Role.LINK_ADVISER)
ONE_A_CLUSTER = (Role.CHAIR,)
ONE_A_SCHOOL = (Role.LINK_ADVISER, Role.LINK_PERSON, Role.CHAIR_OF_GOVERNORS)


class OutsideItsLife(Problem):
    """An appointment before the cluster began or after its end."""


class SchoolNotSaid(Problem):
    """A chair, a link person or a governor without a school."""


class StrandNotSaid(Problem):
    """A strand coordinator of no strand."""


class SchoolHasClosed(Problem):
    """The school is closed on the first day."""


class SchoolNotInCluster(Problem):
    """The school is not in the cluster for all of that time."""


class RoleTaken(Problem):
    """Somebody else holds the role, of which there is one at a time."""


class HoldsItAlready(Problem):
    """The same person holds this very role already."""


class NotItsTurn(Problem):
    """The rota says that another school takes the chair."""


@dataclass(frozen=True)
class AppointmentFacts:
    """What the form asks for; [start_on, end_on), without an end until further notice."""

    role: str
    name: str
    start_on: dt.date
    end_on: dt.date | None = None
    email: str = ""
    school: School | None = None
    strand: str = ""

    def tidy(self) -> AppointmentFacts:
        """Without what this role has none of."""
        keeps_strand = self.role == Role.STRAND_COORDINATOR
        return replace(
            self,
            school=self.school if self.role in MAY_HAVE_SCHOOL else None,
            strand=self.strand if keeps_strand else "",
            email=self.email.strip(),
            name=self.name.strip(),
        )


def check_facts(cluster: Cluster, facts: AppointmentFacts, but: int | None = None) -> None:
    """Raises the problem that keeps these facts out; `but` is the appointment being changed."""
    check_period(facts.start_on, facts.end_on)
    _check_life(cluster, facts)
    if facts.role == Role.STRAND_COORDINATOR and not facts.strand:
        raise StrandNotSaid(
            Message(N_("A strand coordinator coordinates one strand.")),
            next_step=Message(N_("Write the name of the strand.")),
        )
    if facts.school is not None:
        check_school_open(facts.school, facts.start_on)
        _check_in_cluster(cluster, facts, facts.school)
    elif facts.role in NEEDS_SCHOOL:
        raise SchoolNotSaid(
            Message(N_("This role belongs to a school of the cluster.")),
            next_step=Message(N_("Choose the school.")),
        )
    _check_free(cluster, facts, but)


def check_period(start_on: dt.date, end_on: dt.date | None) -> None:
    """Raises `EndsBeforeItStarts`."""
    if end_on is not None and end_on <= start_on:
        raise ends_before_it_starts()


def check_school_open(school: School, day: dt.date) -> None:
    """Raises `SchoolHasClosed` where the register says that the school is closed on `day`."""
    closed = school.status == "closed" if school.closed_on is None else school.closed_on <= day
    if closed:
        raise SchoolHasClosed(
            Message(N_("This school has closed: %(school)s."), {"school": str(school)}),
            next_step=Message(N_("Choose another school, or an earlier day.")),
        )


def _check_life(cluster: Cluster, facts: AppointmentFacts) -> None:
    late = reaches_past(facts.end_on, cluster.end_on)
    if facts.start_on >= cluster.start_on and not late:
        return
    raise OutsideItsLife(
        Message(N_("The cluster does not exist for all of that time.")),
        why=Message(
            N_("It begins on %(start)s and ends on: %(end)s."),
            {"start": cluster.start_on.isoformat(), "end": shown_end(cluster.end_on)},
        ),
        next_step=Message(N_("Choose dates within its life.")),
    )


def _check_in_cluster(cluster: Cluster, facts: AppointmentFacts, school: School) -> None:
    held = Membership.objects.filter(cluster=cluster, school=school)
    until = covered_until(held.values_list("start_on", "end_on"), facts.start_on)
    if not reaches_past(facts.end_on, until):
        return
    if until == facts.start_on:
        raise SchoolNotInCluster(
            Message(
                N_("This school is not in the cluster then: %(school)s."), {"school": str(school)}
            ),
            next_step=Message(N_("Choose a school of the cluster, or another day.")),
        )
    raise SchoolNotInCluster(
        Message(
            N_("The school leaves the cluster before the end: %(school)s."), {"school": str(school)}
        ),
        why=Message(N_("Its membership ends on %(day)s."), {"day": shown_end(until)}),
        next_step=Message(N_("Enter that day as the end, or an earlier one.")),
    )


def _check_free(cluster: Cluster, facts: AppointmentFacts, but: int | None) -> None:
    held = overlapping(cluster, facts).exclude(pk=but or 0)
    if facts.role in (*ONE_A_CLUSTER, *ONE_A_SCHOOL):
        other = held.first()
        if other is not None:
            raise role_taken(other)
        return
    if held.filter(name__iexact=facts.name, school=facts.school, strand=facts.strand).exists():
        raise HoldsItAlready(
            Message(N_("The same person holds this role for part of that time.")),
            next_step=Message(N_("Correct the dates of that appointment instead.")),
        )


def overlapping(cluster: Cluster, facts: AppointmentFacts) -> QuerySet[Appointment]:
    """The role's appointments in part of that time; of one a school those of the school."""
    found = cluster.appointments.filter(role=facts.role).exclude(end_on__lte=facts.start_on)
    if facts.end_on is not None:
        found = found.filter(start_on__lt=facts.end_on)
    return found.filter(school=facts.school) if facts.role in ONE_A_SCHOOL else found


def role_taken(other: Appointment | None = None) -> RoleTaken:
    """The problem that names who holds the role; nobody where it is not known."""
    why = Message(
        N_("Held by: %(name)s, from %(start)s until: %(end)s."),
        {
            "name": other.name if other else "–",
            "start": other.start_on.isoformat() if other else "–",
            "end": shown_end(other.end_on if other else None),
        },
    )
    return RoleTaken(
        Message(N_("Somebody holds this role for part of that time, and there is one at a time.")),
        why=why,
        next_step=Message(N_("Hand it over instead, or choose other dates.")),
    )


def shown_end(day: dt.date | None) -> str:
    """The last day before an end; a dash where there is none."""
    return (day - dt.timedelta(1)).isoformat() if day else "–"


def check_rota(person: Person, cluster: Cluster, facts: AppointmentFacts, day: dt.date) -> None:
    """Within the cluster the chair goes by its rota, if it has one; officers may depart from it.

    Raises `NotItsTurn`.
    """
    if facts.role != Role.CHAIR or facts.school is None or may_run_cluster(person, cluster, day):
        return
    turn = turn_on(cluster, facts.start_on)
    if turn is not None and facts.school.pk not in (turn.school_id, turn.stood_in_id):
        raise NotItsTurn(
            Message(N_("By the rota another school takes the chair on that day.")),
            why=Message(N_("Its turn: %(school)s."), {"school": str(turn.school)}),
            next_step=Message(
                N_("Swap turns on the page of the rota first, or ask a programme officer.")
            ),
        )
