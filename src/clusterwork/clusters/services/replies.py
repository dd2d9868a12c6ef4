"""The officer's answer to what a school asked, in words; told to the school."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import override

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.clusters.letters.confirming import REPLIED
from clusterwork.clusters.models import Answer, Reply
from clusterwork.clusters.permissions.consulting import answer_for
from clusterwork.clusters.selectors.heads import heads_by_school
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.notify.services import queue


class RepliedAlready(Problem):
    """The school has its answer."""


class AnsweredAnew(Problem):
    """The school has given another answer since."""


class NothingSaid(Problem):
    """A reply without words."""


@dataclass(frozen=True)
class ReplyFacts:
    """What the officer says: the outcome, why, the cost to the asker, the outcome to others."""

    outcome: str
    text: str
    cost_to_asker: str = ""
    outcome_to_others: str = ""


@transaction.atomic
def reply_to_answer(
    *, person: Person, day: dt.date, pk: int, facts: ReplyFacts, link_for: Callable[[str], str]
) -> Reply:
    """Answers the school's answer `pk` and writes to whoever gave it and to the head.

    `link_for` is given a language. Raises `NotThere`, `NotAllowed`, `RepliedAlready`,
    `AnsweredAnew`, `NothingSaid`.
    """
    answer = answer_for(person, pk, day)
    Answer.objects.select_for_update().get(pk=pk)
    _check(answer, facts)
    reply = Reply.objects.create(
        answer=answer,
        outcome=facts.outcome,
        text=facts.text,
        cost_to_asker=facts.cost_to_asker,
        outcome_to_others=facts.outcome_to_others,
        by=person,
    )
    _write(answer, reply, day, link_for)
    record(
        actor=person,
        verb="round.reply",
        subject=answer.round.formation,
        summary=Message(
            N_("Answered what a school asked. School: %(school)s. Outcome: %(outcome)s."),
            {"school": str(answer.school), "outcome": facts.outcome},
        ),
        details={"answer": pk, "reply": reply.pk, "school": answer.school_id},
    )
    return reply


def _check(answer: Answer, facts: ReplyFacts) -> None:
    if Reply.objects.filter(answer=answer).exists():
        raise RepliedAlready(
            Message(N_("The school has been answered already.")),
            next_step=Message(N_("If that has changed, tell the school yourself.")),
        )
    later = Answer.objects.filter(
        round=answer.round, school=answer.school, number__gt=answer.number
    )
    if later.exists():
        raise AnsweredAnew(
            Message(N_("The school has given another answer since.")),
            next_step=Message(N_("Open the list of answers and reply to the last one.")),
        )
    if not facts.text.strip():
        raise NothingSaid(
            Message(N_("The answer has no words.")),
            next_step=Message(N_("Say in a sentence what was decided and why.")),
        )


def _write(answer: Answer, reply: Reply, day: dt.date, link_for: Callable[[str], str]) -> None:
    heads = heads_by_school([answer.school_id], day).get(answer.school_id, [])
    for to in dict.fromkeys([answer.answered_by, *heads]):
        with override(to.language):
            words = {
                "school": str(answer.school),
                "organisation": str(answer.round.formation.programme.organisation),
                "outcome": str(reply.get_outcome_display()),
            }
        said = {
            "text": reply.text,
            "cost": reply.cost_to_asker or "–",
            "others": reply.outcome_to_others or "–",
            "link": link_for(to.language),
        }
        queue(REPLIED, to, {**words, **said})
