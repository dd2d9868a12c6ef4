"""Starting a study of a programme, and adding analyses to it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.clusters.models import Programme
from clusterwork.clusters.permissions import programme_for
from clusterwork.evaluation.models import AlikeBy, Analysis, Study
from clusterwork.evaluation.models.study import NAME_LENGTH
from clusterwork.evaluation.permissions.studies import study_to_work_on
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

MOST_QUESTION = 2_000  # characters


class TitleMissing(Problem):
    """A study has a title, and not a longer one than fits."""


class TitleTaken(Problem):
    """Another study of the programme has this title."""


class QuestionTooLong(Problem):
    """What somebody wants to know fits into a paragraph."""


@transaction.atomic
def start_study(
    *,
    person: Person,
    day: dt.date,
    now: dt.datetime,
    programme_pk: int,
    title: str,
    question: str = "",
) -> Study:
    """A study with its first analysis.

    Raises `NotThere`, `NotAllowed`, `TitleMissing`, `TitleTaken`, `QuestionTooLong`.
    """
    programme_for(person, programme_pk, day)
    programme = Programme.objects.select_for_update().get(pk=programme_pk)
    title, question = " ".join(title.split()), question.strip()
    _check_words(programme, title, question)
    study = Study.objects.create(
        programme=programme, title=title, question=question, started_by=person, started_at=now
    )
    record(
        actor=person,
        verb="study.start",
        subject=study,
        summary=Message(N_("Started a study: %(title)s."), {"title": title}),
    )
    _begin(study, person, now)
    return study


@transaction.atomic
def change_question(
    *, person: Person, day: dt.date, pk: int, title: str, question: str = ""
) -> Study:
    """The study under another title, or with its question in other words.

    Raises `NotThere`, `NotAllowed`, `TitleMissing`, `TitleTaken`, `QuestionTooLong`.
    """
    found = study_to_work_on(person, pk, day)
    programme = Programme.objects.select_for_update().get(pk=found.programme_id)
    study = Study.objects.select_for_update().get(pk=pk)
    title, question = " ".join(title.split()), question.strip()
    _check_words(programme, title, question, but=study)
    study.title, study.question = title, question
    study.save(update_fields=["title", "question"])
    record(
        actor=person,
        verb="study.change",
        subject=study,
        summary=Message(N_("Changed what a study asks: %(title)s."), {"title": title}),
    )
    return study


@transaction.atomic
def add_analysis(*, person: Person, day: dt.date, now: dt.datetime, study_pk: int) -> Analysis:
    """Another analysis of the study, to be planned from the start.

    Raises `NotThere`, `NotAllowed`.
    """
    return _begin(study_to_work_on(person, study_pk, day), person, now)


def _begin(study: Study, person: Person, now: dt.datetime) -> Analysis:
    """With the usual comparison filled in."""
    made = Analysis.objects.create(
        study=study, alike_by=list(AlikeBy.values), started_by=person, started_at=now
    )
    record(
        actor=person,
        verb="analysis.start",
        subject=made,
        summary=Message(N_("Began an analysis of a study: %(title)s."), {"title": study.title}),
    )
    return made


def _check_words(programme: Programme, title: str, question: str, but: Study | None = None) -> None:
    if not title or len(title) > NAME_LENGTH:
        raise TitleMissing(
            Message(N_("The study has no title that fits.")),
            next_step=Message(
                N_("Write one of at most %(most)s characters."), {"most": NAME_LENGTH}
            ),
        )
    if len(question) > MOST_QUESTION:
        raise QuestionTooLong(
            Message(N_("The question is too long.")),
            next_step=Message(N_("Write at most %(most)s characters."), {"most": MOST_QUESTION}),
        )
    same = Study.objects.filter(programme=programme, title=title)
    if (same.exclude(pk=but.pk) if but else same).exists():
        raise TitleTaken(
            Message(N_("The programme has a study of this title: %(title)s."), {"title": title}),
            next_step=Message(N_("Give this one another title, or open the one that is there.")),
        )
