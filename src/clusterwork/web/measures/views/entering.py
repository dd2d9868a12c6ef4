"""A figure entered by hand: first of what, then the figure."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from clusterwork.kernel.errors import NotThere
from clusterwork.kernel.messages import N_, Message
from clusterwork.measures.models import Figure, Measure
from clusterwork.measures.permissions.entering import school_to_enter_for
from clusterwork.measures.selectors.measures import measures_about
from clusterwork.measures.services.figures import enter_figure
from clusterwork.registry.models import School
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.guards import only, signed_in
from clusterwork.web.measures.forms.figures import EnterForm, MeasureForm, done_at_its_field
from clusterwork.web.measures.frame import seen_by_enterers, to_school
from clusterwork.web.measures.words import unit_shown


@signed_in
@only("GET", "HEAD", "POST")
def school_figure_enter(request: HttpRequest, pk: int) -> HttpResponse:
    """Which measure the figure is of."""
    school = school_to_enter_for(person_of(request), pk, today())
    form = MeasureForm(request.POST or None, measures=list(measures_about(school)))
    if form.is_bound and form.is_valid():
        return redirect("school_measure_enter", pk=pk, measure_pk=form.cleaned_data["measure"])
    context = {"school": school, "form": form, **_frame(school)}
    return render(request, "measures/figure/choose.html", context, using="jinja2")


@signed_in
@only("GET", "HEAD", "POST")
def school_measure_enter(request: HttpRequest, pk: int, measure_pk: int) -> HttpResponse:
    """The figure itself."""
    school = school_to_enter_for(person_of(request), pk, today())
    measure = _measure_of(school, measure_pk)
    form = EnterForm(request.POST or None, measure=measure, today=today())
    if form.is_bound and form.is_valid():
        entered = done_at_its_field(form, lambda: _enter(request, school, form))
        if entered:
            messages.success(request, _("The figure is kept, and seen by your school alone."))
            return redirect("school_measure", pk=pk, measure_pk=measure_pk)
    context = {
        "school": school,
        "measure": measure,
        "form": form,
        "unit": unit_shown(measure),
        **_frame(school),
    }
    return render(request, "measures/figure/enter.html", context, using="jinja2")


def _enter(request: HttpRequest, school: School, form: EnterForm) -> Figure:
    return enter_figure(
        person=person_of(request),
        day=today(),
        now=timezone.now(),
        subject="school",
        subject_pk=school.pk,
        measure_pk=form.measure.pk,
        facts=form.facts,
    )


def _frame(school: School) -> dict[str, object]:
    return {"trail_items": to_school(school), "seen_by_words": seen_by_enterers()}


def _measure_of(school: School, pk: int) -> Measure:
    found = measures_about(school).filter(pk=pk).first()
    if found is None:
        raise NotThere(
            Message(N_("This measure is not taken of this school.")),
            next_step=Message(N_("Choose one of the measures in the list.")),
        )
    return found
