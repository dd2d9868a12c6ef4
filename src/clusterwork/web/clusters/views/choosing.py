"""The schools of an exercise: chosen by facts, from a list, marked and removed."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterwork.accounts.models import Role
from clusterwork.clusters.models import Formation
from clusterwork.clusters.permissions import formation_for
from clusterwork.clusters.selectors.candidates import authorities_of, schools_fitting
from clusterwork.clusters.selectors.listed import schools_listed
from clusterwork.clusters.services.formations import (
    choose_schools,
    remove_schools,
    say_who_contributes,
)
from clusterwork.clusters.services.unconfirmed import check_not_confirmed
from clusterwork.registry.models import School
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.forms.choosing import FactsForm, ListForm
from clusterwork.web.clusters.frame import formation_frame
from clusterwork.web.clusters.shown.formations import chosen_filters
from clusterwork.web.guards import needs_role, only

PAGE_SIZE = 50
MOST_NAMED = 10


@needs_role(Role.Kind.PROGRAMME_OFFICER)
@only("GET", "HEAD", "POST")
def chosen_schools(request: HttpRequest, pk: int) -> HttpResponse:
    """The chosen schools; removing some, and saying which can contribute."""
    formation = formation_for(person_of(request), pk, today())
    if request.method == "POST":
        _change_chosen(request, pk)
        return redirect(request.get_full_path())
    filters = chosen_filters(request, formation)
    page = Paginator(filters.schools, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        **formation_frame(formation, "chosen_schools"),
        "page": page,
        "filters": filters,
    }
    return render(request, "clusters/chosen_schools.html", context, using="jinja2")


@needs_role(Role.Kind.PROGRAMME_OFFICER)
@only("GET", "HEAD", "POST")
def choose_by_facts(request: HttpRequest, pk: int) -> HttpResponse:
    """Schools by authority, phase, type, size, medium and religious character."""
    formation = formation_for(person_of(request), pk, today())
    check_not_confirmed(formation)
    form = FactsForm(request.GET or None, programme=formation.programme, day=today())
    found = None
    if form.is_bound and form.is_valid():
        found = schools_fitting(form.wanted, form.within, today())
        if request.method == "POST":
            ids = list(found.values_list("pk", flat=True))
            _say_added(
                request,
                choose_schools(person=person_of(request), day=today(), pk=pk, school_ids=ids),
            )
            return redirect("chosen_schools", pk)
    context = {**formation_frame(formation, "chosen_schools"), "form": form}
    context |= _fitting(request, formation, found)
    return render(request, "clusters/choose_by_facts.html", context, using="jinja2")


@needs_role(Role.Kind.PROGRAMME_OFFICER)
@only("GET", "HEAD", "POST")
def choose_by_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Schools by a list; what it names is added, the lines that name nothing are handed back."""
    formation = formation_for(person_of(request), pk, today())
    check_not_confirmed(formation)
    form = ListForm(request.POST or None, request.FILES or None)
    listed = None
    if form.is_bound and form.is_valid():
        near = [authority.pk for authority in authorities_of(formation.programme)]
        listed = schools_listed(form.text, near)
        added = choose_schools(
            person=person_of(request), day=today(), pk=pk, school_ids=listed.school_ids
        )
        if listed.school_ids:
            _say_added(request, added)
            _say_elsewhere(request, listed.school_ids, near)
        if not listed.rest:
            return redirect("chosen_schools", pk)
        form = ListForm(initial={"lines": "\n".join(listed.rest)})
    context = {
        **formation_frame(formation, "chosen_schools"),
        "form": form,
        "listed": listed,
        "n_chosen": formation.chosen.count(),
    }
    return render(request, "clusters/choose_by_list.html", context, using="jinja2")


def _change_chosen(request: HttpRequest, pk: int) -> None:
    """By the button that was pressed: remove the marked schools, or keep who can contribute."""
    asked: dict[str, Any] = {"person": person_of(request), "day": today(), "pk": pk}
    if request.POST.get("do") == "contributing":
        say_who_contributes(
            **asked,
            shown=_numbers(request, "shown"),
            contributing=_numbers(request, "contributes"),
        )
        messages.success(request, _("It has been noted which schools can contribute."))
        return
    n = remove_schools(**asked, school_ids=_numbers(request, "school"))
    text = ngettext("One school was removed.", "%(n)s schools were removed.", n) % {"n": n}
    messages.success(request, text if n else _("No school was marked, so none was removed."))


def _numbers(request: HttpRequest, name: str) -> list[int]:
    return [int(value) for value in request.POST.getlist(name) if value.isdecimal()]


def _say_added(request: HttpRequest, n: int) -> None:
    text = ngettext("One school was added.", "%(n)s schools were added.", n) % {"n": n}
    messages.success(request, text if n else _("These schools had been chosen already."))


def _say_elsewhere(request: HttpRequest, ids: Collection[int], near: Collection[int]) -> None:
    """Names those that were taken although they stand outside the organisation's authorities."""
    found = School.objects.filter(pk__in=ids).exclude(authority__in=near).order_by("sort_key")
    names = [str(school) for school in found]
    if names:
        more = f"; … (+{len(names) - MOST_NAMED})" if len(names) > MOST_NAMED else ""
        shown = "; ".join(names[:MOST_NAMED]) + more
        messages.info(request, _("Of another authority: %(schools)s") % {"schools": shown})


def _fitting(request: HttpRequest, formation: Formation, found: Any) -> dict[str, Any]:
    """The schools that fit, 50 a page, with how many there are and how many of them are new."""
    chosen = set(formation.chosen.values_list("school_id", flat=True))
    if found is None:
        return {"page": None, "n_chosen": len(chosen)}
    ids = set(found.values_list("pk", flat=True))
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return {
        "page": page,
        "n_chosen": len(chosen),
        "n_fitting": len(ids),
        "n_new": len(ids - chosen),
        "chosen_ids": chosen,
    }
