"""Funders' forms of a programme, set up once by its officers for all its clusters."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.clusters.models import Programme
from clusterwork.kernel.errors import NotThere
from clusterwork.kernel.messages import N_, Message
from clusterwork.plans.models import FunderForm
from clusterwork.plans.papers.funder_form import SOURCES, Question, questions_of
from clusterwork.plans.selectors.funder_forms import forms_of
from clusterwork.plans.services import programme_forms as services
from clusterwork.web.clusters.programme.loading import Step, asked, framed, run, taken
from clusterwork.web.guards import only, signed_in
from clusterwork.web.plans.papers.forms import NameForm, QuestionForm

HERE = "programme_forms"


def shown(form: FunderForm) -> tuple[FunderForm, list[tuple[Question, str]]]:
    """The form and its questions, each with what of a plan answers it."""
    rows = questions_of(form.questions)
    return form, [(each, str(SOURCES[each.source][0]) if each.source else "") for each in rows]


def held(programme: Programme, form: int) -> FunderForm:
    """The form of the programme. Raises `NotThere`."""
    found = forms_of(programme).filter(pk=form).first()
    if found is None:
        raise NotThere(Message(N_("There is no such form.")))
    return found


@signed_in
@require_safe
def programme_forms(request: HttpRequest, pk: int) -> HttpResponse:
    """Every form in use with its questions."""
    programme = run(request, pk)
    context = {**framed(request, programme, HERE), "held": list(map(shown, forms_of(programme)))}
    return render(request, "plans/papers/programme_forms.html", context, using="jinja2")


@signed_in
@only("GET", "HEAD", "POST")
def programme_form_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Sets up a form."""
    programme = run(request, pk)
    form = NameForm(request.POST or None)
    step = Step(
        question=_("A funder’s form"),
        send=_("Set up the form"),
        form=form,
        act=lambda: services.make_programme_form(**asked(request, pk), **form.cleaned_data),
        said=_("The form is set up. Add the funder’s questions."),
        page=HERE,
        at="name",
    )
    return taken(request, programme, step)


@signed_in
@only("GET", "HEAD", "POST")
def programme_form_question(request: HttpRequest, pk: int, form: int) -> HttpResponse:
    """Adds a question."""
    programme = run(request, pk)
    told = {**asked(request, pk), "form_pk": held(programme, form).pk}
    asking = QuestionForm(request.POST or None)
    step = Step(
        question=_("A question of the funder"),
        send=_("Add the question"),
        form=asking,
        act=lambda: services.add_programme_question(**told, **asking.cleaned_data),
        said=_("The question stands in the form."),
        page=HERE,
        at="label",
    )
    return taken(request, programme, step)


@signed_in
@only("POST")
def programme_form_unquestion(request: HttpRequest, pk: int, form: int, key: str) -> HttpResponse:
    """Takes a question away."""
    services.take_programme_question(**asked(request, pk), form_pk=form, key=key)
    messages.success(request, _("The question is not in the form any more."))
    return redirect(HERE, pk)


@signed_in
@only("POST")
def programme_form_end(request: HttpRequest, pk: int, form: int) -> HttpResponse:
    """Offers the form to nobody any more."""
    services.end_programme_form(**asked(request, pk), now=timezone.now(), form_pk=form)
    messages.success(request, _("The form is not offered to clusters any more."))
    return redirect(HERE, pk)
