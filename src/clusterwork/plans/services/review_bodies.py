"""The bodies that review plans and the questions they ask, named by officers or made as usual."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext, override

from clusterwork.clusters.models import Programme
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
