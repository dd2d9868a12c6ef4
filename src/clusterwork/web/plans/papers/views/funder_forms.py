"""A funder's own form: set up, filled from the plan, the rest answered, taken away as a file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.kernel.errors import NotThere
from clusterwork.kernel.messages import N_, Message
from clusterwork.plans.models import FunderForm, Plan
from clusterwork.plans.papers.funder_form import form_paper
from clusterwork.plans.permissions.plans import plan_to_write
from clusterwork.plans.rules.content import content_of
from clusterwork.plans.selectors.funder_forms import forms_for
from clusterwork.plans.selectors.plans import whole_plan
from clusterwork.plans.services import funder_forms as services
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.refusing import done_or_said, done_or_told
from clusterwork.web.documents import document_response
from clusterwork.web.guards import only, signed_in
from clusterwork.web.plans.papers.forms import AnswersForm, NameForm, QuestionForm
from clusterwork.web.plans.writing.frame import plan_frame, seen_by_writers

HERE = "plan_forms"


def found(request: HttpRequest, pk: int, form: int) -> tuple[Plan, FunderForm]:
    """The plan for those who write it, and the form. Raises `NotThere`, `NotAllowed`."""
    plan = plan_to_write(person_of(request), pk, today())
    held = forms_for(plan).filter(pk=form).first()
    if held is None:
        raise NotThere(Message(N_("There is no such form.")))
    return plan, held


def asked(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Who asks, when, about which plan."""
    return {"person": person_of(request), "now": timezone.now(), "plan_pk": pk}


@signed_in
@require_safe
def plan_forms(request: HttpRequest, pk: int) -> HttpResponse:
    """The forms of its programmes, and those that clusters of its organisation have set up."""
    plan = plan_to_write(person_of(request), pk, today())
    context = {
        **plan_frame(request, plan, HERE),
        "held": list(forms_for(plan)),
        "seen_by_words": seen_by_writers(),
    }
    return render(request, "plans/papers/forms.html", context, using="jinja2")


@signed_in
@only("GET", "HEAD", "POST")
def plan_form_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Sets up a form."""
    plan = plan_to_write(person_of(request), pk, today())
    form = NameForm(request.POST or None)
    if form.is_bound and form.is_valid():
        made = done_or_said(
            form, "name", lambda: services.make_form(**asked(request, pk), **form.cleaned_data)
        )
        if made:
            messages.success(request, _("The form is set up. Add the funder’s questions."))
            return redirect("plan_form", pk, made.pk)
    context = {**plan_frame(request, plan, HERE), "form": form, "question": _("A funder’s form"),
               "send": _("Set up the form")}  # fmt: skip
    return render(request, "plans/papers/one.html", context, using="jinja2")


@signed_in
@only("GET", "HEAD", "POST")
def plan_form(request: HttpRequest, pk: int, form: int) -> HttpResponse:
    """The form filled from the plan; boxes for the rest."""
    plan, held = found(request, pk, form)
    filled = services.filled_form(held, plan)
    answers = AnswersForm(request.POST or None, filled=filled)
    if request.method == "POST" and answers.is_valid():
        told = {**asked(request, pk), "form_pk": form, "answers": answers.cleaned_data}
        if done_or_said(answers, None, lambda: services.answer_form(**told)) is not None:
            messages.success(request, _("Your answers are kept."))
            return redirect("plan_form", pk, form)
    context = {
        **plan_frame(request, plan, HERE),
        "form": answers,
        "held": held,
        "filled": filled,
        "n_from_plan": sum(bool(each.from_plan) for each in filled),
    }
    return render(request, "plans/papers/form.html", context, using="jinja2")


@signed_in
@only("GET", "HEAD", "POST")
def plan_form_question(request: HttpRequest, pk: int, form: int) -> HttpResponse:
    """Adds a question."""
    plan, held = found(request, pk, form)
    asking = QuestionForm(request.POST or None)
    if asking.is_bound and asking.is_valid():
        told = {**asked(request, pk), "form_pk": held.pk, **asking.cleaned_data}
        if done_or_said(asking, "label", lambda: services.add_question(**told)):
            messages.success(request, _("The question stands in the form."))
            return redirect("plan_form", pk, form)
    context = {**plan_frame(request, plan, HERE), "form": asking, "send": _("Add the question"),
               "question": _("A question of the funder")}  # fmt: skip
    return render(request, "plans/papers/one.html", context, using="jinja2")


@signed_in
@only("POST")
def plan_form_unquestion(request: HttpRequest, pk: int, form: int, key: str) -> HttpResponse:
    """Takes a question away."""
    told = {**asked(request, pk), "form_pk": form, "key": key}
    if done_or_told(request, lambda: services.take_question_away(**told)):
        messages.success(request, _("The question is not in the form any more."))
    return redirect("plan_form", pk, form)


@signed_in
@require_safe
def plan_form_file(request: HttpRequest, pk: int, form: int, kind: str) -> HttpResponse:
    """The filled form as a file."""
    plan, held = found(request, pk, form)
    content = content_of(whole_plan(plan))
    language = "cy" if (get_language() or "").startswith("cy") else "en-gb"
    paper = form_paper(str(held), services.filled_form(held, plan, content), content, language)
    return document_response(paper, kind, f"{held} {plan.title}")
