"""Saying who heads a school from when on, and how; correcting it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from clusterwork.accounts.models import Person
from clusterwork.accounts.selectors.people import person_by_email
from clusterwork.audit.services import record
from clusterwork.clusters.models import Headship
from clusterwork.clusters.permissions.headships import (
    check_may_say_who_heads,
    headship_to_change,
)
from clusterwork.clusters.services.appointing import check_period, check_school_open, shown_end
from clusterwork.clusters.services.refusals import in_words
from clusterwork.kernel.errors import NotThere, Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.models import School

Kind = Headship.Kind


class HeadNotSaid(Problem):
    """A headship that is not vacant, without a name."""


class HeadTwice(Problem):
    """The school has a headship for part of that time."""


class HeadsAlready(Problem):
    """The same person heads the school in the same way already."""


class HeadAnswered(Problem):
    """A headship that never was, whose head has answered a cluster."""


class NoSchoolChosen(Problem):
    """An executive head of no school."""


@dataclass(frozen=True)
class HeadshipFacts:
    """What the form asks for; [start_on, end_on), without an end until further notice."""

    kind: str
    start_on: dt.date
    end_on: dt.date | None = None
    name: str = ""
    email: str = ""


@transaction.atomic
def begin_headship(
    *, person: Person, day: dt.date, schools: Sequence[School], facts: HeadshipFacts
) -> list[Headship]:
    """The headship of each school from a day on; the one that holds then ends on that day.

    A vacant headship names nobody; an executive head heads several schools.
    Raises `NotAllowed`, `NoSchoolChosen`, `HeadNotSaid`, `EndsBeforeItStarts`, `SchoolHasClosed`,
    `HeadsAlready`, `HeadTwice`; then nothing has changed.
    """
    if not schools:
        raise NoSchoolChosen(
            Message(N_("No school is chosen.")), next_step=Message(N_("Choose at least one."))
        )
    check_may_say_who_heads(person, schools, day)
    _lock(schools)
    _check_facts(facts)
    return [_begin(person, school, facts) for school in schools]


@transaction.atomic
def correct_headship(*, person: Person, day: dt.date, pk: int, facts: HeadshipFacts) -> Headship:
    """The headship as it truly was. Raises `NotThere` and what `begin_headship` raises."""
    headship = _locked(person, day, pk)
    _check_facts(facts)
    check_school_open(headship.school, facts.start_on)
    other = _overlapping(headship.school, facts).exclude(pk=pk).first()
    if other is not None:
        raise _head_twice(other)
    before = _plain(headship)
    for column, value in _columns(facts).items():
        setattr(headship, column, value)
    _kept(headship)
    _record(
        person,
        headship,
        "headship.correct",
        N_("Corrected who heads it: %(name)s, from %(day)s."),
        before,
    )
    return headship


@transaction.atomic
def take_back_headship(*, person: Person, day: dt.date, pk: int) -> None:
    """Removes a headship that never was. Raises `NotThere`, `NotAllowed`, `HeadAnswered`."""
    headship = _locked(person, day, pk)
    if headship.affirmations.exists():
        raise HeadAnswered(
            Message(N_("Whoever holds this headship has answered a cluster as its new head.")),
            next_step=Message(N_("End the headship, or correct its days or name.")),
        )
    text = N_("Removed a headship that never was: %(name)s, from %(day)s.")
    _record(person, headship, "headship.take_back", text, _plain(headship))
    headship.delete()


def _begin(person: Person, school: School, facts: HeadshipFacts) -> Headship:
    check_school_open(school, facts.start_on)
    _end_running(school, facts)
    other = _overlapping(school, facts).first()
    if other is not None:
        raise _head_twice(other)
    headship = _kept(Headship(school=school, **_columns(facts)))
    _record(person, headship, "headship.begin", N_("Said who heads it: %(name)s, from %(day)s."))
    return headship


def _end_running(school: School, facts: HeadshipFacts) -> None:
    """Hands over: what goes on without an end when the new headship starts, ends there."""
    running = Headship.objects.filter(
        school=school, start_on__lt=facts.start_on, end_on__isnull=True
    ).first()
    if running is None:
        return
    if (running.kind, running.name.casefold()) == (facts.kind, facts.name.casefold()):
        raise HeadsAlready(
            Message(N_("The headship is so already: %(school)s."), {"school": str(school)}),
            why=Message(N_("Since: %(day)s."), {"day": running.start_on.isoformat()}),
            next_step=Message(N_("Correct that headship if its dates are wrong.")),
        )
    running.end_on = facts.start_on
    running.save()


def _overlapping(school: School, facts: HeadshipFacts) -> QuerySet[Headship]:
    found = Headship.objects.filter(school=school)
    found = found.filter(Q(end_on__isnull=True) | Q(end_on__gt=facts.start_on))
    return found.filter(start_on__lt=facts.end_on) if facts.end_on else found


def _check_facts(facts: HeadshipFacts) -> None:
    check_period(facts.start_on, facts.end_on)
    if facts.kind != Kind.VACANT and not (facts.name or facts.email):
        raise HeadNotSaid(
            Message(N_("It is not said who heads the school.")),
            next_step=Message(N_("Write the name, or choose that the headship is vacant.")),
        )


def _columns(facts: HeadshipFacts) -> dict[str, Any]:
    """The columns of the model; whoever has a sign-in under the address is linked."""
    dates = {"kind": facts.kind, "start_on": facts.start_on, "end_on": facts.end_on}
    if facts.kind == Kind.VACANT:
        return {**dates, "person": None, "name": ""}
    person = person_by_email(facts.email) if facts.email else None
    return {**dates, "person": person, "name": facts.name or str(person or facts.email)}


def _kept(headship: Headship) -> Headship:
    with in_words({"headship_one_at_a_time": _head_twice}):
        headship.save()
    return headship


def _head_twice(other: Headship | None = None) -> HeadTwice:
    end = other.end_on if other else None
    told = {
        "name": (other.name if other else "") or "–",
        "start": other.start_on.isoformat() if other else "–",
        "end": shown_end(end),
    }
    return HeadTwice(
        Message(N_("The school has a headship for part of that time, and there is one at a time.")),
        why=Message(N_("Headed by: %(name)s, from %(start)s until: %(end)s."), told),
        next_step=Message(N_("Correct the dates of that headship first, or choose others.")),
    )


def _lock(schools: Sequence[School]) -> None:
    """One change of these schools' headships at a time, in the order of their numbers."""
    pks = [school.pk for school in schools]
    list(School.objects.select_for_update().filter(pk__in=pks).order_by("pk").values_list("pk"))


def _locked(person: Person, day: dt.date, pk: int) -> Headship:
    _lock([headship_to_change(person, pk, day).school])
    found = Headship.objects.select_related("school").filter(pk=pk).first()
    if found is None:
        raise NotThere(Message(N_("There is no such headship any more.")))
    return found


def _plain(headship: Headship) -> dict[str, str]:
    names = ("kind", "name", "start_on", "end_on")
    return {name: str(getattr(headship, name) or "") for name in names}


def _record(
    person: Person, headship: Headship, verb: str, text: str, before: dict[str, str] | None = None
) -> None:
    """On the school's record."""
    details = {"headship": headship.pk, **_plain(headship), "before": before or {}}
    told = {"name": headship.name or "–", "day": headship.start_on.isoformat()}
    record(
        actor=person,
        verb=verb,
        subject=headship.school,
        summary=Message(text, told),
        details=details,
    )
