"""A school answers an invitation: signed in, or by the link in the letter."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from clusterwork.accounts.permissions import may_send_for
from clusterwork.clusters.models import FoundingSchool
from clusterwork.clusters.permissions.founding import invitation_for
from clusterwork.clusters.rules.founding import Stand
from clusterwork.clusters.selectors.foundings import agreed_schools, founder_of, stand
from clusterwork.clusters.services.founding_answers import (
    answer_by_link,
    answer_founding,
    invitation_by_link,
)
from clusterwork.clusters.states.founding import OPEN
from clusterwork.web.accounts.views.answers import looked_up
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.founding.forms import AnswerForm
from clusterwork.web.clusters.founding.shown import seen_by, stand_words
from clusterwork.web.clusters.refusing import done_or_said
from clusterwork.web.guards import only, open_to_all, signed_in


@signed_in
@only("GET", "HEAD", "POST")
def founding_answer(request: HttpRequest, pk: int, school: int) -> HttpResponse:
    """The invitation to one school, and its answer; it may be changed until it is decided."""
    person = person_of(request)
    row = invitation_for(person, pk, school, today())
    form = answer_form(request, row)
    if form.is_valid():
        answered = done_or_said(
            form,
            None,
            lambda: answer_founding(
                person=person,
                day=today(),
                now=timezone.now(),
                pk=pk,
                school_pk=school,
                **form.cleaned_data,
            ),
        )
        if answered:
            messages.success(request, _("The answer is recorded."))
            joins = answered.reply == FoundingSchool.Reply.JOINS
            return redirect("founding", pk) if joins else redirect("foundings")
        row.founding.refresh_from_db()
    context = shown(row, form, may_send=may_send_for(person, row.school, today()))
    return render(request, "clusters/founding/answer.html", context, using="jinja2")


@open_to_all
@only("GET", "HEAD", "POST")
def founding_link(request: HttpRequest, token: str) -> HttpResponse:
    """The same by a link; whoever it was made for answers once, and nobody is signed in by it."""
    now = timezone.now()
    looked_up(request, token, now)
    link, row = invitation_by_link(token, now=now)
    form = answer_form(request, row)
    if form.is_valid():
        answered = done_or_said(form, None, lambda: by_link(form, token, now))
        if answered:
            return render(
                request, "clusters/founding/answered.html", {"row": answered}, using="jinja2"
            )
        row.founding.refresh_from_db()
    context = shown(row, form, may_send=True) | {"person": link.person}
    return render(request, "clusters/founding/answer.html", context, using="jinja2")


def by_link(form: AnswerForm, token: str, now: dt.datetime) -> FoundingSchool:
    """The answer, in the name of whoever the link was made for."""
    return answer_by_link(token=token, now=now, **form.cleaned_data)


def answer_form(request: HttpRequest, row: FoundingSchool) -> AnswerForm:
    """Filled with the school's answer so far, unless the purpose is another now."""
    is_stale = stand(row, row.founding) is Stand.ASKED_AGAIN
    initial = {"reply": "" if is_stale else row.reply, "note": row.note}
    return AnswerForm(request.POST or None, initial=initial)


def shown(row: FoundingSchool, form: AnswerForm, *, may_send: bool) -> dict[str, Any]:
    """What a school needs to know before it answers: the purpose, who began, who joins."""
    founding = row.founding
    joined = [each for each in agreed_schools(founding) if each.pk != row.school_id]
    return {
        "row": row,
        "founding": founding,
        "cluster": founding.cluster,
        "form": form,
        "founder": founder_of(founding),
        "joined": joined,
        "is_open": founding.state in OPEN,
        "is_again": stand(row, founding) is Stand.ASKED_AGAIN,
        "words": stand_words(stand(row, founding)),
        "may_send": may_send and not row.is_founder,
        "seen_by_words": seen_by(founding),
    }
