"""A school says which partnership is its main one, adds others, corrects and ends them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from clusterwork.clusters.models import StatedPartnership
from clusterwork.clusters.models.standing import Formality
from clusterwork.clusters.permissions.stated import school_to_state_for, stated_to_change
from clusterwork.clusters.selectors.stated import (
    BY_NAME,
    IN_NONE,
    Line,
    line_called,
    lines_for_main,
    lines_known,
    main_on,
    name_of,
)
from clusterwork.clusters.services.stated import (
    add_partnership,
    correct_partnership,
    end_partnership,
    state_main,
)
from clusterwork.registry.models import School
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.partnerships.forms import ChoiceForm, EndForm, StatedForm
from clusterwork.web.clusters.partnerships.wording import definitions
from clusterwork.web.clusters.refusing import done_or_said
from clusterwork.web.guards import only, signed_in


@signed_in
@only("GET", "HEAD")
def partnership_choose(request: HttpRequest, pk: int, *, is_main: bool) -> HttpResponse:
    """First question: which partnership. Everything that is known is offered."""
    school = school_to_state_for(person_of(request), pk, today())
    given = request.GET if "line" in request.GET or request.GET.get("asked") else None
    form = ChoiceForm(given, lines=lines(school, is_main=is_main), with_none=is_main)
    if form.is_bound and form.is_valid():
        name = "main_partnership_details" if is_main else "other_partnership_details"
        return redirect(f"{reverse(name, args=[pk])}?line={form.cleaned_data['line']}")
    context = {"school": school, "form": form, "is_main": is_main}
    return render(request, "clusters/partnerships/choose.html", context, using="jinja2")


@signed_in
@only("GET", "HEAD", "POST")
def partnership_details(request: HttpRequest, pk: int, *, is_main: bool) -> HttpResponse:
    """Second question: what is said of it, with what is known filled in."""
    school = school_to_state_for(person_of(request), pk, today())
    key = request.GET.get("line", BY_NAME)
    line = line_called(lines(school, is_main=is_main), key)
    if line is None and key not in (BY_NAME, IN_NONE):
        return redirect("main_partnership" if is_main else "other_partnership", pk)
    so_far = main_on(school, today()) if is_main else None
    form = StatedForm(
        request.POST or None,
        initial=known(line) | ({"start_on": None} if so_far else {}),
        is_main=is_main,
        is_named=line is None,
        in_none=is_main and key == IN_NONE,
    )
    if request.method == "POST" and form.is_valid():
        act = state_main if is_main else add_partnership
        asked: dict[str, Any] = {"person": person_of(request), "day": today(), "school_pk": pk}
        if done_or_said(form, None, lambda: act(**asked, line=key, facts=form.facts)):
            messages.success(request, _("It is noted."))
            return redirect("school_partnerships", pk)
    context = {
        "school": school,
        "form": form,
        "line": line,
        "is_main": is_main,
        "so_far": so_far and (name_of(so_far) or _("none")),
        "in_none": form.in_none,
        "definitions": definitions(),
    }
    return render(request, "clusters/partnerships/details.html", context, using="jinja2")


@signed_in
@only("GET", "HEAD", "POST")
def stated_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Puts right what was said; what it names stays."""
    stated = stated_to_change(person_of(request), pk, today())
    form = StatedForm(
        request.POST or None,
        initial=as_said(stated),
        is_main=stated.is_main,
        is_named=not (stated.cluster_id or stated.partnership_id),
        in_none=stated.formality == Formality.NONE,
    )
    return _changed(
        request,
        stated,
        form,
        lambda asked: correct_partnership(**asked, facts=form.facts),
        "clusters/partnerships/correct.html",
    )


@signed_in
@only("GET", "HEAD", "POST")
def stated_end(request: HttpRequest, pk: int) -> HttpResponse:
    """From a day on it is none of the school's partnerships."""
    stated = stated_to_change(person_of(request), pk, today())
    form = EndForm(request.POST or None)
    return _changed(
        request,
        stated,
        form,
        lambda asked: end_partnership(**asked, on=form.cleaned_data["on"]),
        "clusters/partnerships/end.html",
    )


def lines(school: School, *, is_main: bool) -> list[Line]:
    """What is offered: everything known; for the main one also what was stated by name."""
    return (lines_for_main if is_main else lines_known)(school, today())


def known(line: Line | None) -> dict[str, Any]:
    """What need not be typed."""
    if line is None:
        return {}
    return {
        "formality": line.category,
        "what_for": line.what_for,
        "start_on": line.since,
        "signed_on": line.signed_on,
    }


def as_said(stated: StatedPartnership) -> dict[str, Any]:
    """The words so far."""
    fields = ("name", "kind", "formality", "what_for", "start_on", "signed_on")
    return {name: getattr(stated, name) for name in fields}


def _changed(
    request: HttpRequest,
    stated: StatedPartnership,
    form: Any,
    act: Callable[[dict[str, Any]], Any],
    template: str,
) -> HttpResponse:
    """The school's page once it is done, else the form with what stands against it."""
    asked = {"person": person_of(request), "day": today(), "pk": stated.pk}
    if form.is_bound and form.is_valid() and done_or_said(form, None, lambda: act(asked)):
        messages.success(request, _("It is noted."))
        return redirect("school_partnerships", stated.school_id)
    context = {
        "stated": stated,
        "name": name_of(stated),
        "school": stated.school,
        "form": form,
        "definitions": definitions(),
    }
    return render(request, template, context, using="jinja2")
