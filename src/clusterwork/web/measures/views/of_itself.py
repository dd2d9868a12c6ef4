"""The figures of a cluster or an authority itself, which no schools' figures make up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.clusters.permissions.clusters import cluster_for
from clusterwork.measures.models import Figure
from clusterwork.measures.permissions.authorities import authority_to_see
from clusterwork.measures.selectors.figures import Subject, figures_of
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.cluster.frame import cluster_frame
from clusterwork.web.day import Day, day_of
from clusterwork.web.guards import signed_in
from clusterwork.web.measures.authority import authority_frame
from clusterwork.web.measures.words import (
    Words,
    figure_shown,
    key_of,
    unit_shown,
    when_shown,
    words,
)
from clusterwork.web.spreadsheet import csv_response

PAGE_SIZE = 50


@signed_in
@require_safe
def cluster_own_figures(request: HttpRequest, pk: int) -> HttpResponse:
    """The cluster's own figures, the latest of a measure first."""
    cluster, day = cluster_for(person_of(request), pk, today()), day_of(request)
    frame = cluster_frame(request, cluster, day, "cluster_figures")
    context = {**frame, **_told(request, cluster, day), "may_enter": frame["may_work"]}
    return render(request, "measures/cluster/own.html", context, using="jinja2")


@signed_in
@require_safe
def authority_own_figures(request: HttpRequest, pk: int) -> HttpResponse:
    """The authority's own figures, the latest of a measure first."""
    authority, day = authority_to_see(person_of(request), pk, today()), day_of(request)
    frame = authority_frame(request, authority, day, "authority_own_figures")
    context = {**frame, **_told(request, authority, day)}
    return render(request, "measures/authority/own.html", context, using="jinja2")


@signed_in
@require_safe
def cluster_own_figures_csv(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The cluster's own figures, one a row."""
    return _file(cluster_for(person_of(request), pk, today()), day_of(request))


@signed_in
@require_safe
def authority_own_figures_csv(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The authority's own figures, one a row."""
    return _file(authority_to_see(person_of(request), pk, today()), day_of(request))


def own_figures(subject: Subject, day: Day) -> QuerySet[Figure]:
    """Those dated up to the day."""
    return figures_of(subject).filter(on__lte=day.on).select_related("measure", "entered_by")


def _told(request: HttpRequest, subject: Subject, day: Day) -> dict[str, Any]:
    page = Paginator(own_figures(subject, day), PAGE_SIZE).get_page(request.GET.get("page"))
    names = words()
    return {
        "page": page,
        "words": names,
        "keys": key_of((each.code for each in page), names),
        "figure_shown": figure_shown,
        "unit_shown": unit_shown,
        "when_shown": when_shown,
    }


def _file(subject: Subject, day: Day) -> StreamingHttpResponse:
    header = [
        _("Measure"), _("Code in files"), _("Of whom"), _("Group"), _("Date"), _("Value"),
        _("Unit"), _("Number counted"), _("Source"),
    ]  # fmt: skip
    return csv_response(_("figures"), header, _rows(subject, own_figures(subject, day), words()))


def _rows(
    subject: Subject, figures: QuerySet[Figure], names: Words
) -> Iterator[tuple[object, ...]]:
    for each in figures.iterator(chunk_size=500):
        yield (
            str(each.measure),
            each.measure.code,
            str(subject),
            names.group(each.group),
            each.on,
            each.shown_value,
            unit_shown(each.measure),
            "" if each.denominator is None else each.denominator,
            each.source or each.measure.shown_source,
        )
