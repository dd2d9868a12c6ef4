"""What a programme wants its clusters to improve, in order."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.clusters.models import Programme, ProgrammePriority
from clusterwork.clusters.permissions import programme_for
from clusterwork.kernel.errors import NotThere, Problem
from clusterwork.kernel.messages import N_, Message

MOST = 20


class TooManyPriorities(Problem):
    """So many priorities that none is one."""


class PriorityTwice(Problem):
    """The programme has this priority already."""


@transaction.atomic
def add_priority(
    *, person: Person, day: dt.date, pk: int, text: str, text_cy: str = ""
) -> ProgrammePriority:
    """The last of the list.

    Raises `NotThere`, `NotAllowed`, `TooManyPriorities`, `PriorityTwice`.
    """
    programme = _locked(person, day, pk)
    held = list(programme.priorities.all())
    if len(held) >= MOST:
        raise TooManyPriorities(
            Message(N_("The programme has twenty priorities, and that is the most.")),
            next_step=Message(N_("Remove one first, or put two into one.")),
        )
    _check_new(held, text)
    place = held[-1].place + 1 if held else 1
    made = ProgrammePriority.objects.create(
        programme=programme, place=place, text=text, text_cy=text_cy
    )
    _record(person, made, "priority.add", N_("Added a priority: %(text)s."))
    return made


@transaction.atomic
def change_priority(
    *, person: Person, day: dt.date, pk: int, priority_pk: int, text: str, text_cy: str = ""
) -> ProgrammePriority:
    """Other words in the same place. Raises `NotThere`, `NotAllowed`, `PriorityTwice`."""
    programme = _locked(person, day, pk)
    held = priority_of(programme, priority_pk)
    _check_new([each for each in programme.priorities.all() if each.pk != held.pk], text)
    held.text, held.text_cy = text, text_cy
    held.save()
    _record(person, held, "priority.change", N_("Changed a priority: %(text)s."))
    return held


@transaction.atomic
def remove_priority(*, person: Person, day: dt.date, pk: int, priority_pk: int) -> None:
    """Takes it off the list. Raises `NotThere`, `NotAllowed`."""
    held = priority_of(_locked(person, day, pk), priority_pk)
    _record(person, held, "priority.remove", N_("Removed a priority: %(text)s."))
    held.delete()


@transaction.atomic
def move_priority_up(*, person: Person, day: dt.date, pk: int, priority_pk: int) -> None:
    """Before the one above it; the first stays first. Raises `NotThere`, `NotAllowed`."""
    programme = _locked(person, day, pk)
    held = priority_of(programme, priority_pk)
    ordered = [each for each in programme.priorities.all() if each.pk != held.pk]
    at = sum(each.place < held.place for each in ordered)
    ordered.insert(max(at - 1, 0), held)
    for place, each in enumerate(ordered, 1):
        each.place = place
    ProgrammePriority.objects.bulk_update(ordered, ["place"])
    _record(person, held, "priority.move", N_("Moved a priority up: %(text)s."))


def _locked(person: Person, day: dt.date, pk: int) -> Programme:
    programme = programme_for(person, pk, day)
    return Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)


def priority_of(programme: Programme, pk: int) -> ProgrammePriority:
    """The programme's priority. Raises `NotThere`."""
    found = programme.priorities.filter(pk=pk).first()
    if found is None:
        raise NotThere(Message(N_("This priority has been removed already.")))
    return found


def _check_new(others: list[ProgrammePriority], text: str) -> None:
    if any(each.text.casefold() == text.casefold() for each in others):
        raise PriorityTwice(
            Message(N_("The programme has this priority already.")),
            next_step=Message(N_("Write another one, or change the one that is there.")),
        )


def _record(person: Person, priority: ProgrammePriority, verb: str, text: str) -> None:
    record(
        actor=person,
        verb=verb,
        subject=priority.programme,
        summary=Message(text, {"text": priority.text}),
        details={"place": priority.place, "text": priority.text, "text_cy": priority.text_cy},
    )
