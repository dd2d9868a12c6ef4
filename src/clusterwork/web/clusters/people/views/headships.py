"""Who heads a school: the page, a new headship, putting one right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.clusters.models import Headship
from clusterwork.clusters.permissions.headships import (
    check_may_say_who_heads,
    headship_to_change,
    may_say_who_heads,
)
from clusterwork.clusters.selectors.headships import (
    also_headed,
    heads_signing_in,
    headships_of,
    headships_on,
)
from clusterwork.clusters.services import headships
from clusterwork.registry.models import School
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.people.forms.headships import HeadshipForm
from clusterwork.web.clusters.refusing import done_or_said
from clusterwork.web.day import planned_day_of
from clusterwork.web.guards import only, signed_in
from clusterwork.web.registry.frame import school_frame
from clusterwork.web.registry.loading import school_with


@signed_in
@require_safe
def school_headship(request: HttpRequest, pk: int) -> HttpResponse:
    """Who heads the school on a day, and who has headed it."""
    school, day = school_with(pk), planned_day_of(request)
    headship = headships_on([school], day.on).get(school.pk)
    may = day.is_today and may_say_who_heads(person_of(request), school, today())
    context = {
        **school_frame(request, school, day, "school_headship"),
        "headship": headship,
        "signs_in": None if headship else heads_signing_in([pk], day.on).get(pk),
        "together": also_headed(headship, day.on) if headship else [],
        "history": list(headships_of(school)),
        "may_say": may,
    }
    return render(request, "clusters/people/headship.html", context, using="jinja2")


@signed_in
@only("GET", "HEAD", "POST")
def headship_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Another headship begins; the one that holds ends that day."""
    person, day, school = person_of(request), today(), school_with(pk)
    check_may_say_who_heads(person, [school], day)
    running = headships_on([school], day).get(school.pk)
    known = heads_signing_in([pk], day).get(pk) if running is None else None
    initial: dict[str, Any] = {"start_on": day}
    if known is not None:
        initial |= {"name": known.name, "email": known.email}
    form = HeadshipForm(request.POST or None, school=school, initial=initial)
    return _done_or_form(
        request,
        school,
        form,
        lambda: headships.begin_headship(
            person=person, day=day, schools=form.schools, facts=form.facts
        ),
        _("The headship is written down."),
        {"running": running},
    )


@signed_in
@only("GET", "HEAD", "POST")
def headship_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """What was entered wrongly is put right."""
    person, day = person_of(request), today()
    found = headship_to_change(person, pk, day)
    form = HeadshipForm(
        request.POST or None, school=found.school, alone=True, initial=as_entered(found)
    )
    return _done_or_form(
        request,
        found.school,
        form,
        lambda: headships.correct_headship(person=person, day=day, pk=pk, facts=form.facts),
        _("The headship is corrected. The history keeps what was entered before."),
        {"headship": found},
    )


@signed_in
@only("POST")
def headship_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """A headship that never was is removed."""
    person, day = person_of(request), today()
    school = headship_to_change(person, pk, day).school
    headships.take_back_headship(person=person, day=day, pk=pk)
    messages.success(request, _("The headship is removed."))
    return redirect("school_headship", school.pk)


def as_entered(headship: Headship) -> dict[str, Any]:
    """The fields of the form as they stand."""
    names = ("kind", "name", "start_on", "end_on")
    email = headship.person.email if headship.person else ""
    return {"email": email} | {name: getattr(headship, name) for name in names}


def _done_or_form(
    request: HttpRequest,
    school: School,
    form: HeadshipForm,
    act: Callable[[], Any],
    said: str,
    more: dict[str, Any],
) -> HttpResponse:
    if form.is_valid() and done_or_said(form, "start_on", act):
        messages.success(request, said)
        return redirect(reverse("school_headship", args=[school.pk]))
    context = {"school": school, "form": form, **more}
    return render(request, "clusters/people/headship_form.html", context, using="jinja2")
