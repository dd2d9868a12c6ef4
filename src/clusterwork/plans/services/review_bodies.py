"""The bodies that review plans and the questions they ask, named by officers or made as usual."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext, override

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.clusters.models import Programme, ProgrammeGroup
from clusterwork.clusters.permissions import programme_for
from clusterwork.kernel.errors import NotThere, Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.plans.models import ChecklistItem, Plan, ReviewBody
from clusterwork.plans.rules.usual_questions import USUAL_QUESTIONS
from clusterwork.plans.selectors.reviews import (
    named_bodies,
    organisations_without_bodies,
    programmes_of,
)
from clusterwork.registry.models import Organisation

OFFICERS = N_("Programme officers: %(organisation)s")


def bodies_for(plan: Plan, day: dt.date) -> list[ReviewBody]:
    """The bodies that review the plan; those of officers are made where there are none yet."""
    programmes = list(programmes_of(plan.cluster, day))
    _with_usual_questions(programmes)
    organisations = organisations_without_bodies(plan.cluster, day)
    return [*named_bodies(programmes), *map(_officers_of, organisations)]


def _officers_of(organisation: Organisation) -> ReviewBody:
    found = ReviewBody.objects.filter(organisation=organisation, ended_at__isnull=True).first()
    return found or ReviewBody.objects.create(
        organisation=organisation,
        name=_in("en-gb", OFFICERS, organisation),
        name_cy=_in("cy", OFFICERS, organisation),
    )


def _in(language: str, text: str, organisation: Organisation) -> str:
    with override(language):
        return Message(text, {"organisation": str(organisation)}).translated(gettext)[:200]


def _with_usual_questions(programmes: Iterable[Programme]) -> None:
    for programme in programmes:
        if not ChecklistItem.objects.filter(programme=programme).exists():
            take_usual_questions(programme)


def take_usual_questions(programme: Programme) -> None:
    """The questions that a programme starts with, in both languages."""
    ChecklistItem.objects.bulk_create(
        ChecklistItem(programme=programme, place=place, text=text, text_cy=_welsh(text))
        for place, text in enumerate(USUAL_QUESTIONS, start=1)
    )


def _welsh(text: str) -> str:
    with override("cy"):
        return gettext(text)


class NamedAlready(Problem):
    """The group reviews the programme's plans already."""


class NoName(Problem):
    """A body that nobody could call by a name."""


@transaction.atomic
def name_body(
    *,
    person: Person,
    day: dt.date,
    pk: int,
    turn: int,
    group: ProgrammeGroup | None = None,
    name: str = "",
    name_cy: str = "",
) -> ReviewBody:
    """A body that reviews the plans of programme `pk` that are sent from now on.

    Raises `NotThere`, `NotAllowed`, `NamedAlready`, `NoName`.
    """
    programme = programme_for(person, pk, day)
    Programme.objects.select_for_update().get(pk=pk)
    if named_bodies([programme]).filter(group=group).exists():
        raise NamedAlready(
            Message(N_("It reviews the plans of this programme already.")),
            next_step=Message(N_("Choose another group, or end its part first.")),
        )
    if not (name.strip() or group):
        raise NoName(
            Message(N_("The body has no name.")),
            next_step=Message(N_("Write what letters and pages are to call it.")),
        )
    made = ReviewBody.objects.create(
        programme=programme,
        turn=turn,
        group=group,
        name=name.strip() or (group.name if group else ""),
        name_cy=name_cy.strip() or (group.name_cy if group else ""),
    )
    _note(person, programme, "review.body", N_("Named a body that reviews plans: %(name)s."), made)
    return made


@transaction.atomic
def end_body(
    *, person: Person, day: dt.date, now: dt.datetime, pk: int, body_pk: int
) -> ReviewBody:
    """The body reviews no plan that is sent after now. Raises `NotThere`, `NotAllowed`."""
    programme = programme_for(person, pk, day)
    found = named_bodies([programme]).filter(pk=body_pk).first()
    if found is None:
        raise NotThere(Message(N_("There is no such body any more.")))
    found.ended_at = now
    found.save(update_fields=["ended_at"])
    text = N_("Ended the part of a body that reviews plans: %(name)s.")
    _note(person, programme, "review.body_end", text, found)
    return found


@transaction.atomic
def ask_question(
    *, person: Person, day: dt.date, pk: int, text: str, text_cy: str = "", place: int = 0
) -> ChecklistItem:
    """A question of the checklist of programme `pk`. Raises `NotThere`, `NotAllowed`, `NoName`."""
    programme = programme_for(person, pk, day)
    if not text.strip():
        raise NoName(
            Message(N_("The question has no words.")), next_step=Message(N_("Write the question."))
        )
    made = ChecklistItem.objects.create(
        programme=programme, place=place, text=text.strip(), text_cy=text_cy.strip()
    )
    _note(person, programme, "review.question", N_("Added to the checklist: %(name)s."), made)
    return made


@transaction.atomic
def start_checklist(*, person: Person, day: dt.date, pk: int) -> None:
    """The usual questions, where the programme never had one. Raises `NotThere`, `NotAllowed`."""
    programme = programme_for(person, pk, day)
    _with_usual_questions([programme])
    _note(person, programme, "review.questions", N_("Took the usual checklist."), programme)


@transaction.atomic
def end_question(
    *, person: Person, day: dt.date, now: dt.datetime, pk: int, item_pk: int
) -> ChecklistItem:
    """The question is not asked any more; what was answered stays. Raises as `end_body`."""
    programme = programme_for(person, pk, day)
    held = ChecklistItem.objects.filter(programme=programme, ended_at__isnull=True)
    found = held.filter(pk=item_pk).first()
    if found is None:
        raise NotThere(Message(N_("There is no such question any more.")))
    found.ended_at = now
    found.save(update_fields=["ended_at"])
    _note(person, programme, "review.question_end", N_("Took from the checklist: %(name)s."), found)
    return found


def _note(person: Person, programme: Programme, verb: str, text: str, about: object) -> None:
    summary = Message(text, {"name": str(about)})
    record(actor=person, verb=verb, subject=programme, summary=summary)
