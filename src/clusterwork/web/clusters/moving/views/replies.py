"""The officer answers what a school asked, in words."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from clusterwork.accounts.models import Role
from clusterwork.clusters.consequences import Consequences
from clusterwork.clusters.models import Answer, Reply
from clusterwork.clusters.permissions.consulting import answer_for
from clusterwork.clusters.selectors.moving import ground_of
from clusterwork.clusters.services.moving import seen
from clusterwork.clusters.services.replies import ReplyFacts, reply_to_answer
from clusterwork.kernel.errors import Problem
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.frame import formation_frame
from clusterwork.web.clusters.moving.forms.replies import ReplyForm
from clusterwork.web.clusters.moving.shown.moves import asker_words, others_words
from clusterwork.web.clusters.refusing import done_or_said
from clusterwork.web.clusters.shown.proposals import unit_name
from clusterwork.web.guards import needs_role, only


@needs_role(Role.Kind.PROGRAMME_OFFICER)
@only("GET", "HEAD", "POST")
def answer_reply(request: HttpRequest, pk: int) -> HttpResponse:
    """What the school asked, what the move would cost whom, and the officer's words."""
    answer = answer_for(person_of(request), pk, today())
    facts = _consequences(answer)
    form = ReplyForm(request.POST or None, initial=_prefilled(answer, facts))
    if form.is_valid():
        kept = done_or_said(form, "text", lambda: _kept(request, form, answer))
        if kept:
            messages.success(request, _("The answer has been kept, and the school is written to."))
            return redirect("round", answer.round_id)
    context = {
        **formation_frame(answer.round.formation, ""),
        "answer": answer,
        "form": form,
        "reply": Reply.objects.filter(answer=answer).select_related("by").first(),
        "has_figures": facts is not None,
        "to_try": _to_try(answer),
    }
    return render(request, "clusters/moving/reply.html", context, using="jinja2")


def _consequences(answer: Answer) -> Consequences | None:
    """What the move asked for would change; None where it is none or cannot be made any more."""
    if answer.wanted is None:
        return None
    answer.round.proposal.formation = answer.round.formation
    ground = ground_of(answer.round.proposal, today())
    try:
        return seen(ground, answer.school_id, answer.wanted.number)
    except Problem:
        return None


def _prefilled(answer: Answer, facts: Consequences | None) -> dict[str, str]:
    if facts is None:
        return {}
    unit = unit_name(answer.round.proposal.policy_used["travel"]["unit"])
    return {
        "cost_to_asker": asker_words(facts, answer.school_id),
        "outcome_to_others": others_words(facts, answer.school_id, unit),
    }


def _kept(request: HttpRequest, form: ReplyForm, answer: Answer) -> Reply:
    return reply_to_answer(
        person=person_of(request),
        day=today(),
        pk=answer.pk,
        facts=ReplyFacts(**form.cleaned_data),
        link_for=lambda language: _link(request, answer, language),
    )


def _link(request: HttpRequest, answer: Answer, language: str) -> str:
    with override(language):
        path = reverse("own_place", args=[answer.round_id, answer.school_id])
    return request.build_absolute_uri(path)


def _to_try(answer: Answer) -> str:
    """The page on which the move is seen and kept."""
    page = reverse("move_school", args=[answer.round.proposal_id])
    to = f"&to={answer.wanted.number}" if answer.wanted else ""
    return f"{page}?school={answer.school_id}{to}"
