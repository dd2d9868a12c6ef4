"""An authority's figures: all its schools together, by measure and over the years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.kernel.messages import N_, Message
from clusterwork.measures.permissions.authorities import authority_to_see
from clusterwork.measures.services.authorities import OfAuthority, authority_figures
from clusterwork.registry.models import Authority
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.day import day_of
from clusterwork.web.guards import signed_in
from clusterwork.web.measures.authority import authority_frame
from clusterwork.web.measures.cluster import (
    cell,
    known_of_authority,
    three_years,
)
from clusterwork.web.measures.overview import (
    counted_columns,
    file_asked,
    line_words,
    measure_known,
    table_asked,
)
from clusterwork.web.measures.words import school_year, unit_shown
from clusterwork.web.spreadsheet import csv_response

NOTHING = Message(N_("The authority's schools have no figures of this measure."))
LOOK = Message(N_("Open the authority's figures to see those that there are."))
PAGE_SIZE = 20  # every measure is put together over all schools of the authority


@signed_in
@require_safe
def authority_figures_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The authority's totals, a line a measure over three years."""
    authority, day = authority_to_see(person_of(request), pk, today()), day_of(request)
    known = known_of_authority(authority, day.on)
    table = table_asked(request, authority, known, day, PAGE_SIZE)
    told = authority_figures(authority=authority, measures=list(table.page), years=table.years)
    cells = [each for of in told for each in of.line.values()]
    context = {
        **authority_frame(request, authority, day, "authority_figures"),
        "told": told,
        **table.words(cells),
    }
    return render(request, "measures/authority/figures.html", context, using="jinja2")


@signed_in
@require_safe
def authority_measure(request: HttpRequest, pk: int, measure_pk: int) -> HttpResponse:
    """One measure over three years: the picture, its table, and how it is put together."""
    authority, day = authority_to_see(person_of(request), pk, today()), day_of(request)
    known = known_of_authority(authority, day.on)
    measure = measure_known(authority, measure_pk, known, NOTHING, LOOK)
    years = three_years(known.latest[measure.pk])
    (of,) = authority_figures(authority=authority, measures=[measure], years=years)
    context = {
        **authority_frame(request, authority, day, "authority_figures"),
        "line": of.line,
        "years": years,
        **line_words(measure, of.line, of.line.values()),
    }
    return render(request, "measures/authority/measure.html", context, using="jinja2")


@signed_in
@require_safe
def authority_figures_csv(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The same cells one a row, of every measure; what hides on the page hides here."""
    authority, day = authority_to_see(person_of(request), pk, today()), day_of(request)
    known = known_of_authority(authority, day.on)
    found, years = file_asked(request, authority, known, day)
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
            yield (
                str(measure),
                measure.code,
                str(authority),
                school_year(year),
                cell(measure, shown),
                unit_shown(measure),
                measure.get_counts_display(),
                *counted_columns(shown),
                measure.shown_source,
                _("Yes") if measure.is_public else _("No"),
            )
