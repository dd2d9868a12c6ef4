"""Who sees, leads, answers and decides about a cluster that schools form themselves."""

from __future__ import annotations

import datetime as dt

from clusterwork.accounts.models import Person
from clusterwork.accounts.permissions import may_send_for
from clusterwork.clusters.models import Founding, FoundingSchool
from clusterwork.clusters.permissions.clusters import may_run_cluster
from clusterwork.clusters.permissions.schools import (
    check_may_prepare_for,
    check_may_send_for,
    schools_to_prepare_for,
)
from clusterwork.kernel.errors import NotAllowed, NotThere
from clusterwork.kernel.messages import N_, Message

JOINS = FoundingSchool.Reply.JOINS


def founding_for(person: Person, pk: int, day: dt.date) -> Founding:
    """The founding with everybody's answers, for its officers and the schools that join it.

    Raises `NotThere`, `NotAllowed`.
    """
    found = _there(pk)
    joined = found.schools.filter(reply=JOINS, school__in=schools_to_prepare_for(person, day))
    if not may_run_cluster(person, found.cluster, day) and not joined.exists():
        raise NotAllowed(
            Message(N_("You cannot open the founding of this cluster.")),
            next_step=Message(
                N_(
                    "The schools that join it can, and the programme officers of the organisation "
                    "that is asked to recognise it. A school that is invited answers first."
                )
            ),
        )
    return found


def may_lead(person: Person, founding: Founding, day: dt.date) -> bool:
    """Whether `person` invites and asks: the head of the school that began, or whoever sends
    for her."""
    founder = founding.schools.select_related("school").filter(is_founder=True).first()
    return founder is not None and may_send_for(person, founder.school, day)


def founding_to_lead(person: Person, pk: int, day: dt.date) -> Founding:
    """The founding, for the school that began it. Raises `NotThere`, `NotAllowed`."""
    found = _there(pk)
    if not may_lead(person, found, day):
        raise NotAllowed(
            Message(N_("You cannot do this for the founding of this cluster.")),
            next_step=Message(
                N_("The headteacher of the school that began it can. Ask that school.")
            ),
        )
    return found


def founding_to_decide(person: Person, pk: int, day: dt.date) -> Founding:
    """The founding, for officers of the organisation that was asked; `NotThere`, `NotAllowed`."""
    found = _there(pk)
    if not may_run_cluster(person, found.cluster, day):
        raise NotAllowed(
            Message(N_("You cannot decide about this cluster.")),
            why=Message(
                N_("This organisation is asked: %(organisation)s."),
                {"organisation": str(found.cluster.organisation)},
            ),
            next_step=Message(N_("Its programme officers decide. Ask one of them.")),
        )
    return found


def invitation_for(person: Person, pk: int, school_pk: int, day: dt.date) -> FoundingSchool:
    """The school's invitation, for those who prepare for the school; `NotThere`, `NotAllowed`."""
    found = _invitation(pk, school_pk)
    check_may_prepare_for(person, found.school, day)
    return found


def invitation_to_answer(person: Person, pk: int, school_pk: int, day: dt.date) -> FoundingSchool:
    """The school's invitation, for those who send for the school; `NotThere`, `NotAllowed`."""
    found = _invitation(pk, school_pk)
    check_may_send_for(person, found.school, day)
    return found


def _invitation(pk: int, school_pk: int) -> FoundingSchool:
    chain = FoundingSchool.objects.select_related("founding__cluster__organisation", "school")
    found = chain.filter(founding=pk, school=school_pk).first()
    if found is None:
        raise NotThere(
            Message(N_("There is no such invitation.")),
            why=Message(N_("The school was not invited, or the invitation was taken back.")),
        )
    return found


def _there(pk: int) -> Founding:
    chain = Founding.objects.select_related("cluster__organisation", "cluster__parent")
    found = chain.filter(pk=pk).first()
    if found is None:
        raise NotThere(Message(N_("Nothing of that number is being formed.")))
    return found
