"""School holidays of an organisation: the list, and putting it right."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from clusterwork.accounts.models import Role
from clusterwork.kernel.errors import Problem
from clusterwork.registry.models import Holiday, Organisation
from clusterwork.registry.selectors.holidays import (
    bank_holidays_known_until,
    days_off,
    own_holidays,
)
from clusterwork.registry.services.holidays import (
    change_holiday,
    enter_holiday,
    enter_holidays,
    remove_holiday,
)
from clusterwork.web.context import viewer_of
from clusterwork.web.formats import said
from clusterwork.web.guards import needs_role, only
from clusterwork.web.registry.forms import posted
from clusterwork.web.registry.forms.holidays import HolidayForm, HolidaysForm, lines_of
from clusterwork.web.registry.loading import loaded
from clusterwork.web.registry.views.organisations import may_edit, organisation_to_edit

officer = needs_role(Role.Kind.PROGRAMME_OFFICER)
PAGE_SIZE = 50
AHEAD = dt.timedelta(days=365)


@officer
@require_safe
def organisation_holidays(request: HttpRequest, pk: int) -> HttpResponse:
    """Its holidays, the last first; whose hold where it has none; which seem to be missing."""
    found = loaded(Organisation.objects.select_related("parent"), pk)
    today = timezone.localdate()
    own = own_holidays(found)
    known = days_off(found, today, today + AHEAD)
    context = {
        "organisation": found,
        "page": Paginator(own, PAGE_SIZE).get_page(request.GET.get("page")),
        "others": [each for each in known.entered if each.organisation_id != found.pk],
        "supposed": known.supposed,
        "bank_until": bank_holidays_known_until(),
        "may_edit": may_edit(viewer_of(request), found),
    }
    return render(request, "registry/holidays.html", context, using="jinja2")


@officer
@only("GET", "HEAD", "POST")
def holiday_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Enters one."""
    found = organisation_to_edit(request, pk)
    form = HolidayForm(posted(request)[0], organisation=found)
    if request.method == "POST" and form.is_valid():
        by: Any = request.user
        try:
            enter_holiday(organisation=found, by=by, **form.cleaned_data)
        except Problem as problem:
            form.add_error("start_on", said(problem))
        else:
            messages.success(request, _("The holiday is entered."))
            return redirect("organisation_holidays", pk=pk)
    context = {"organisation": found, "form": form, "holiday": None}
    return render(request, "registry/holiday_form.html", context, using="jinja2")


@officer
@only("GET", "HEAD", "POST")
def holidays_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Enters several; the usual ones that are missing stand there to be put right."""
    found = organisation_to_edit(request, pk)
    today = timezone.localdate()
    supposed = days_off(found, today, today + AHEAD).supposed
    form = HolidaysForm(posted(request)[0], initial={"lines": lines_of(supposed)})
    if request.method == "POST" and form.is_valid():
        by: Any = request.user
        try:
            n = enter_holidays(organisation=found, rows=form.cleaned_data["lines"], by=by)
        except Problem as problem:
            form.add_error("lines", said(problem))
        else:
            text = ngettext("One holiday is entered.", "%(n)s holidays are entered.", n)
            messages.success(request, text % {"n": n})
            return redirect("organisation_holidays", pk=pk)
    context = {"organisation": found, "form": form, "n_supposed": len(supposed)}
    return render(request, "registry/holidays_form.html", context, using="jinja2")


@officer
@only("GET", "HEAD", "POST")
def holiday_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Moves or renames one."""
    held = loaded(Holiday.objects.all(), pk)
    found = organisation_to_edit(request, held.organisation_id)
    form = HolidayForm(posted(request)[0], organisation=found, holiday=held)
    if request.method == "POST" and form.is_valid():
        by: Any = request.user
        try:
            change_holiday(holiday_id=pk, by=by, **form.cleaned_data)
        except Problem as problem:
            form.add_error("start_on", said(problem))
        else:
            messages.success(request, _("The holiday is changed."))
            return redirect("organisation_holidays", pk=found.pk)
    context = {"organisation": found, "form": form, "holiday": held}
    return render(request, "registry/holiday_form.html", context, using="jinja2")


@officer
@only("POST")
def holiday_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes one out of the list."""
    held = loaded(Holiday.objects.all(), pk)
    organisation_to_edit(request, held.organisation_id)
    by: Any = request.user
    remove_holiday(holiday_id=pk, by=by)
    messages.success(request, _("The holiday is removed."))
    return redirect("organisation_holidays", pk=held.organisation_id)
