"""The groups that stand beside a programme, and who sits in them from when until when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from clusterwork.accounts.models import Person
from clusterwork.accounts.selectors.people import person_by_email
from clusterwork.audit.services import record
from clusterwork.clusters.models import GroupMember, Programme, ProgrammeGroup
from clusterwork.clusters.permissions import programme_for
from clusterwork.clusters.rules.spans import Span, overlap
from clusterwork.clusters.services.programmes import NameTaken
from clusterwork.clusters.services.refusals import ends_before_it_starts
from clusterwork.kernel.errors import NotThere, Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.models import School


class SitsThereAlready(Problem):
    """The same person sits in the group for part of that time."""


class NobodySignsIn(Problem):
    """The address is nobody's."""


class HasLeftAlready(Problem):
    """The member's time in the group is over, and the past stays as it was."""


@dataclass(frozen=True)
class MemberFacts:
    """Who sits in a group over [start_on, end_on); `email` is empty without a sign-in."""

    name: str
    start_on: dt.date
    end_on: dt.date | None = None
    email: str = ""
    school: School | None = None
    speaks_for: str = ""


@transaction.atomic
def make_group(
    *, person: Person, day: dt.date, pk: int, kind: str, name: str, name_cy: str = ""
) -> ProgrammeGroup:
    """A group without members. Raises `NotThere`, `NotAllowed`, `NameTaken`."""
    programme = _locked(person, day, pk)
    _check_name(programme, name)
    made = ProgrammeGroup.objects.create(programme=programme, kind=kind, name=name, name_cy=name_cy)
    _record(person, made, "group.make", N_("Made a group: %(name)s."), name)
    return made


@transaction.atomic
def change_group(
    *,
    person: Person,
    day: dt.date,
    pk: int,
    group_pk: int,
    kind: str,
    name: str,
    name_cy: str = "",
) -> ProgrammeGroup:
    """The group under another name or kind. Raises `NotThere`, `NotAllowed`, `NameTaken`."""
    programme = _locked(person, day, pk)
    group = group_of(programme, group_pk)
    _check_name(programme, name, but=group.pk)
    group.kind, group.name, group.name_cy = kind, name, name_cy
    group.save()
    _record(person, group, "group.change", N_("Changed a group: %(name)s."), name)
    return group


@transaction.atomic
def add_member(
    *, person: Person, day: dt.date, pk: int, group_pk: int, facts: MemberFacts
) -> GroupMember:
    """Somebody joins the group.

    Raises `NotThere`, `NotAllowed`, `EndsBeforeItStarts`, `NobodySignsIn`, `SitsThereAlready`.
    """
    group = group_of(_locked(person, day, pk), group_pk)
    if facts.end_on is not None and facts.end_on <= facts.start_on:
        raise ends_before_it_starts()
    made = GroupMember(
        group=group,
        person=_signed_in_as(facts.email),
        name=facts.name,
        school=facts.school,
        speaks_for=facts.speaks_for,
        start_on=facts.start_on,
        end_on=facts.end_on,
    )
    _check_once(made)
    made.save()
    _record(
        person, group, "group.join", N_("Joined a group: %(name)s. Group: %(group)s."), made.name
    )
    return made


@transaction.atomic
def end_member(
    *, person: Person, day: dt.date, pk: int, member_pk: int, on: dt.date
) -> GroupMember:
    """The member sits there no longer from `on`.

    Raises `NotThere`, `NotAllowed`, `EndsBeforeItStarts`, `HasLeftAlready`.
    """
    programme = _locked(person, day, pk)
    member = member_of(programme, member_pk)
    if member.end_on and member.end_on <= day:
        raise HasLeftAlready(
            Message(N_("This member has left already, and what is past stays as it was.")),
            next_step=Message(N_("Add the member again if they have come back.")),
        )
    if on <= member.start_on:
        raise ends_before_it_starts()
    member.end_on = on
    member.save(update_fields=["end_on"])
    text = N_("Leaves a group: %(name)s. Group: %(group)s.")
    _record(person, member.group, "group.leave", text, member.name)
    return member


def group_of(programme: Programme, pk: int) -> ProgrammeGroup:
    """The programme's group. Raises `NotThere`."""
    found = programme.groups.filter(pk=pk).first()
    if found is None:
        raise NotThere(Message(N_("There is no such group in this programme.")))
    return found


def member_of(programme: Programme, pk: int) -> GroupMember:
    """The member of one of the programme's groups. Raises `NotThere`."""
    members = GroupMember.objects.filter(group__programme=programme)
    found = members.select_related("group__programme").filter(pk=pk).first()
    if found is None:
        raise NotThere(Message(N_("There is no such member of a group.")))
    return found


def _locked(person: Person, day: dt.date, pk: int) -> Programme:
    programme = programme_for(person, pk, day)
    return Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)


def _check_name(programme: Programme, name: str, but: int = 0) -> None:
    if programme.groups.filter(name=name).exclude(pk=but).exists():
        raise NameTaken(
            Message(N_("Another group of this programme has this name.")),
            next_step=Message(N_("Choose another name.")),
        )


def _signed_in_as(email: str) -> Person | None:
    if not email.strip():
        return None
    found = person_by_email(email)
    if found is None:
        raise NobodySignsIn(
            Message(N_("Nobody signs in with this address: %(email)s."), {"email": email}),
            next_step=Message(N_("Leave the address empty, or invite the person first.")),
        )
    return found


def _check_once(new: GroupMember) -> None:
    """The same sign-in, or without one the same name, once at a time."""
    same = {"person": new.person} if new.person else {"person": None, "name": new.name}
    span = Span(new.start_on, new.end_on)
    for held in GroupMember.objects.filter(group=new.group, **same):
        if overlap(span, Span(held.start_on, held.end_on)):
            raise SitsThereAlready(
                Message(
                    N_("This member sits in the group for part of that time already: %(name)s."),
                    {"name": held.name},
                ),
                next_step=Message(N_("Choose days that do not overlap.")),
            )


def _record(person: Person, group: ProgrammeGroup, verb: str, text: str, name: str) -> None:
    record(
        actor=person,
        verb=verb,
        subject=group.programme,
        summary=Message(text, {"group": group.name, "name": name}),
    )
