"""Who appoints whom in a cluster, and who runs its rota."""

from __future__ import annotations

import datetime as dt

from clusterwork.accounts.models import Person
from clusterwork.accounts.selectors.roles import is_on
from clusterwork.clusters.models import Appointment, Cluster, Rota, RotaTurn
from clusterwork.clusters.permissions.clusters import (
    cluster_for,
    cluster_to_work_in,
    may_run_cluster,
    may_work_in,
)
from clusterwork.clusters.permissions.schools import schools_to_send_for
from clusterwork.clusters.selectors.memberships import school_ids_in
from clusterwork.kernel.errors import NotAllowed, NotThere
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.models import School

Role = Appointment.Role
WITHIN_CLUSTER = (Role.CHAIR, Role.STRAND_COORDINATOR, Role.FINANCE_LEAD, Role.CLERK)
BY_SCHOOL = (Role.LINK_PERSON, Role.CHAIR_OF_GOVERNORS, Role.GOVERNOR_REPRESENTATIVE)


def schools_to_appoint_for(person: Person, cluster: Cluster, day: dt.date) -> list[School]:
    """The cluster's schools on `day` for which `person` answers."""
    return list(schools_to_send_for(person, day).filter(pk__in=school_ids_in(cluster, day)))


def roles_to_appoint(person: Person, cluster: Cluster, day: dt.date) -> tuple[str, ...]:
    """The roles in the cluster that `person` may fill and end on `day`, in the usual order."""
    runs = may_run_cluster(person, cluster, day)
    works = runs or may_work_in(person, cluster, day)
    answers = not runs and bool(schools_to_appoint_for(person, cluster, day))
    return roles_of(runs=runs, works=works, answers=answers)


def roles_of(*, runs: bool, works: bool, answers: bool) -> tuple[str, ...]:
    """The roles for an officer, for whoever works in the cluster, and who answers for a school."""
    if runs:
        return tuple(Role.values)
    mine = (*(WITHIN_CLUSTER if works else ()), *(BY_SCHOOL if answers else ()))
    return tuple(role for role in Role.values if role in mine)


def may_appoint(
    person: Person, cluster: Cluster, role: str, school: School | None, day: dt.date
) -> bool:
    """Whether `person` may fill this role, for a school's own people in that school."""
    if role not in roles_to_appoint(person, cluster, day):
        return False
    if role not in BY_SCHOOL or may_run_cluster(person, cluster, day):
        return True
    return school in schools_to_appoint_for(person, cluster, day)


def check_may_appoint(
    person: Person, cluster: Cluster, role: str, school: School | None, day: dt.date
) -> None:
    """Raises `NotAllowed`, naming who can."""
    if not may_appoint(person, cluster, role, school, day):
        raise NotAllowed(
            Message(N_("You may not appoint somebody to this role, or end it.")),
            next_step=_who(role),
        )


def cluster_to_appoint_in(person: Person, pk: int, role: str, day: dt.date) -> Cluster:
    """The cluster for whoever may fill this role in it, or `NotThere`, or `NotAllowed`."""
    found = cluster_for(person, pk, day)
    if role not in Role.values:
        raise NotThere(Message(N_("There is no such role in a cluster.")))
    if role not in roles_to_appoint(person, found, day):
        raise NotAllowed(
            Message(N_("You may not appoint somebody to this role, or end it.")),
            next_step=_who(role),
        )
    return found


def appointment_to_change(person: Person, pk: int, day: dt.date) -> Appointment:
    """The appointment for whoever may fill its role, or `NotThere`, or `NotAllowed`."""
    chain = Appointment.objects.select_related("cluster__organisation", "school", "person")
    found = chain.filter(pk=pk).first()
    if found is None:
        raise NotThere(Message(N_("There is no such appointment.")))
    check_may_appoint(person, found.cluster, found.role, found.school, day)
    return found


def rota_to_run(person: Person, pk: int, day: dt.date) -> Rota:
    """The rota of cluster `pk` that holds on `day` or comes next, for those who work in it.

    Raises `NotThere`, `NotAllowed`.
    """
    cluster = cluster_to_work_in(person, pk, day)
    found = rota_of(cluster, day)
    if found is None:
        raise NotThere(
            Message(N_("The cluster has no rota for the chair.")),
            next_step=Message(N_("Start one on the page of its rota.")),
        )
    return found


def rota_of(cluster: Cluster, day: dt.date) -> Rota | None:
    """The rota that holds on `day`, else the first that starts after it."""
    running = cluster.rotas.filter(is_on(day)).first()
    return running or cluster.rotas.filter(start_on__gt=day).order_by("start_on").first()


def turn_to_run(person: Person, pk: int, day: dt.date) -> RotaTurn:
    """The turn for those who work in its cluster, or `NotThere`, or `NotAllowed`."""
    chain = RotaTurn.objects.select_related("rota__cluster__organisation", "school", "stood_in")
    found = chain.filter(pk=pk).first()
    if found is None:
        raise NotThere(
            Message(N_("There is no such turn any more.")),
            next_step=Message(N_("Open the page of the rota to see the turns as they are now.")),
        )
    cluster_to_work_in(person, found.rota.cluster_id, day)
    return found


def _who(role: str) -> Message:
    if role in BY_SCHOOL:
        return Message(
            N_("The head of the school can, and the programme officers of the cluster. Ask them.")
        )
    if role in WITHIN_CLUSTER:
        return Message(
            N_(
                "The chair, coordinator or clerk of the cluster, the heads of its schools and its "
                "programme officers can. Ask one of them."
            )
        )
    return Message(N_("The programme officers of the cluster’s organisation can. Ask one of them."))
