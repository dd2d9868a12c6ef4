"""An organisation adds a measure of its own, and changes it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from clusterwork.accounts.models import Role
from clusterwork.clusters.permissions.programmes import organisations_for
from clusterwork.measures.models import Measure
from clusterwork.measures.permissions.catalogue import measure_to_change
from clusterwork.measures.services.measures import add_measure, change_measure
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.guards import needs_role, only
from clusterwork.web.measures.forms.figures import done_at_its_field
from clusterwork.web.measures.forms.measures import AT, MeasureForm
from clusterwork.web.measures.frame import to_measures

officer = needs_role(Role.Kind.PROGRAMME_OFFICER)


@officer
@only("GET", "HEAD", "POST")
def measure_new(request: HttpRequest) -> HttpResponse:
    """A measure that the organisation and those below it can use."""
    person, organisations = person_of(request), list(organisations_for(person_of(request), today()))
    form = MeasureForm(request.POST or None, organisations=organisations)

    def act() -> Measure:
        pk = int(form.cleaned_data["organisation"])
        return add_measure(person=person, day=today(), organisation_pk=pk, facts=form.facts)

    return _saved(request, form, act, _("The measure is added."))


@officer
@only("GET", "HEAD", "POST")
def measure_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Its words and limits; what its figures mean stays once it has any."""
    person = person_of(request)
    found = measure_to_change(person, pk, today())
    form = MeasureForm(request.POST or None, organisations=[], measure=found)

    def act() -> Measure:
        return change_measure(person=person, day=today(), pk=pk, facts=form.facts)

    return _saved(request, form, act, _("The measure is saved."))


def _saved(request: HttpRequest, form: MeasureForm, act: Any, said: str) -> HttpResponse:
    if form.is_bound and form.is_valid():
        kept = done_at_its_field(form, act, at=AT)
        if kept:
            messages.success(request, said)
            return redirect("measure", pk=kept.pk)
    context = {
        "form": form,
        "measure": form.measure,
        "trail_items": to_measures(),
        "seen_by_words": _("programme officers"),
    }
    return render(request, "measures/measure_form.html", context, using="jinja2")
