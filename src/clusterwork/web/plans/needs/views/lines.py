"""The lines of a school's statement: writing, changing, removing, keeping last year's."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterwork.measures.models import Measure
from clusterwork.measures.selectors.measures import measures_about
from clusterwork.plans.models import Need
from clusterwork.plans.permissions.needs import need_to_change, school_to_prepare_needs_of
from clusterwork.plans.rules.years import year_words
from clusterwork.plans.services import needs
from clusterwork.registry.models import School
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.refusing import done_or_said, done_or_told
from clusterwork.web.guards import only, signed_in
from clusterwork.web.plans.needs.figures import census_of
from clusterwork.web.plans.needs.forms.needs import NeedForm
from clusterwork.web.plans.needs.frame import seen_of_draft, trail_to_school


@signed_in
@only("GET", "HEAD", "POST")
def need_new(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """One more line; `?kind=` chooses what kind it is."""
    person, day = person_of(request), today()
    school = school_to_prepare_needs_of(person, pk, day)
    initial = {"kind": request.GET.get("kind", ""), "area": Need.Area.OTHER}
    form = NeedForm(request.POST or None, measures=measures_about(school), initial=initial)
    if form.is_valid() and done_or_said(
        form,
        "text",
        lambda: bool(
            needs.add_need(person=person, day=day, school_pk=pk, year=year, facts=form.facts)
        ),
    ):
        messages.success(request, _("The line is kept. Only your school sees it until you send."))
        return redirect("school_needs_year", pk, year)
    return _form_page(request, school, year, form, {})


@signed_in
@only("GET", "HEAD", "POST")
def need_change(request: HttpRequest, pk: int) -> HttpResponse:
    """A line is put differently."""
    person, day = person_of(request), today()
    need = need_to_change(person, pk, day)
    school, year = need.statement.school, need.statement.year
    names = ("kind", "area", "told_by", "measure", "text")
    initial: dict[str, Any] = {name: getattr(need, name) for name in names} | {"seen": need.text}
    form = NeedForm(request.POST or None, measures=_measures(school, need), initial=initial)
    if form.is_valid() and done_or_said(
        form,
        "text",
        lambda: bool(
            needs.change_need(
                person=person,
                day=day,
                pk=pk,
                facts=form.facts,
                seen=_one_line_end(form.cleaned_data["seen"]),
            )
        ),
    ):
        messages.success(request, _("The line is changed."))
        return redirect("school_needs_year", school.pk, year)
    return _form_page(request, school, year, form, {"need": need, "held": need.text})


@signed_in
@only("POST")
def need_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """A line goes."""
    person, day = person_of(request), today()
    need = need_to_change(person, pk, day)
    school_pk, year = need.statement.school_id, need.statement.year
    if done_or_told(request, lambda: needs.remove_need(person=person, day=day, pk=pk)):
        messages.success(request, _("The line is removed."))
    return redirect("school_needs_year", school_pk, year)


@signed_in
@only("POST")
def needs_keep(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """One of last year's lines, or all of them, are taken over as they are."""
    person, day = person_of(request), today()
    school_to_prepare_needs_of(person, pk, day)
    one = request.POST.get("line", "")
    kept = done_or_told(
        request,
        lambda: needs.keep_needs(
            person=person,
            day=day,
            school_pk=pk,
            year=year,
            pks=[int(one)] if one.isdecimal() and len(one) < 19 else (None if not one else []),
        ),
    )
    if kept:
        said = ngettext("One line is kept.", "%(n)s lines are kept.", len(kept))
        messages.success(request, said % {"n": len(kept)})
    return redirect("school_needs_year", pk, year)


def _measures(school: School, need: Need) -> Any:
    own = Measure.objects.filter(pk=need.measure_id) if need.measure_id else Measure.objects.none()
    return measures_about(school) | own.select_related("organisation")


def _one_line_end(text: str) -> str:
    """Browsers send line ends as two characters; what is kept has one."""
    return text.replace("\r\n", "\n")


def _form_page(
    request: HttpRequest, school: School, year: int, form: NeedForm, more: dict[str, Any]
) -> HttpResponse:
    context = {
        "school": school,
        "year": year,
        "year_words": year_words(year),
        "form": form,
        "census": census_of(school),
        "way": trail_to_school(school, year),
        "seen_by_words": seen_of_draft(),
        **more,
    }
    return render(request, "plans/needs/line.html", context, using="jinja2")
