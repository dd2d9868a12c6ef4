"""Value added: chosen, worked out in the background, shown without small groups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from clusterwork.evaluation.rules.value_added import Level, ValueAdded
from clusterwork.evaluation.services.cells.fitting import ask_for_fit
from clusterwork.evaluation.services.cells.opening import (
    OpenedFit,
    open_fit,
    open_list,
    open_to_choose,
    state_of_fit,
)
from clusterwork.kernel.errors import NotAllowed, NotThere, Problem
from clusterwork.web.clusters.refusing import done_or_said
from clusterwork.web.evaluation.cells.drawing import in_order, level_shown, restricted_file
from clusterwork.web.evaluation.cells.forms import ModelForm, SetsForm
from clusterwork.web.evaluation.cells.frame import below
from clusterwork.web.evaluation.cells.shown import progress_shown, shown, trouble_shown
from clusterwork.web.evaluation.cells.views.sets import asked
from clusterwork.web.formats import said
from clusterwork.web.guards import only, signed_in
from clusterwork.web.measures.words import school_year

PAGE_SIZE = 50


@signed_in
@never_cache
@only("GET", "HEAD", "POST")
def cell_fit_new(request: HttpRequest, pk: int) -> HttpResponse:
    """First which sets, then which of their columns."""
    chosen = [int(each) for each in request.GET.getlist("of") if each.isdigit()]
    if not chosen:
        return _which_sets(request, pk)
    try:
        study, sets = open_to_choose(**asked(request, pk), set_pks=chosen)
    except (NotAllowed, NotThere):
        raise
    except Problem as problem:
        messages.warning(request, said(problem))
        return _which_sets(request, pk)
    form = ModelForm(request.POST if request.method == "POST" else None, cells=sets[0])
    if form.is_valid():
        model = form.model
        told = {**asked(request, pk), "now": timezone.now(), "set_pks": chosen, "model": model}
        made = done_or_said(form, None, lambda: ask_for_fit(**told))
        if made:
            return redirect("cell_fit", pk, made.pk)
    context = {**below(study), "form": form, "sets": sets, "school_year": school_year}
    return render(request, "evaluation/cells/model.html", context, using="jinja2")


def _which_sets(request: HttpRequest, pk: int) -> HttpResponse:
    """The first question; left out where there is only one set."""
    listed = open_list(**asked(request, pk))
    kept = [each for each in listed.sets if not each.is_erased]
    if len(kept) == 1 and "of" not in request.GET:
        address = reverse("cell_fit_new", args=[pk])
        return redirect(f"{address}?of={kept[0].pk}")
    form = SetsForm(request.GET if "asked" in request.GET else None, sets=kept)
    context = {**below(listed.study), "form": form, "kept": kept}
    return render(request, "evaluation/cells/which.html", context, using="jinja2")


@signed_in
@never_cache
@require_safe
def cell_fit(request: HttpRequest, pk: int, fit: int) -> HttpResponse:
    """The result, the work as it goes, or why there is none."""
    opened = open_fit(**asked(request, pk), pk=fit)
    context = {
        **below(opened.study),
        "fit": opened.fit,
        "sets": opened.sets,
        "school_year": school_year,
        "progress": progress_shown(opened.fit),
        "trouble": trouble_shown(opened.fit),
    }
    if opened.shown is None:
        return render(request, "evaluation/cells/no_fit.html", context, using="jinja2")
    return _result(request, opened, opened.shown, context)


def _result(
    request: HttpRequest, opened: OpenedFit, found: ValueAdded, context: dict[str, Any]
) -> HttpResponse:
    level = _level(request, found.levels)
    groups, names = in_order(level)
    page = Paginator(groups, PAGE_SIZE).get_page(request.GET.get("page"))
    rows = groups if request.GET.get("form") == "csv" else list(page)
    told = level_shown(found, level, rows, names, opened.sets)
    file = restricted_file(request, told.figure)
    if file:
        return file
    context |= {
        "found": found,
        "shown": shown(found),
        "told": told,
        "page": page,
        "level_links": [
            {"text": each.name, "href": f"?level={place}", "current": each is level}
            for place, each in enumerate(found.levels)
        ],
    }
    return render(request, "evaluation/cells/fit.html", context, using="jinja2")


def _level(request: HttpRequest, levels: Sequence[Level]) -> Level:
    """The level asked for by its place; else the lowest."""
    place = request.GET.get("level", "")
    return levels[int(place)] if place.isdigit() and int(place) < len(levels) else levels[-1]


@signed_in
@never_cache
@require_safe
def cell_fit_progress(request: HttpRequest, pk: int, fit: int) -> JsonResponse:
    """The same words and numbers as the page shows, for its script."""
    return JsonResponse(progress_shown(state_of_fit(**asked(request, pk), pk=fit)).to_json())
