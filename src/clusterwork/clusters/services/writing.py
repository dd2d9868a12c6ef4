"""Letters to the heads of schools, each with a link that answers once for her school."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import override

from clusterwork.accounts.models import Person
from clusterwork.accounts.services.answer_links import make_answer_link
from clusterwork.audit.models import Entry
from clusterwork.clusters.models import Formation
from clusterwork.clusters.selectors.heads import heads_by_school
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.notify.services import queue
from clusterwork.registry.models import Organisation, School

LinkFor = Callable[[str, str], str]
"""The full address for a token (or a number) in a language."""
STILL_EXPLAINED = dt.timedelta(days=30)
"""How long after the closing date a link still says why it comes too late."""


class WrittenToToday(Problem):
    """Nobody is left to remind: all have answered, were written to today, or have no head."""


@dataclass(frozen=True)
class Post:
    """What is written to every head: the letter, what its link answers, and until when."""

    template: str
    purpose: str
    organisation: Organisation
    closes_on: dt.date
    words: Mapping[str, Any]
    link_for: LinkFor


def write_to_heads(
    post: Post, subjects: Sequence[tuple[School, Model]], now: dt.datetime
) -> list[int]:
    """Queues a letter to every head of each school; returns the ids of the schools reached.

    `subjects` has for each school what its link is about.
    """
    heads = heads_by_school([school.pk for school, _about in subjects], timezone.localdate(now))
    reached = []
    for school, about in subjects:
        for head in heads.get(school.pk, ()):
            _write(post, school, about, head, now)
        if school.pk in heads:
            reached.append(school.pk)
    return reached


def _write(post: Post, school: School, about: Model, head: Person, now: dt.datetime) -> None:
    token = make_answer_link(
        purpose=post.purpose,
        person=head,
        subject=about,
        now=now,
        holds=dt.timedelta(days=(post.closes_on - timezone.localdate(now)).days) + STILL_EXPLAINED,
    )
    with override(head.language):
        names = {"school": str(school), "organisation": str(post.organisation)}
    words = {**post.words, **names, "until": {"day": post.closes_on.isoformat()}}
    queue(post.template, head, words, secrets={"link": post.link_for(token, head.language)})


def message_words(message: str) -> Mapping[str, Any]:
    """The officer's own words in a letter, or a sentence in their place."""
    usual = {"say": N_("The programme officers ask you to look at it and to answer.")}
    return {"message": message.strip() or usual}


def written(reached: Sequence[int], now: dt.datetime) -> dict[str, Any]:
    """What the record keeps of letters: to which schools, and on which day."""
    return {"written": list(reached), "on": timezone.localdate(now).isoformat()}


def written_to_today(formation: Formation, verbs: Sequence[str], now: dt.datetime) -> set[int]:
    """The schools of an exercise to which one of these verbs wrote today, by the record."""
    rows = Entry.objects.filter(
        subject_kind=formation._meta.label_lower,
        subject_id=formation.pk,
        verb__in=verbs,
        details__on=timezone.localdate(now).isoformat(),
    )
    return {pk for details in rows.values_list("details", flat=True) for pk in details["written"]}


def nobody_to_remind() -> WrittenToToday:
    """The refusal where no letter is to be written."""
    return WrittenToToday(
        Message(N_("There is nobody to remind now.")),
        why=Message(
            N_(
                "Each school has answered, was written to today already, or has no headteacher who "
                "can sign in."
            )
        ),
        next_step=Message(N_("Remind them tomorrow, or invite the missing headteachers.")),
    )
