"""Statistics of pupils: listed, uploaded, opened, kept longer, erased."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from clusterwork.evaluation.models import CellSet
from clusterwork.evaluation.rules.keeping import IN_ALL_YEARS, latest
from clusterwork.evaluation.services.cells.keeping import erase_cells, keep_cells
from clusterwork.evaluation.services.cells.opening import columns_of_set, open_list, open_set
from clusterwork.evaluation.services.cells.uploading import upload_cells
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.refusing import done_or_said
from clusterwork.web.evaluation.cells.command import command_for
from clusterwork.web.evaluation.cells.forms import EraseForm, KeepForm, UploadForm
from clusterwork.web.evaluation.cells.frame import below, cells_frame
from clusterwork.web.formats import day as in_words
from clusterwork.web.guards import only, signed_in
from clusterwork.web.measures.words import school_year
from clusterwork.web.registry.forms import posted


def asked(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Who asks, on which day, of which study: what every service wants."""
    return {"person": person_of(request), "day": today(), "study_pk": pk}


@signed_in
@never_cache
@require_safe
def cells(request: HttpRequest, pk: int) -> HttpResponse:
    """All statistics of the study with how long they are kept, and what was worked out."""
    listed = open_list(**asked(request, pk))
    context = {
        **cells_frame(listed.study),
        "sets": listed.sets,
        "kept": [each for each in listed.sets if not each.is_erased],
        "fits": listed.fits,
        "school_year": school_year,
    }
    return render(request, "evaluation/cells/list.html", context, using="jinja2")


@signed_in
@never_cache
@only("GET", "HEAD", "POST")
def cells_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Says what to run on one's own machine and what leaves it; takes the file."""
    listed = open_list(**asked(request, pk))
    form = UploadForm(*posted(request), day=today())
    if form.is_valid():
        made = done_or_said(
            form,
            "file",
            lambda: upload_cells(
                **asked(request, pk), now=timezone.now(), content=form.content, about=form.about
            ),
        )
        if made:
            said = _("The statistics are in the study. They are erased after %(day)s.")
            messages.success(request, said % {"day": in_words(made.keep_until)})
            return redirect("cell_set", pk, made.pk)
    first = next((each for each in listed.sets if not each.is_erased), None)
    context = {
        **below(listed.study),
        "form": form,
        "first": first,
        "command": command_for(first),
        "smallest": listed.study.programme.smallest_number,
    }
    return render(request, "evaluation/cells/new.html", context, using="jinja2")


@signed_in
@never_cache
@require_safe
def cell_set(request: HttpRequest, pk: int, cells: int) -> HttpResponse:
    """What one set is of; its sums are on no page."""
    opened = open_set(**asked(request, pk), pk=cells)
    context = {
        **below(opened.study),
        "cells": opened.cells,
        "fits": opened.fits,
        "school_year": school_year,
    }
    return render(request, "evaluation/cells/set.html", context, using="jinja2")


@signed_in
@never_cache
@only("GET", "HEAD", "POST")
def cells_keep(request: HttpRequest, pk: int, cells: int) -> HttpResponse:
    """Sets a later last day, with the reason."""
    opened = open_set(**asked(request, pk), pk=cells)
    form = KeepForm(request.POST or None)
    if form.is_valid():
        told = form.cleaned_data
        kept = done_or_said(
            form, "until", lambda: keep_cells(**asked(request, pk), pk=cells, **told)
        )
        if kept:
            messages.success(request, _("They are kept longer."))
            return redirect("cell_set", pk, cells)
    context = {
        **below(opened.study),
        "cells": opened.cells,
        "form": form,
        "latest": latest(timezone.localdate(opened.cells.uploaded_at), today()),
        "in_all": IN_ALL_YEARS,
    }
    return render(request, "evaluation/cells/keep.html", context, using="jinja2")


@signed_in
@never_cache
@only("GET", "HEAD", "POST")
def cells_erase(request: HttpRequest, pk: int, cells: int) -> HttpResponse:
    """Erases a set after a look at what goes with it."""
    opened = open_set(**asked(request, pk), pk=cells)
    form = EraseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        erased = done_or_said(form, None, lambda: _erased(request, pk, cells))
        if erased:
            gone = _("The statistics and what was worked out from them are gone.")
            messages.success(request, gone)
            return redirect("cells", pk)
    context = {
        **below(opened.study),
        "cells": opened.cells,
        "n_fits": sum(fit.erased_at is None for fit in opened.fits),
        "form": form,
    }
    return render(request, "evaluation/cells/erase.html", context, using="jinja2")


def _erased(request: HttpRequest, pk: int, cells: int) -> CellSet:
    return erase_cells(**asked(request, pk), now=timezone.now(), pk=cells)


@signed_in
@never_cache
@require_safe
def cells_columns(request: HttpRequest, pk: int, cells: int) -> HttpResponse:
    """The file of columns that another authority centres its statistics at."""
    text = columns_of_set(**asked(request, pk), pk=cells)
    response = HttpResponse(text, content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="COLUMNS.json"'
    return response
