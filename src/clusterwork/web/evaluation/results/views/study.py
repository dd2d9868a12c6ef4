"""One study: its question, its analyses with where they stand, and who is named on it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.evaluation.permissions.studies import (
    may_work_on,
    study_to_read,
    study_to_work_on,
)
from clusterwork.evaluation.selectors.studies import analyses_of, people_on
from clusterwork.evaluation.services.people import end_person, may_name, name_person
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.refusing import done_or_said
from clusterwork.web.evaluation.frame import address_of, step_frame, study_frame
from clusterwork.web.evaluation.results.forms import PersonForm
from clusterwork.web.evaluation.results.shown.standing import standing_shown
from clusterwork.web.guards import only, signed_in


@signed_in
@require_safe
def study(request: HttpRequest, pk: int) -> HttpResponse:
    """For those who work on it whole; for readers the analyses that were shown to them."""
    person = person_of(request)
    found = study_to_read(person, pk, today())
    works = may_work_on(person, found, today())
    rows = analyses_of(found, works=works)
    context = {
        **study_frame(found, works=works),
        "analyses": [standing_shown(each, works=works) for each in rows],
        "n_results": sum(each.result is not None for each in rows),
        "new_address": address_of("analysis_new", pk),
        "people": people_on(found) if works else [],
        "may_name": works and may_name(person, found, today()),
        "person": person,
        "today": today(),
    }
    return render(request, "evaluation/results/study.html", context, using="jinja2")


@signed_in
@only("GET", "HEAD", "POST")
def study_person_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Names somebody on the study."""
    found = study_to_work_on(person_of(request), pk, today())
    form = PersonForm(request.POST or None)
    if form.is_valid():
        email = form.cleaned_data["email"]
        named = done_or_said(
            form,
            "email",
            lambda: name_person(person=person_of(request), day=today(), study_pk=pk, email=email),
        )
        if named:
            said = _("They are named on the study: %(name)s.") % {"name": named.person}
            messages.success(request, said)
            return redirect("study", pk)
    context = {**step_frame(found), "form": form}
    return render(request, "evaluation/results/person.html", context, using="jinja2")


@signed_in
@only("POST")
def study_person_end(request: HttpRequest, pk: int, named: int) -> HttpResponse:
    """Ends somebody's part in the study; naming them again undoes it."""
    person = person_of(request)
    ended = end_person(person=person, day=today(), study_pk=pk, pk=named)
    messages.success(
        request, _("They are no longer named on the study: %(name)s.") % {"name": ended.person}
    )
    if not may_work_on(person, ended.study, today()):
        return redirect("studies")
    return redirect("study", pk)
