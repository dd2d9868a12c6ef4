"""Schools by size band: a programme's and an authority's, beside all other schools."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.evaluation.rules.bands import NOT_WHY, USUAL_ENDS, floors_said, widths_said
from clusterwork.evaluation.selectors.banded import Banded, banded
from clusterwork.evaluation.selectors.bands import (
    Ours,
    in_bands,
    last_years,
    schools_of_authority,
    schools_of_programme,
)
from clusterwork.kernel.disclosure import HIDDEN
from clusterwork.measures.models import Measure
from clusterwork.measures.permissions.authorities import authority_to_see
from clusterwork.measures.selectors.around_authority import smallest_in
from clusterwork.measures.selectors.measures import measures_about, measures_of
from clusterwork.web.charts import figure_file
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.programme.loading import framed, seen
from clusterwork.web.day import Day, day_of
from clusterwork.web.evaluation.pictures.drawing.bands import bands_figure, floor_figure
from clusterwork.web.evaluation.pictures.forms import BandsForm
from clusterwork.web.evaluation.pictures.words import InUnit
from clusterwork.web.formats import number, said
from clusterwork.web.guards import signed_in
from clusterwork.web.measures.authority import authority_frame
from clusterwork.web.measures.words import key_of, words


@signed_in
@require_safe
def programme_bands(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A measure of the programme's schools by size, beside all other schools."""
    programme, day = seen(request, pk), day_of(request)
    context = framed(request, programme, "programme_figures", day)
    return _page(
        request,
        "bands_programme",
        context,
        day=day,
        measures=measures_of([programme.organisation]),
        ours=schools_of_programme(programme),
        called=_("Programme’s schools"),
        smallest=programme.smallest_number,
    )


@signed_in
@require_safe
def authority_bands(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A measure of the authority's schools by size, beside all other schools."""
    authority, day = authority_to_see(person_of(request), pk, today()), day_of(request)
    return _page(
        request,
        "bands_authority",
        authority_frame(request, authority, day, "authority_figures"),
        day=day,
        measures=measures_about(authority),
        ours=schools_of_authority(authority),
        called=_("Authority’s schools"),
        smallest=smallest_in(authority),
    )


def _page(
    request: HttpRequest,
    name: str,
    context: dict[str, Any],
    *,
    day: Day,
    measures: QuerySet[Measure],
    ours: Ours,
    called: str,
    smallest: int,
) -> HttpResponseBase:
    """The page, or one of its files; without a figure it says what will be there."""
    offered = in_bands(measures, ours, day.on)
    asked = request.GET.get("measure", "")
    first = next(iter(offered), None)
    measure = next((each for each in offered if str(each.pk) == asked), first)
    form = BandsForm(measures=offered, given=_given(request, measure))
    found = None
    if measure:
        members = {year: ours.of_year(year) for year in last_years(measure, ours, day.on)}
        found = banded(
            measure, members, day.on, ends=form.ends, floor=form.floor_asked, smallest=smallest
        )
    shown = _shown(measure, found, called) if measure and found else {"figures": []}
    if file := figure_file(request, *shown["figures"]):
        return file
    context |= {"form": form, "measure": measure, "found": found, "kept": _kept(request), **shown}
    return render(request, f"evaluation/pictures/{name}.html", context, using="jinja2")


def _given(request: HttpRequest, measure: Measure | None) -> dict[str, str]:
    """What the form shows: what the address says, and the usual bands where it says nothing."""
    usual = ", ".join(map(str, USUAL_ENDS))
    return {
        "measure": str(measure.pk) if measure else "",
        "bands": request.GET.get("bands", usual),
        "floor": request.GET.get("floor", ""),
    }


def _kept(request: HttpRequest) -> list[tuple[str, str]]:
    names = ("measure", "bands", "floor")
    return [(name, request.GET[name]) for name in names if request.GET.get(name)]


def _shown(measure: Measure, found: Banded, called: str) -> dict[str, Any]:
    unit = InUnit(measure)
    figures = [bands_figure(measure, found, called), floor_figure(measure, found, called)]
    is_hidden = any(
        band and band.is_hidden
        for pairs in found.pairs.values()
        for pair in pairs
        for band in (pair.ours, pair.others)
    )
    floor = unit.said(found.floor) if found.floor is not None else ""
    notes = [
        widths_said(found.latest, number),
        floors_said(found.latest, floor, is_lower_better=found.is_lower_better),
    ]
    return {
        "figures": [figure for figure in figures if figure],
        "notes": [said(note) for note in notes if note],
        "not_why": said(NOT_WHY),
        "floor": floor,
        "keys": key_of([HIDDEN], words()) if is_hidden else [],
    }
