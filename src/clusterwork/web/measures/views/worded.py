"""Groups and codes of the catalogue: those that ship, and an organisation's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.accounts.models import Role
from clusterwork.clusters.permissions.programmes import organisations_for
from clusterwork.measures.models import Breakdown, FigureCode
from clusterwork.measures.selectors.measures import of_organisations
from clusterwork.measures.services.worded import add_code, add_group
from clusterwork.registry.models import Organisation
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.guards import needs_role, only
from clusterwork.web.measures.forms.figures import done_at_its_field
from clusterwork.web.measures.forms.worded import AT, CodeForm, GroupForm
from clusterwork.web.measures.frame import seen_by_officers, to_measures

officer = needs_role(Role.Kind.PROGRAMME_OFFICER)


@officer
@require_safe
def measure_words(request: HttpRequest) -> HttpResponse:
    """All groups and codes that the officer's measures can have, the own ones last."""
    held = of_organisations(_organisations(request))
    order = ("organisation__name", "position", "pk")
    context = {
        "groups": _shipped_first(Breakdown.objects.filter(held).order_by(*order)),
        "codes": _shipped_first(FigureCode.objects.filter(held).order_by(*order)),
        "trail_items": to_measures(),
        "seen_by_words": seen_by_officers(),
    }
    return render(request, "measures/words.html", context, using="jinja2")


def _shipped_first(rows: Any) -> list[Any]:
    found = rows.select_related("organisation")
    return sorted(found, key=lambda each: each.organisation_id is not None)


@officer
@only("GET", "HEAD", "POST")
def group_new(request: HttpRequest) -> HttpResponse:
    """A group that the organisation's measures can be broken down by."""
    form = GroupForm(request.POST or None, organisations=_organisations(request))
    told = {"question": _("Add a group"), "press": _("Add the group")}
    return _added(request, form, add_group, told, _("The group is added. Choose it in a measure."))


@officer
@only("GET", "HEAD", "POST")
def code_new(request: HttpRequest) -> HttpResponse:
    """A code that may stand in place of a number."""
    form = CodeForm(request.POST or None, organisations=_organisations(request))
    told = {"question": _("Add a code"), "press": _("Add the code")}
    return _added(request, form, add_code, told, _("The code is added. Choose it in a measure."))


def _organisations(request: HttpRequest) -> list[Organisation]:
    return list(organisations_for(person_of(request), today()))


def _added(
    request: HttpRequest, form: GroupForm, add: Callable[..., Any], told: dict[str, str], said: str
) -> HttpResponse:
    if form.is_bound and form.is_valid():
        who = {"person": person_of(request), "day": today()}
        pk = int(form.cleaned_data["organisation"])
        kept = done_at_its_field(
            form, lambda: add(**who, organisation_pk=pk, facts=form.facts), at=AT
        )
        if kept:
            messages.success(request, said)
            return redirect("measure_words")
    back = {"text": _("Groups and codes"), "href": reverse("measure_words")}
    context = {
        "form": form,
        "told": told,
        "trail_items": [*to_measures(), back],
        "seen_by_words": seen_by_officers(),
    }
    return render(request, "measures/word_form.html", context, using="jinja2")
