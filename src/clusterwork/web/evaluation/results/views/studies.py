"""The studies that somebody may open, on a page and as a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.clusters.models import Programme
from clusterwork.evaluation.permissions.studies import studies_to_read
from clusterwork.evaluation.selectors.studies import studies_listed
from clusterwork.web.address import with_query
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.context import viewer_of
from clusterwork.web.evaluation.frame import address_of
from clusterwork.web.formats import day
from clusterwork.web.guards import signed_in
from clusterwork.web.spreadsheet import csv_response

PAGE_SIZE = 50


@signed_in
@require_safe
def studies(request: HttpRequest) -> HttpResponse:
    """How many there are, of which programmes, and how far each is."""
    chosen = _chosen(request)
    found = studies_listed(person_of(request), today(), chosen)
    context = {
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "filters": _filters(request, chosen),
        "chosen": chosen,
        "csv": f"?programme={chosen}" if chosen else "",
        "new_address": address_of("study_new")
        if viewer_of(request).has("programme_officer")
        else "",
    }
    return render(request, "evaluation/results/studies.html", context, using="jinja2")


@signed_in
@require_safe
def studies_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The same rows as a file, all pages of them."""
    header = [
        _("Study"), _("Question"), _("Programme"), _("Organisation"), _("Started"),
        _("Analyses"), _("Registered"), _("With a result"), _("Shown to schools"),
    ]  # fmt: skip
    found = studies_listed(person_of(request), today(), _chosen(request))
    return csv_response(_("studies"), header, _rows(found.iterator()))


def _rows(found: Iterator[Any]) -> Iterator[tuple[object, ...]]:
    for each in found:
        counts = (each.n_analyses, each.n_registered, each.n_results, each.n_shown)
        programme = each.programme
        started = day(each.started_at.date())
        yield (each.title, each.question, programme, programme.organisation, started, *counts)


def _chosen(request: HttpRequest) -> int | None:
    asked = request.GET.get("programme", "")
    return int(asked) if asked.isdecimal() and len(asked) < 10 else None


def _filters(request: HttpRequest, chosen: int | None) -> list[dict[str, Any]]:
    """Links to the studies of each programme that has any, and to all."""
    mine: Any = studies_to_read(person_of(request), today()).values("programme")
    programmes = Programme.objects.filter(pk__in=mine).order_by("name", "pk")
    links: list[tuple[int | None, str]] = [(None, _("All"))]
    links += [(each.pk, str(each)) for each in programmes[:PAGE_SIZE]]
    return [
        {
            "text": words,
            "href": with_query(request, programme=pk, page=None),
            "current": pk == chosen,
        }
        for pk, words in links
    ]
