"""What a signed link can ask: by purpose, the page that shows it and the verb that answers it.

Parts of the house add theirs to `QUESTIONS`; the views of `views/answers.py` know none of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clusterwork.accounts.models import AnswerLink, Invitation
from clusterwork.accounts.services import invitations


@dataclass(frozen=True)
class Question:
    """`context` makes what the template shows; `answer` does it, in the link's transaction."""

    template: str
    context: Callable[[AnswerLink, dt.datetime], dict[str, Any]]
    answer: Callable[[AnswerLink, dt.datetime], None]
    done: Promise


def _invitation(link: AnswerLink, now: dt.datetime) -> dict[str, Any]:
    found = Invitation.objects.filter(pk=link.subject_id).first()
    return {"invitation": invitations.checked_open(found, now), "person": link.person}


def _accept(link: AnswerLink, now: dt.datetime) -> None:
    found = _invitation(link, now)["invitation"]
    invitations.accept(invitation=found, person=link.person, now=now)


QUESTIONS: dict[str, Question] = {
    invitations.ACCEPT: Question(
        template="accounts/accept.html",
        context=_invitation,
        answer=_accept,
        done=_("You have the role now. It is there when you next sign in."),
    ),
}
