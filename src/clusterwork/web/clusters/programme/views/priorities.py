"""A programme's priorities: the list, and putting it in order."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.clusters.services.priorities import (
    add_priority,
    change_priority,
    move_priority_up,
    priority_of,
    remove_priority,
)
from clusterwork.web.clusters.programme.forms.priorities import PriorityForm
from clusterwork.web.clusters.programme.loading import Step, asked, framed, run, seen, taken
from clusterwork.web.guards import only, signed_in

HERE = "programme_priorities"


@signed_in
@require_safe
def programme_priorities(request: HttpRequest, pk: int) -> HttpResponse:
    """The priorities in their order."""
    programme = seen(request, pk)
    context = {
        **framed(request, programme, HERE),
        "priorities": list(programme.priorities.all()),
    }
    return render(request, "clusters/programme/priorities.html", context, using="jinja2")


@signed_in
@only("GET", "HEAD", "POST")
def programme_priority_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Adds one at the end."""
    programme = run(request, pk)
    form = PriorityForm(request.POST or None, programme=programme)
    step = Step(
        question=_("Add a priority"),
        send=_("Add the priority"),
        form=form,
        act=lambda: add_priority(**asked(request, pk), **form.cleaned_data),
        said=_("The priority is added."),
        page=HERE,
        at="text",
    )
    return taken(request, programme, step)


@signed_in
@only("GET", "HEAD", "POST")
def programme_priority_change(request: HttpRequest, pk: int, priority: int) -> HttpResponse:
    """Puts one into other words."""
    programme = run(request, pk)
    held = priority_of(programme, priority)
    initial = {"text": held.text, "text_cy": held.text_cy}
    form = PriorityForm(request.POST or None, programme=programme, initial=initial)
    step = Step(
        question=_("Change a priority"),
        send=_("Save the priority"),
        form=form,
        act=lambda: change_priority(
            **asked(request, pk), priority_pk=priority, **form.cleaned_data
        ),
        said=_("The priority is changed."),
        page=HERE,
        at="text",
    )
    return taken(request, programme, step)


@signed_in
@only("POST")
def programme_priority_up(request: HttpRequest, pk: int, priority: int) -> HttpResponse:
    """Puts one before the one above it."""
    move_priority_up(**asked(request, pk), priority_pk=priority)
    return redirect(HERE, pk)


@signed_in
@only("POST")
def programme_priority_remove(request: HttpRequest, pk: int, priority: int) -> HttpResponse:
    """Takes one off the list."""
    remove_priority(**asked(request, pk), priority_pk=priority)
    messages.success(request, _("The priority is removed."))
    return redirect(HERE, pk)
