"""Who reviews the plans of a programme, in which turn, and what they ask."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from clusterwork.plans.models import ChecklistItem
from clusterwork.plans.selectors.reviews import named_bodies, people_of
from clusterwork.plans.services.review_bodies import (
    ask_question,
    end_body,
    end_question,
    name_body,
    start_checklist,
)
from clusterwork.web.clusters.asking import today
from clusterwork.web.clusters.programme.loading import Step, asked, framed, run, taken
from clusterwork.web.clusters.refusing import done_or_told
from clusterwork.web.guards import only, signed_in
from clusterwork.web.plans.review.forms.bodies import BodyForm, EndForm, QuestionForm

HERE = "programme_reviewing"


@signed_in
@only("GET", "HEAD", "POST")
def programme_reviewing(request: HttpRequest, pk: int) -> HttpResponse:
    """The bodies by turn, and the checklist; a press takes the usual questions."""
    programme = run(request, pk)
    if request.method == "POST":
        start_checklist(**asked(request, pk))
        messages.success(request, _("The checklist starts with the usual questions."))
        return redirect(HERE, pk)
    items = ChecklistItem.objects.filter(programme=programme, ended_at__isnull=True)
    bodies = list(named_bodies([programme]))
    context = {
        **framed(request, programme, HERE),
        "bodies": bodies,
        "empty": [each for each in bodies if not people_of(each, today())],
        "items": list(items),
    }
    return render(request, "plans/review/bodies.html", context, using="jinja2")


@signed_in
@only("GET", "HEAD", "POST")
def body_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Names a body."""
    programme = run(request, pk)
    form = BodyForm(request.POST or None, programme=programme)
    step = Step(
        question=_("Name a body that reviews plans"),
        send=_("Name the body"),
        form=form,
        act=lambda: name_body(**asked(request, pk), **form.cleaned_data),
        said=_("The body reviews every plan that is sent from now on."),
        page=HERE,
        at="name",
    )
    return taken(request, programme, step)


@signed_in
@only("GET", "HEAD", "POST")
def body_end(request: HttpRequest, pk: int, body: int) -> HttpResponse:
    """Ends the part of a body, after a look at what that means."""
    programme = run(request, pk)
    step = Step(
        question=_("End the part of this body?"),
        lead=_("Plans that it is reading stay with it. Plans that are sent later do not go to it."),
        send=_("End its part"),
        form=EndForm(request.POST if request.method == "POST" else None),
        act=lambda: end_body(**asked(request, pk), now=timezone.now(), body_pk=body),
        said=_("The body reviews no plan that is sent from now on."),
        page=HERE,
    )
    return taken(request, programme, step)


@signed_in
@only("GET", "HEAD", "POST")
def question_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Adds a question to the checklist."""
    programme = run(request, pk)
    form = QuestionForm(request.POST or None)
    step = Step(
        question=_("Add a question to the checklist"),
        lead=_("Reviewers answer it beside each plan. It informs them and never stops a plan."),
        send=_("Add the question"),
        form=form,
        act=lambda: ask_question(**asked(request, pk), **form.cleaned_data),
        said=_("The question stands in the checklist."),
        page=HERE,
        at="text",
    )
    return taken(request, programme, step)


@signed_in
@only("POST")
def question_end(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Takes a question away; what was answered to it stays."""
    run(request, pk)
    told = {**asked(request, pk), "now": timezone.now(), "item_pk": item}
    if done_or_told(request, lambda: end_question(**told)):
        messages.success(request, _("The question is not asked any more."))
    return redirect(HERE, pk)
