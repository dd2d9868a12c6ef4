"""Who says what a school's partnerships are: its head, whom she named, and its officers."""

from __future__ import annotations

import datetime as dt

from clusterwork.accounts.models import Person
from clusterwork.accounts.permissions import may_prepare_for
from clusterwork.accounts.permissions.register import may_keep
from clusterwork.clusters.models import StatedPartnership
from clusterwork.kernel.errors import NotAllowed, NotThere
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.models import School


def may_state_for(person: Person, school: School, day: dt.date) -> bool:
    """Head of the school, named by the head, or officer for schools of its authority."""
    return may_prepare_for(person, school, day) or may_keep(person, school.authority, day)


def school_to_state_for(person: Person, pk: int, day: dt.date) -> School:
    """The school, or `NotThere`, or `NotAllowed`."""
    found = School.objects.select_related("authority").filter(pk=pk).first()
    if found is None:
        raise NotThere(Message(N_("There is no such school.")))
    if not may_state_for(person, found, day):
        raise NotAllowed(
            Message(N_("You cannot say what this school's partnerships are.")),
            why=Message(N_("School: %(school)s."), {"school": str(found)}),
            next_step=Message(
                N_(
                    "Its headteacher can, whoever she has named, and programme officers for the "
                    "schools of its authority. Ask one of them."
                )
            ),
        )
    return found


def stated_to_change(person: Person, pk: int, day: dt.date) -> StatedPartnership:
    """What a school stated, for those who may change it; or `NotThere`, or `NotAllowed`."""
    chain = StatedPartnership.objects.select_related("school__authority", "cluster", "partnership")
    found = chain.filter(pk=pk).first()
    if found is None:
        raise NotThere(Message(N_("There is no such partnership.")))
    school_to_state_for(person, found.school_id, day)
    return found
