"""A figure entered by hand, of a school, cluster or authority: first of what, then the figure."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from clusterwork.kernel.errors import NotThere
from clusterwork.kernel.messages import N_, Message
from clusterwork.measures.models import Figure, Measure
from clusterwork.measures.selectors.figures import Subject
from clusterwork.measures.selectors.measures import measures_about
from clusterwork.measures.services.figures import enter_figure
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.guards import only, signed_in
from clusterwork.web.measures.forms.figures import EnterForm, MeasureForm, done_at_its_field
from clusterwork.web.measures.subjects import AUTHORITY, CLUSTER, SCHOOL, Kind
from clusterwork.web.measures.words import unit_shown


@signed_in
@only("GET", "HEAD", "POST")
def school_figure_enter(request: HttpRequest, pk: int) -> HttpResponse:
    """Which measure the figure of the school is of."""
    return _which(request, SCHOOL, pk)


@signed_in
@only("GET", "HEAD", "POST")
def school_measure_enter(request: HttpRequest, pk: int, measure_pk: int) -> HttpResponse:
    """The school's figure itself."""
    return _figure(request, SCHOOL, pk, measure_pk)


@signed_in
@only("GET", "HEAD", "POST")
def cluster_figure_enter(request: HttpRequest, pk: int) -> HttpResponse:
    """Which measure the figure of the cluster itself is of."""
    return _which(request, CLUSTER, pk)


@signed_in
@only("GET", "HEAD", "POST")
def cluster_measure_enter(request: HttpRequest, pk: int, measure_pk: int) -> HttpResponse:
    """The cluster's own figure."""
    return _figure(request, CLUSTER, pk, measure_pk)


@signed_in
@only("GET", "HEAD", "POST")
def authority_figure_enter(request: HttpRequest, pk: int) -> HttpResponse:
    """Which measure the figure of the authority itself is of."""
    return _which(request, AUTHORITY, pk)


@signed_in
@only("GET", "HEAD", "POST")
def authority_measure_enter(request: HttpRequest, pk: int, measure_pk: int) -> HttpResponse:
    """The authority's own figure."""
    return _figure(request, AUTHORITY, pk, measure_pk)


def _which(request: HttpRequest, kind: Kind, pk: int) -> HttpResponse:
    subject = kind.load(person_of(request), pk, today())
    form = MeasureForm(request.POST or None, measures=list(measures_about(subject)))
    if form.is_bound and form.is_valid():
        return redirect(kind.address("measure_enter", pk, int(form.cleaned_data["measure"])))
    context = {"form": form, **_frame(kind, subject)}
    return render(request, "measures/figure/choose.html", context, using="jinja2")


def _figure(request: HttpRequest, kind: Kind, pk: int, measure_pk: int) -> HttpResponse:
    subject = kind.load(person_of(request), pk, today())
    measure = _measure_of(subject, measure_pk)
    form = EnterForm(request.POST or None, measure=measure, today=today())
    if form.is_bound and form.is_valid():
        entered = done_at_its_field(form, lambda: _enter(request, kind, pk, form))
        if entered:
            messages.success(request, str(kind.kept))
            return redirect(_after(kind, pk, measure_pk))
    context = {
        "measure": measure,
        "form": form,
        "unit": unit_shown(measure),
        "to_choose": kind.address("figure_enter", pk),
        **_frame(kind, subject),
    }
    return render(request, "measures/figure/enter.html", context, using="jinja2")


def _after(kind: Kind, pk: int, measure_pk: int) -> str:
    if kind is SCHOOL:
        return reverse("school_measure", args=[pk, measure_pk])
    return reverse(kind.own, args=[pk])


def _enter(request: HttpRequest, kind: Kind, pk: int, form: EnterForm) -> Figure:
    return enter_figure(
        person=person_of(request),
        day=today(),
        now=timezone.now(),
        subject=kind.name,
        subject_pk=pk,
        measure_pk=form.measure.pk,
        facts=form.facts,
    )


def _frame(kind: Kind, subject: Subject) -> dict[str, object]:
    return {
        "kind": kind,
        "subject": subject,
        "trail_items": kind.trail_to(subject),
        "seen_by_words": kind.enterers(),
    }


def _measure_of(subject: Subject, pk: int) -> Measure:
    found = measures_about(subject).filter(pk=pk).first()
    if found is None:
        raise NotThere(
            Message(N_("This measure is not taken here.")),
            next_step=Message(N_("Choose one of the measures in the list.")),
        )
    return found
