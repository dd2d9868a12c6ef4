"""Gives and ends roles."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import override

from clusterwork.accounts import rules
from clusterwork.accounts.models import Person, Role
from clusterwork.accounts.permissions.people import Place, may_end, may_give
from clusterwork.accounts.selectors.roles import is_on
from clusterwork.audit.services import Actor, record
from clusterwork.kernel.errors import NotAllowed, Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.models import Organisation, School


class RoleDoesNotStandHere(Problem):
    """A kind of role that a school has none of, or an organisation."""


class HoldsItAlready(Problem):
    """The person has this very role already."""


class RoleIsOver(Problem):
    """The role ended before."""


class NobodyWouldRemain(Problem):
    """The last programme officer of an organisation."""


def is_at(place: Place) -> dict[str, Place]:
    """The key and value that place a role or an invitation: `organisation` or `school`."""
    return {"organisation": place} if isinstance(place, Organisation) else {"school": place}


def check_fits(kind: str, place: Place) -> None:
    """Raises `RoleDoesNotStandHere` for, say, a headteacher of an authority."""
    if not rules.fits(kind, in_school=isinstance(place, School)):
        raise RoleDoesNotStandHere(
            Message(N_("This role does not exist there.")),
            next_step=Message(N_("Choose another role, or another school or organisation.")),
        )


def check_may_give(person: Person, kind: str, place: Place, day: dt.date) -> None:
    """Raises `RoleDoesNotStandHere`, and `NotAllowed` with who can."""
    check_fits(kind, place)
    if not may_give(person, kind, place, day):
        raise NotAllowed(
            Message(N_("You may not give this role there.")),
            next_step=Message(
                N_(
                    "The programme officer of the organisation can; of a school also its "
                    "headteacher, except for the headteacher’s own role."
                )
            ),
        )


@transaction.atomic
def grant_role(*, to: Person, kind: str, place: Place, start_on: dt.date, by: Actor | None) -> Role:
    """A role from `start_on` on. Whoever may give it was asked before: accepting an invitation
    and the command line call this. Raises `RoleDoesNotStandHere`, `HoldsItAlready`."""
    check_fits(kind, place)
    Person.objects.select_for_update().get(pk=to.pk)
    held = Role.objects.filter(is_on(start_on), person=to, kind=kind, **is_at(place))
    if held.exists():
        raise HoldsItAlready(Message(N_("The person has this role already.")))
    role = Role.objects.create(person=to, kind=kind, start_on=start_on, **is_at(place))
    _record(role, by, "accounts.grant_role", N_("Got a role: %(role)s, %(place)s, from %(day)s"))
    return role


@transaction.atomic
def end_role(*, role: Role, by: Person, today: dt.date) -> Role:
    """Ends `role` with the day before `today`: from today it no longer holds.

    Raises `NotAllowed`, `RoleIsOver`, `NobodyWouldRemain`.
    """
    locked = Role.objects.select_for_update().get(pk=role.pk)
    if not may_end(by, locked, today):
        raise NotAllowed(
            Message(N_("You may not end this role.")),
            next_step=Message(N_("The programme officer of the organisation can.")),
        )
    if locked.end_on and locked.end_on <= today:
        raise RoleIsOver(Message(N_("This role ended before.")))
    _check_somebody_remains(locked, today)
    locked.end_on = max(today, locked.start_on)
    locked.save(update_fields=("end_on",))
    _record(locked, by, "accounts.end_role", N_("Lost a role: %(role)s, %(place)s, from %(day)s"))
    return locked


def _check_somebody_remains(role: Role, today: dt.date) -> None:
    if role.kind != Role.Kind.PROGRAMME_OFFICER:
        return
    officers = Role.objects.select_for_update().filter(
        is_on(today), kind=role.kind, organisation=role.organisation
    )
    if not any(other.pk != role.pk for other in officers):
        raise NobodyWouldRemain(
            Message(N_("This is the last programme officer of the organisation.")),
            next_step=Message(N_("Invite another first; then this role can end.")),
        )


def _record(role: Role, by: Actor | None, verb: str, summary: str) -> None:
    """On the person's own record; the kind in English, to be looked up when shown."""
    day = role.end_on or role.start_on
    kind, place = english_label(role.kind), str(role.organisation or role.school)
    record(
        actor=by,
        verb=verb,
        subject=role.person,
        summary=Message(summary, {"role": kind, "place": place, "day": day}),
        details={"role": role.pk, "kind": role.kind, "day": day.isoformat()},
    )


def english_label(kind: str) -> str:
    """The label of a kind of role as the catalogue knows it; whoever shows it looks it up."""
    with override("en-gb"):
        return str(Role.Kind(kind).label)
