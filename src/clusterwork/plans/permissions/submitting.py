"""Who sends a cluster's plan to its reviewers."""

from __future__ import annotations

import datetime as dt

from clusterwork.accounts.models import Person
from clusterwork.accounts.selectors.roles import is_on
from clusterwork.clusters.models import Appointment, Cluster
from clusterwork.clusters.permissions.schools import schools_to_send_for
from clusterwork.clusters.selectors.memberships import school_ids_in
from clusterwork.kernel.errors import NotAllowed
from clusterwork.kernel.messages import N_, Message

SENDERS = (Appointment.Role.CHAIR, Appointment.Role.COORDINATOR)


def may_send(person: Person, cluster: Cluster, day: dt.date) -> bool:
    """Chair or coordinator, or who sends for one of its schools."""
    held = cluster.appointments.filter(is_on(day), person=person, role__in=SENDERS)
    sends = schools_to_send_for(person, day).filter(pk__in=school_ids_in(cluster, day))
    return held.exists() or sends.exists()


def check_may_send(person: Person, cluster: Cluster, day: dt.date) -> None:
    """Raises `NotAllowed`, naming who can."""
    if not may_send(person, cluster, day):
        raise NotAllowed(
            Message(N_("You cannot send the plan of this cluster.")),
            next_step=Message(
                N_("Its chair or coordinator and the heads of its schools can. Ask one of them.")
            ),
        )
