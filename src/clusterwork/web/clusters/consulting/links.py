"""Reading a signed link: for its own person only; tokens that fit none are counted."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest

from clusterwork.accounts.models import AnswerLink, Person
from clusterwork.kernel.errors import NotAllowed, NotThere
from clusterwork.kernel.messages import N_, Message
from clusterwork.web.accounts.views.answers import looked_up


class SomebodyElsesLink(NotAllowed):
    """The reader is signed in as another person than the one that the link was made for."""


def link_for_reader(request: HttpRequest, token: str, purpose: str, now: dt.datetime) -> AnswerLink:
    """The link, unused and in time. Raises `LinkLeadsNowhere`, `SomebodyElsesLink`, `NotThere`."""
    link = looked_up(request, token, now)
    if link.purpose != purpose:
        raise NotThere(Message(N_("This link is for something else.")))
    if isinstance(request.user, Person) and request.user.pk != link.person_id:
        raise SomebodyElsesLink(
            Message(N_("This link was made for another person.")),
            why=Message(N_("You are signed in as: %(person)s."), {"person": str(request.user)}),
            next_step=Message(
                N_("Whoever the letter was sent to can use it. What waits for you is at Home.")
            ),
        )
    return link
