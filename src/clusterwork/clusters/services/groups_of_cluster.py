"""Groups inside a cluster and who sits in them; what ended is kept."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from clusterwork.accounts.models import Person
from clusterwork.accounts.selectors.people import person_by_email
from clusterwork.audit.services import record
from clusterwork.clusters.models import Cluster, ClusterGroup, ClusterGroupMember
from clusterwork.clusters.permissions import cluster_to_work_in
from clusterwork.clusters.selectors.memberships import memberships_on
from clusterwork.clusters.services.locking import check_lives
from clusterwork.clusters.services.refusals import ends_before_it_starts, in_words
from clusterwork.clusters.states import decision as states
from clusterwork.kernel.errors import NotThere, Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.models import School


class GroupWithoutName(Problem):
    """A group that is not called anything."""


class GroupNameTaken(Problem):
    """Another group of the cluster has this name."""


class GroupHasChair(Problem):
    """Two chairs of one group at a time."""


class GroupNotThen(Problem):
    """A member before the group began or after its end."""


class SchoolNotInCluster(Problem):
    """A member for a school that is not in the cluster."""


class SitsThereAlready(Problem):
    """The same person for the same school twice."""


class GroupStillDecides(Problem):
    """A group that ends while a proposal is put to it."""


@dataclass(frozen=True)
class GroupFacts:
    """What the form asks for."""

    level: str
    kind: str
    name: str
    start_on: dt.date
    name_cy: str = ""
    purpose: str = ""


@dataclass(frozen=True)
class SeatFacts:
    """Somebody in a group: for a school, or by herself."""

    name: str
    start_on: dt.date
    school: School | None = None
    email: str = ""
    chairs: bool = False


@transaction.atomic
def start_group(
    *, person: Person, day: dt.date, cluster_pk: int, facts: GroupFacts
) -> ClusterGroup:
    """A group from a day on. Raises `NotThere`, `NotAllowed`, `GroupWithoutName`,
    `GroupNameTaken`, `ClusterHasClosed`, `BeforeTheCluster`."""
    cluster = cluster_to_work_in(person, cluster_pk, day)
    check_lives(cluster, facts.start_on)
    if not facts.name.strip():
        raise GroupWithoutName(
            Message(N_("The group has no name.")), next_step=Message(N_("Write its name."))
        )
    with in_words(SAID):
        made = ClusterGroup.objects.create(
            cluster=cluster,
            level=facts.level,
            kind=facts.kind,
            name=facts.name.strip(),
            name_cy=facts.name_cy.strip(),
            purpose=facts.purpose.strip(),
            start_on=facts.start_on,
        )
    _record(
        person, made, "group.start", N_("Started a group: %(group)s, from %(day)s."), made.start_on
    )
    return made


@transaction.atomic
def end_group(*, person: Person, day: dt.date, pk: int, on: dt.date) -> ClusterGroup:
    """The group and its members' time in it end; `on` is the first day without it.

    Raises `NotThere`, `NotAllowed`, `GroupStillDecides`, `EndsBeforeItStarts`.
    """
    group = group_to_change(person, pk, day)
    if group.decisions.filter(state=states.OPEN).exists():
        raise GroupStillDecides(
            Message(N_("A proposal is put to this group and not decided yet.")),
            next_step=Message(N_("Close or withdraw the proposal first.")),
        )
    with in_words(SAID):
        group.end_on = on
        group.save(update_fields=("end_on",))
        group.members.filter(start_on__gte=on).delete()
        still = Q(end_on__isnull=True) | Q(end_on__gt=on)
        group.members.filter(still).update(end_on=on)
        group.voting_rules.filter(start_on__gte=on).delete()
        group.voting_rules.filter(still).update(end_on=on)
    _record(person, group, "group.end", N_("Ended a group: %(group)s, on %(day)s."), on)
    return group


@transaction.atomic
def take_seat(*, person: Person, day: dt.date, pk: int, facts: SeatFacts) -> ClusterGroupMember:
    """Somebody sits in group `pk` from a day on. Raises `NotThere`, `NotAllowed`,
    `GroupNotThen`, `SchoolNotInCluster`, `SitsThereAlready`, `GroupHasChair`."""
    group = group_to_change(person, pk, day)
    _check_seat(group, facts)
    with in_words(SAID):
        made = ClusterGroupMember.objects.create(
            group=group,
            school=facts.school,
            person=person_by_email(facts.email) if facts.email else None,
            name=facts.name.strip(),
            chairs=facts.chairs,
            start_on=facts.start_on,
        )
    text = N_("Somebody new in a group: %(group)s, from %(day)s.")
    _record(person, group, "group.join", text, made.start_on, {"member": made.pk})
    return made


@transaction.atomic
def leave_seat(*, person: Person, day: dt.date, pk: int, on: dt.date) -> None:
    """Somebody leaves a group; one who leaves by her first day was never in it.

    Raises `NotThere`, `NotAllowed`.
    """
    row = ClusterGroupMember.objects.filter(pk=pk).first()
    if row is None:
        raise NotThere(Message(N_("There is no such member of a group.")))
    group = group_to_change(person, row.group_id, day)
    text = N_("Somebody left a group: %(group)s, on %(day)s.")
    _record(person, group, "group.leave", text, on, {"member": pk})
    if on <= row.start_on:
        row.delete()
        return
    row.end_on = on
    row.save(update_fields=("end_on",))


def group_to_change(person: Person, pk: int, day: dt.date) -> ClusterGroup:
    """The group under lock, for those who work in its cluster. Raises `NotThere`, `NotAllowed`."""
    found = ClusterGroup.objects.filter(pk=pk).first()
    if found is None:
        raise NotThere(Message(N_("There is no such group.")))
    cluster = cluster_to_work_in(person, found.cluster_id, day)
    return locked_group(cluster, pk)


def locked_group(cluster: Cluster, pk: int) -> ClusterGroup:
    """The cluster's group under lock. Raises `NotThere`."""
    rows = ClusterGroup.objects.select_for_update(of=("self",)).select_related("cluster")
    found = rows.filter(pk=pk, cluster=cluster).first()
    if found is None:
        raise NotThere(Message(N_("There is no such group in the cluster.")))
    return found


def _check_seat(group: ClusterGroup, facts: SeatFacts) -> None:
    on = facts.start_on
    if on < group.start_on or (group.end_on and on >= group.end_on):
        raise GroupNotThen(
            Message(N_("The group does not exist on that day.")),
            why=Message(N_("It begins on: %(day)s."), {"day": group.start_on}),
            next_step=Message(N_("Choose a day in its life.")),
        )
    members = memberships_on(on).filter(cluster=group.cluster)
    if facts.school and not members.filter(school=facts.school).exists():
        raise SchoolNotInCluster(
            Message(
                N_("This school is not in the cluster on that day: %(school)s."),
                {"school": str(facts.school)},
            ),
            next_step=Message(N_("Choose a school of the cluster, or another day.")),
        )
    sits = group.members.filter(school=facts.school, name__iexact=facts.name.strip())
    if sits.filter(Q(end_on__isnull=True) | Q(end_on__gt=on)).exists():
        raise SitsThereAlready(
            Message(N_("The same person is in this group already.")),
            next_step=Message(N_("End the earlier seat first if something about it has changed.")),
        )


def _name_taken() -> Problem:
    return GroupNameTaken(
        Message(N_("Another group of this cluster has this name.")),
        next_step=Message(N_("Choose another name, or end the other group first.")),
    )


def _has_chair() -> Problem:
    return GroupHasChair(
        Message(N_("The group has a chair for part of that time.")),
        next_step=Message(N_("End the other’s seat first, or add this one without the chair.")),
    )


SAID = {
    "cluster_group_name_once": _name_taken,
    "cluster_group_one_chair": _has_chair,
    "cluster_group_ends_after_start": ends_before_it_starts,
}


def _record(
    person: Person,
    group: ClusterGroup,
    verb: str,
    text: str,
    on: dt.date,
    details: dict[str, int] | None = None,
) -> None:
    summary = Message(text, {"group": str(group), "day": on})
    told = {"group": group.pk, **(details or {})}
    record(actor=person, verb=verb, subject=group.cluster, summary=summary, details=told)
