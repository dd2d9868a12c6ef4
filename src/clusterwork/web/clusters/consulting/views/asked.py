"""A school's side of asking first: the two questions, signed in or by a link."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from clusterwork.accounts.permissions import may_send_for
from clusterwork.clusters.models import AskedSchool, Formation
from clusterwork.clusters.permissions.consulting import asked_for
from clusterwork.clusters.selectors.askings import takes_wishes
from clusterwork.clusters.selectors.formations import schools_of
from clusterwork.clusters.services.asking import (
    PURPOSE,
    answer_asking,
    answer_asking_by_link,
)
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.consulting.forms.asked import AskedForm
from clusterwork.web.clusters.consulting.frames import asked_frame
from clusterwork.web.clusters.consulting.links import link_for_reader
from clusterwork.web.clusters.refusing import done_or_said
from clusterwork.web.guards import only, open_to_all, signed_in

MORE = "more"


@signed_in
@only("GET", "HEAD", "POST")
def asked(request: HttpRequest, pk: int) -> HttpResponse:
    """What the school said, and the form for as long as it may change it."""
    found = asked_for(person_of(request), pk, today())
    form = _form(request, found)
    if _sent(request) and form.is_valid():
        done = done_or_said(
            form,
            None,
            lambda: answer_asking(
                person=person_of(request),
                now=timezone.now(),
                pk=pk,
                lines=form.lines,
                note=form.cleaned_data["note"],
            ),
        )
        if done:
            messages.success(request, _("Your answer is recorded."))
            return redirect("asked", pk)
    may_send = may_send_for(person_of(request), found.school, today())
    context = {**_context(found, form), "may_send": may_send, "reader": None}
    return render(request, "clusters/consulting/asked.html", context, using="jinja2")


@open_to_all
@only("GET", "HEAD", "POST")
def asked_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The same for whoever the letter went to; nobody is signed in by it."""
    now = timezone.now()
    link = link_for_reader(request, token, PURPOSE, now)
    found = asked_for(link.person, link.subject_id, timezone.localdate(now))
    form = _form(request, found)
    if _sent(request) and form.is_valid():
        note = form.cleaned_data["note"]
        done = done_or_said(
            form,
            None,
            lambda: answer_asking_by_link(token=token, now=now, lines=form.lines, note=note),
        )
        if done:
            told = {"asking": found.asking, "school": found.school}
            return render(request, "clusters/consulting/by_link_done.html", told, using="jinja2")
    reader = {"may_send": True, "reader": link.person, "trail_items": []}
    context = {**_context(found, form), **reader}
    return render(request, "clusters/consulting/asked.html", context, using="jinja2")


def _sent(request: HttpRequest) -> bool:
    return request.method == "POST" and MORE not in request.POST


def _form(request: HttpRequest, found: AskedSchool) -> AskedForm:
    if request.method != "POST":
        return AskedForm(asked=found)
    form = AskedForm(request.POST, asked=found, more=MORE in request.POST)
    if MORE in request.POST:
        form.is_bound = False
        form.initial = {name: request.POST.get(name, "") for name in form.fields}
    return form


def _context(found: AskedSchool, form: AskedForm) -> dict[str, Any]:
    return {
        **asked_frame(found),
        "form": form,
        "is_open": takes_wishes(found.asking, today()),
        "wishes": found.wishes.select_related("other"),
        "known": _known_names(found.asking.formation, found),
    }


def _known_names(formation: Formation, found: AskedSchool) -> list[str]:
    """The names that the boxes offer: the exercise's other schools."""
    others = schools_of(formation).exclude(pk=found.school_id)
    return sorted({str(school) for school in others})
