"""An authority's figures: all its schools together, by measure and over the years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.kernel.errors import NotThere
from clusterwork.kernel.messages import N_, Message
from clusterwork.measures.models import Measure
from clusterwork.measures.permissions.authorities import authority_to_see
from clusterwork.measures.rules.years import year_of
from clusterwork.measures.selectors.measures import measures_about
from clusterwork.measures.services.authorities import OfAuthority, authority_figures
from clusterwork.registry.models import Authority
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.day import day_of
from clusterwork.web.guards import signed_in
from clusterwork.web.measures.authority import authority_frame
from clusterwork.web.measures.cluster import (
    cell,
    finding,
    known_of_authority,
    latest_of,
    symbols_in,
    three_years,
)
from clusterwork.web.measures.overview import cell_words, chart_of, year_asked, year_links
from clusterwork.web.measures.words import key_of, school_year, unit_shown, value_shown, words
from clusterwork.web.spreadsheet import csv_response

PAGE_SIZE = 20  # every measure is put together over all schools of the authority


@signed_in
@require_safe
def authority_figures_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The authority's totals, a line a measure over three years."""
    authority, day = authority_to_see(person_of(request), pk, today()), day_of(request)
    known = known_of_authority(authority, day.on)
    last = year_asked(request, known, year_of(day.on))
    found = measures_about(authority).filter(pk__in=known.taken(last))
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    years = three_years(last)
    told = authority_figures(authority=authority, measures=list(page), years=years)
    cells = [each for of in told for each in of.line.values()]
    context = {
        **authority_frame(request, authority, day, "authority_figures"),
        "page": page,
        "told": told,
        "years": years,
        "year_links": year_links(request, known.years, last),
        "keys": key_of(symbols_in(cells), words()),
        **cell_words(),
    }
    return render(request, "measures/authority/figures.html", context, using="jinja2")


@signed_in
@require_safe
def authority_measure(request: HttpRequest, pk: int, measure_pk: int) -> HttpResponse:
    """One measure over three years: the picture, its table, and how it is put together."""
    authority, day = authority_to_see(person_of(request), pk, today()), day_of(request)
    known = known_of_authority(authority, day.on)
    measure = _measure_of(authority, measure_pk, known.latest)
    years = three_years(known.latest[measure.pk])
    (of,) = authority_figures(authority=authority, measures=[measure], years=years)
    context = {
        **authority_frame(request, authority, day, "authority_figures"),
        "measure": measure,
        "line": of.line,
        "years": years,
        "finding": finding(measure, dict(of.line)),
        "chart": chart_of(of.line),
        "show_value": lambda value: value_shown(measure, value),
        "last": latest_of(of.line),
        "keys": key_of(symbols_in(of.line.values()), words()),
        **cell_words(),
    }
    return render(request, "measures/authority/measure.html", context, using="jinja2")


def _measure_of(authority: Authority, pk: int, known: dict[int, int]) -> Measure:
    found = measures_about(authority).filter(pk=pk).first() if pk in known else None
    if found is None:
        raise NotThere(
            Message(N_("The authority's schools have no figures of this measure.")),
            next_step=Message(N_("Open the authority's figures to see those that there are.")),
        )
    return found


@signed_in
@require_safe
def authority_figures_csv(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The same cells one a row, of every measure; what hides on the page hides here."""
    authority, day = authority_to_see(person_of(request), pk, today()), day_of(request)
    known = known_of_authority(authority, day.on)
    last = year_asked(request, known, year_of(day.on))
    asked = request.GET.get("measure", "")
    only = int(asked) if asked.isdecimal() and int(asked) in known.latest else None
    years = three_years(known.latest[only] if only else last)
    found = list(measures_about(authority).filter(pk__in=[only] if only else known.taken(last)))
    told = authority_figures(authority=authority, measures=found, years=years)
    header: list[Any] = [
        _("Measure"), _("Code in files"), _("Authority"), _("School year"), _("Value"), _("Unit"),
        _("Unit of count"), _("Number counted"), _("Schools with a figure"), _("Schools"),
        _("Source"), _("Published nationally"),
    ]  # fmt: skip
    return csv_response(_("figures of the authority"), header, _rows(authority, told))


def _rows(authority: Authority, told: Sequence[OfAuthority]) -> Iterator[tuple[object, ...]]:
    for of in told:
        measure = of.measure
        for year, shown in sorted(of.line.items()):
            rolled = shown.rolled
            yield (
                str(measure),
                measure.code,
                str(authority),
                school_year(year),
                cell(measure, shown),
                unit_shown(measure),
                measure.get_counts_display(),
                rolled.denominator if rolled and rolled.denominator is not None else "",
                rolled.n_in if rolled else "",
                rolled.n_schools if rolled else "",
                measure.shown_source,
                _("Yes") if measure.is_public else _("No"),
            )
