"""Decisions about two schools that every proposal keeps: made and taken back."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.clusters.models import Formation, Lock
from clusterwork.clusters.permissions import formation_for
from clusterwork.clusters.services.unconfirmed import locked_formation
from clusterwork.kernel.errors import NotThere, Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.models import School


class LockNotPossible(Problem):
    """The decision names one school twice, a school that was not chosen, or an earlier one."""


@transaction.atomic
def add_lock(
    *,
    person: Person,
    day: dt.date,
    pk: int,
    kind: str,
    school: School,
    other: School,
    because: str,
) -> Lock:
    """A decision about two chosen schools.

    Raises `NotThere`, `NotAllowed`, `ConfirmedAlready`, `LockNotPossible`.
    """
    formation = formation_for(person, pk, day)
    locked_formation(pk)
    _check_pair(formation, kind, school, other)
    lock = Lock.objects.create(
        formation=formation, kind=kind, school=school, other=other, because=because, made_by=person
    )
    _record(person, formation, lock, N_("Added a decision. %(lock)s"), "lock.add")
    return lock


@transaction.atomic
def remove_lock(*, person: Person, day: dt.date, pk: int, lock_pk: int) -> None:
    """Takes a decision back. Raises `NotThere`, `NotAllowed`, `ConfirmedAlready`."""
    formation = formation_for(person, pk, day)
    locked_formation(pk)
    lock = formation.locks.select_related("school", "other").filter(pk=lock_pk).first()
    if lock is None:
        raise NotThere(Message(N_("This decision has been taken back already.")))
    _record(person, formation, lock, N_("Took a decision back. %(lock)s"), "lock.remove")
    lock.delete()


def _record(person: Person, formation: Formation, lock: Lock, text: str, verb: str) -> None:
    record(
        actor=person,
        verb=verb,
        subject=formation,
        summary=Message(text, {"lock": str(lock)}),
        details={"kind": lock.kind, "schools": [lock.school_id, lock.other_id]},
    )


def _check_pair(formation: Formation, kind: str, school: School, other: School) -> None:
    if school.pk == other.pk:
        raise LockNotPossible(
            Message(N_("Both schools are the same one.")),
            next_step=Message(N_("Choose two different schools.")),
        )
    if formation.chosen.filter(school__in=(school.pk, other.pk)).count() < 2:
        raise LockNotPossible(
            Message(N_("One of the two schools does not take part in this exercise.")),
            next_step=Message(N_("Choose it first, or choose another school here.")),
        )
    same = formation.locks.filter(
        Q(school=school, other=other) | Q(school=other, other=school)
    ).first()
    if same is not None:
        raise LockNotPossible(
            Message(N_("There is a decision about these two schools already.")),
            why=Message(N_("It says: %(lock)s."), {"lock": str(same)}),
            next_step=Message(N_("Take it back first if it has changed.")),
        )
    if kind == Lock.Kind.FIXED:
        _check_hub(formation, school, other)


def _check_hub(formation: Formation, school: School, hub: School) -> None:
    fixed = formation.locks.filter(kind=Lock.Kind.FIXED, school=school).first()
    if fixed is not None:
        raise LockNotPossible(
            Message(N_("The school is fixed to a hub already.")),
            why=Message(N_("It says: %(lock)s."), {"lock": str(fixed)}),
            next_step=Message(N_("Take it back first if it has changed.")),
        )
