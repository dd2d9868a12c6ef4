"""Who enters, corrects and comments on figures, and of what."""

from __future__ import annotations

import datetime as dt

from clusterwork.accounts.models import Person
from clusterwork.accounts.permissions import may_prepare_for
from clusterwork.accounts.permissions.register import authorities_kept_by, may_keep
from clusterwork.clusters.models import Cluster
from clusterwork.clusters.permissions.clusters import cluster_to_work_in
from clusterwork.kernel.errors import NotAllowed, NotThere
from clusterwork.kernel.messages import N_, Message
from clusterwork.measures.models import Figure
from clusterwork.measures.permissions.seeing import figure_for
from clusterwork.registry.models import Authority, School


def may_enter_for(person: Person, school: School, day: dt.date) -> bool:
    """Head of the school, named by the head, or officer for schools of its authority."""
    return may_prepare_for(person, school, day) or may_keep(person, school.authority, day)


def school_to_enter_for(person: Person, pk: int, day: dt.date) -> School:
    """The school, or `NotThere`, or `NotAllowed`."""
    found = School.objects.select_related("authority").filter(pk=pk).first()
    if found is None:
        raise NotThere(Message(N_("There is no such school.")))
    if not may_enter_for(person, found, day):
        raise NotAllowed(
            Message(
                N_("You cannot enter figures for this school: %(school)s."), {"school": str(found)}
            ),
            next_step=Message(
                N_(
                    "Its headteacher can, whoever she has named, and programme officers for the "
                    "schools of its authority. Ask one of them."
                )
            ),
        )
    return found


def cluster_to_enter_for(person: Person, pk: int, day: dt.date) -> Cluster:
    """The cluster for those who work in it, or `NotThere`, or `NotAllowed`."""
    return cluster_to_work_in(person, pk, day)


def authority_to_enter_for(person: Person, pk: int, day: dt.date) -> Authority:
    """The authority for its officers, or `NotThere`, or `NotAllowed`."""
    found = Authority.objects.filter(pk=pk).first()
    if found is None:
        raise NotThere(Message(N_("There is no such authority.")))
    if not authorities_kept_by(person, day).filter(pk=pk).exists():
        raise NotAllowed(
            Message(
                N_("You cannot enter figures for this authority: %(authority)s."),
                {"authority": str(found)},
            ),
            next_step=Message(N_("Programme officers of its organisations can. Ask one of them.")),
        )
    return found


def figure_to_correct(person: Person, pk: int, day: dt.date) -> Figure:
    """The figure where the person sees it and may enter for its subject; or as `figure_for`."""
    found = figure_for(person, pk, day)
    if found.school_id:
        school_to_enter_for(person, found.school_id, day)
    elif found.cluster_id:
        cluster_to_enter_for(person, found.cluster_id, day)
    else:
        authority_to_enter_for(person, found.authority_id or 0, day)
    return found


def figure_to_comment_on(person: Person, pk: int, day: dt.date) -> Figure:
    """A figure of a school that the person heads or is named for; or as `figure_for`."""
    found = figure_for(person, pk, day)
    if found.school is None or not may_prepare_for(person, found.school, day):
        raise NotAllowed(
            Message(N_("You cannot comment on this figure.")),
            why=Message(N_("A school comments on its own figures.")),
            next_step=Message(N_("The school's headteacher can, and whoever she has named.")),
        )
    return found
