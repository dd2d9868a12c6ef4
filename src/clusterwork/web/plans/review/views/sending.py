"""Sending a plan: what is still missing, who was asked, and the button that sends it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from clusterwork.accounts.models import Person
from clusterwork.kernel.errors import NotThere
from clusterwork.kernel.messages import N_, Message
from clusterwork.plans.models import Plan, Submission
from clusterwork.plans.permissions.plans import plan_to_send, plan_to_write
from clusterwork.plans.permissions.submitting import may_send
from clusterwork.plans.rules.readiness import what_reviewers_ask, what_stops
from clusterwork.plans.selectors.consulted import how_asked
from clusterwork.plans.selectors.plans import whole_plan
from clusterwork.plans.selectors.reviews import to_answer
from clusterwork.plans.services.consulting import tell_consulted
from clusterwork.plans.services.review_letters import written_to
from clusterwork.plans.services.submitting import submit_plan, take_back_plan
from clusterwork.plans.states import plan as states
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.refusing import done_or_said, done_or_told
from clusterwork.web.guards import only, signed_in
from clusterwork.web.plans.review.forms.sending import AskedForm, SendForm
from clusterwork.web.plans.review.frame import plan_trail, seen_by_cluster
from clusterwork.web.plans.review.links import review_link


@signed_in
@only("GET", "HEAD", "POST")
def plan_send(request: HttpRequest, pk: int) -> HttpResponse:
    """What stops the plan, what reviewers will ask, and sending it."""
    person, day = person_of(request), today()
    plan = plan_to_send(person, pk, day)
    form = SendForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        sent = done_or_said(
            form,
            None,
            lambda: submit_plan(
                person=person, now=timezone.now(), pk=pk, link_for=review_link, **form.cleaned_data
            ),
        )
        if sent:
            _say_who_has_a_letter(request, sent, day)
            return redirect("plan_said", pk)
    return render(request, "plans/review/send.html", _sending(plan, person, form), using="jinja2")


def _say_who_has_a_letter(request: HttpRequest, sent: Submission, day: dt.date) -> None:
    """The bodies that were written to, and those in which nobody could be."""
    told = {body: bool(people) for body, people in written_to(sent, day).items()}
    sentence = _("The plan is sent.")
    if reached := [str(body) for body, has_a_letter in told.items() if has_a_letter]:
        sentence += " " + _("These have a letter: %(bodies)s.") % {"bodies": ", ".join(reached)}
    messages.success(request, sentence)
    if silent := [str(body) for body, has_a_letter in told.items() if not has_a_letter]:
        nobody = _(
            "Nobody could be written to, since nobody who may review this plan signs in for: "
            "%(bodies)s. Tell the programme officers."
        )
        messages.warning(request, nobody % {"bodies": ", ".join(silent)})


def _sending(plan: Plan, person: Person, form: SendForm) -> dict[str, Any]:
    whole, asked = whole_plan(plan), how_asked(plan, today(), person)
    silent = tuple(str(school) for school, words in asked if not words)
    return {
        **plan_trail(plan),
        "form": form,
        "asked": asked,
        "stops": what_stops(whole, silent),
        "asks": what_reviewers_ask(whole),
        "n_to_answer": to_answer(plan).count(),
        "may_be_sent": plan.state in states.WRITABLE,
        "seen_by_words": seen_by_cluster(),
    }


@signed_in
@only("GET", "HEAD", "POST")
def plan_asked(request: HttpRequest, pk: int, school: int) -> HttpResponse:
    """Puts on record how a school was asked."""
    person, day = person_of(request), today()
    plan = plan_to_write(person, pk, day)
    found = next((each for each, _words in how_asked(plan, day) if each.pk == school), None)
    if found is None:
        raise NotThere(Message(N_("There is no such school in the cluster.")))
    form = AskedForm(request.POST or None, initial={"on": day})
    if form.is_bound and form.is_valid():
        told: dict[str, Any] = {
            "person": person,
            "now": timezone.now(),
            "pk": pk,
            "school_pk": school,
        }
        if done_or_said(form, "how", lambda: tell_consulted(**told, **form.cleaned_data)):
            messages.success(request, _("It is on record how the school was asked."))
            return redirect("plan_send", pk)
    context = {
        **plan_trail(plan),
        "form": form,
        "school": found,
        "seen_by_words": seen_by_cluster(),
    }
    return render(request, "plans/review/asked.html", context, using="jinja2")


@signed_in
@only("POST")
def plan_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """A plan that nobody has begun to review is a draft again."""
    person = person_of(request)
    took = done_or_told(request, lambda: take_back_plan(person=person, now=timezone.now(), pk=pk))
    if took:
        messages.success(request, _("The plan is a draft again. Nobody reviews it now."))
    return redirect("plan_said", pk)


def sends(request: HttpRequest, plan: Plan) -> bool:
    """Whether the viewer sends the plan of this cluster."""
    return may_send(person_of(request), plan.cluster, today())
