"""Answering one thing by a signed link: GET shows what is asked, POST answers it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from clusterwork.accounts.models import AnswerLink
from clusterwork.accounts.services.answer_links import LinkLeadsNowhere, look, redeem
from clusterwork.accounts.services.limits import count
from clusterwork.kernel.errors import NotThere
from clusterwork.kernel.messages import N_, Message
from clusterwork.web.accounts.answers import QUESTIONS
from clusterwork.web.accounts.reader import network_address
from clusterwork.web.guards import only, open_to_all


@open_to_all
@only("GET", "POST")
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The reader is whoever the link was made for; nobody is signed in by it."""
    now = timezone.now()
    link = looked_up(request, token, now)
    question = QUESTIONS.get(link.purpose)
    if question is None:
        raise NotThere(Message(N_("This link is for something else.")))
    if request.method == "POST":
        with transaction.atomic():
            question.answer(redeem(token, now=now), now)
        return render(request, "accounts/answered.html", {"done": question.done}, using="jinja2")
    return render(request, question.template, question.context(link, now), using="jinja2")


def looked_up(request: HttpRequest, token: str, now: dt.datetime) -> AnswerLink:
    """The link of a token; tokens that fit none are counted, so that nobody guesses on."""
    try:
        return look(token, now=now)
    except LinkLeadsNowhere:
        count("open_answer", network_address(request), now=now)
        raise
