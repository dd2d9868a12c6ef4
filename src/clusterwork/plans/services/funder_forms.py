"""A funder's own form: set up once, filled from the plan, the rest answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.kernel.errors import NotThere, Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.plans.models import FunderAnswer, FunderForm, Plan, Reuse
from clusterwork.plans.papers.funder_form import SOURCES, Filled, filled_in, questions_of
from clusterwork.plans.permissions.plans import plan_to_write
from clusterwork.plans.rules.content import content_of
from clusterwork.plans.selectors.funder_forms import forms_for
from clusterwork.plans.selectors.plans import whole_plan

MOST_QUESTIONS, MOST_WORDS = 60, 20_000


class NoName(Problem):
    """A form or a question without words."""


class TooManyQuestions(Problem):
    """More questions than a form holds."""


class AnswerTooLong(Problem):
    """An answer longer than the funder takes."""


class SetUpByOfficers(Problem):
    """A form of a programme, whose questions only its officers change."""


@transaction.atomic
def make_form(
    *, person: Person, now: dt.datetime, plan_pk: int, name: str, name_cy: str = ""
) -> FunderForm:
    """A form for plans of the cluster's organisation. Raises `NotThere`, `NotAllowed`, `NoName`."""
    plan = plan_to_write(person, plan_pk, timezone.localdate(now))
    made = FunderForm.objects.create(
        organisation=plan.cluster.organisation,
        name=named(name),
        name_cy=name_cy.strip(),
        made_by=person,
    )
    _note(person, plan, "form.make", N_("Set up a funder’s form: %(name)s."), made)
    return made


@transaction.atomic
def add_question(
    *,
    person: Person,
    now: dt.datetime,
    plan_pk: int,
    form_pk: int,
    label: str,
    label_cy: str = "",
    source: str = "",
    limit: int | None = None,
) -> FunderForm:
    """Adds a question at the end.

    Raises `NotThere`, `NotAllowed`, `SetUpByOfficers`, `NoName`, `TooManyQuestions`.
    """
    plan = plan_to_write(person, plan_pk, timezone.localdate(now))
    form = _form_to_change(plan, form_pk)
    put_question(form, label=label, label_cy=label_cy, source=source, limit=limit)
    _note(person, plan, "form.question", N_("Added a question to the form: %(name)s."), form)
    return form


def put_question(
    form: FunderForm, *, label: str, label_cy: str, source: str, limit: int | None
) -> None:
    """Puts a question at the end of a locked form. Raises `NoName`, `TooManyQuestions`."""
    if len(form.questions) >= MOST_QUESTIONS:
        raise TooManyQuestions(
            Message(N_("The form has as many questions as it can hold: %(n)s."),
                    {"n": MOST_QUESTIONS}),
            next_step=Message(N_("Take one away first, or set up a second form.")),
        )  # fmt: skip
    words = named(label)
    form.questions.append(
        {
            "key": _key(words, {each["key"] for each in form.questions}),
            "label": words,
            "label_cy": label_cy.strip(),
            "source": source if source in SOURCES else "",
            "limit": limit or 0,
        }
    )
    form.save(update_fields=["questions"])


@transaction.atomic
def take_question_away(
    *, person: Person, now: dt.datetime, plan_pk: int, form_pk: int, key: str
) -> FunderForm:
    """Takes a question away; what was answered to it stays.

    Raises `NotThere`, `NotAllowed`, `SetUpByOfficers`.
    """
    plan = plan_to_write(person, plan_pk, timezone.localdate(now))
    form = _form_to_change(plan, form_pk)
    form.questions = [each for each in form.questions if each["key"] != key]
    form.save(update_fields=["questions"])
    _note(person, plan, "form.unquestion", N_("Took a question from the form: %(name)s."), form)
    return form


@transaction.atomic
def answer_form(
    *, person: Person, now: dt.datetime, plan_pk: int, form_pk: int, answers: Mapping[str, str]
) -> list[Filled]:
    """Keeps the answers to what the plan does not say, and counts what it filled.

    Raises `NotThere`, `NotAllowed`, `AnswerTooLong`.
    """
    plan = plan_to_write(person, plan_pk, timezone.localdate(now))
    form = locked_form(plan, form_pk)
    for question in questions_of(form.questions):
        text = answers.get(question.key, "").strip()
        _check_length(text, question.limit or MOST_WORDS, question.words)
        if question.key in answers:
            FunderAnswer.objects.update_or_create(
                form=form, plan=plan, key=question.key, defaults={"text": text, "by": person}
            )
    found = filled_form(form, plan)
    _count(plan, form, found)
    _note(person, plan, "form.answer", N_("Answered the form: %(name)s."), form)
    return found


def filled_form(
    form: FunderForm, plan: Plan, content: Mapping[str, Any] | None = None
) -> list[Filled]:
    """The form as the plan and the answers fill it now; `content` where it is at hand."""
    answers = dict(FunderAnswer.objects.filter(form=form, plan=plan).values_list("key", "text"))
    told = content or content_of(whole_plan(plan))
    return filled_in(questions_of(form.questions), told, answers)


def locked_form(plan: Plan, pk: int) -> FunderForm:
    """A form that the plan finds, under lock. Raises `NotThere`."""
    found = forms_for(plan).select_for_update(of=("self",)).filter(pk=pk).first()
    if found is None:
        raise NotThere(Message(N_("There is no such form.")))
    return found


def _form_to_change(plan: Plan, pk: int) -> FunderForm:
    """The same where clusters set it up themselves. Raises `NotThere`, `SetUpByOfficers`."""
    form = locked_form(plan, pk)
    if form.programme is not None:
        raise SetUpByOfficers(
            Message(N_("The programme’s officers set up this form: %(name)s."),
                    {"name": str(form)}),
            why=Message(N_("Other clusters of the programme fill in the same questions.")),
            next_step=Message(N_("Ask them to change it, or set up a form of your own.")),
        )  # fmt: skip
    return form


def named(text: str) -> str:
    """The words without blanks around them. Raises `NoName`."""
    if not text.strip():
        raise NoName(
            Message(N_("It has no words.")),
            next_step=Message(N_("Write what it is called or asks.")),
        )
    return text.strip()


def _key(words: str, taken: set[str]) -> str:
    start = slugify(words)[:50] or "question"
    return next(key for n in range(len(taken) + 1) if (key := f"{start}-{n}") not in taken)


def _check_length(text: str, most: int, words: str) -> None:
    if len(text) > most:
        raise AnswerTooLong(
            Message(N_("This answer is too long: %(n)s characters."), {"n": len(text)}),
            why=Message(N_("At most %(n)s characters are taken for: %(question)s"),
                        {"n": most, "question": words}),
            next_step=Message(N_("Shorten it.")),
        )  # fmt: skip


def _count(plan: Plan, form: FunderForm, found: list[Filled]) -> None:
    Reuse.objects.bulk_create(
        [
            Reuse(
                cluster=plan.cluster,
                form=f"funder:{form.pk}:{plan.pk}",
                field=each.question.key,
                source=each.from_plan[:300],
            )
            for each in found
            if each.from_plan
        ],
        ignore_conflicts=True,
    )


def _note(person: Person, plan: Plan, verb: str, text: str, form: FunderForm) -> None:
    summary = Message(text, {"name": form.name})
    record(actor=person, verb=verb, subject=plan, summary=summary, details={"form": form.pk})
