"""A programme's figures: one measure by cluster, the same cells on the page and in the file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.clusters.models import Cluster
from clusterwork.measures.models import Measure
from clusterwork.measures.rules.years import three_years
from clusterwork.measures.selectors.known import known_of_programme
from clusterwork.measures.selectors.measures import measures_of
from clusterwork.measures.services.programmes import (
    ProgrammeProfile,
    programme_profile,
)
from clusterwork.web.address import with_query
from clusterwork.web.clusters.programme.loading import framed, seen
from clusterwork.web.day import day_of
from clusterwork.web.guards import signed_in
from clusterwork.web.measures.cluster import (
    cell,
    finding,
    how_put_together,
    latest_of,
    schools_behind,
    symbols_in,
)
from clusterwork.web.measures.forms.programme import MeasureChoiceForm
from clusterwork.web.measures.words import key_of, school_year, unit_shown, words
from clusterwork.web.spreadsheet import csv_response

PAGE_SIZE = 50
HERE = "programme_figures"


@signed_in
@require_safe
def programme_figures(request: HttpRequest, pk: int) -> HttpResponse:
    """The chosen measure over three years, a line a cluster, and all schools together."""
    programme, day = seen(request, pk), day_of(request)
    latest = known_of_programme(programme, day.on).latest
    measures = list(measures_of([programme.organisation]).filter(pk__in=latest))
    measure = chosen(request, measures)
    context: dict[str, Any] = {
        **framed(request, programme, HERE, day),
        "form": MeasureChoiceForm(request.GET, measures=measures, chosen=measure),
        "measure": measure,
    }
    if measure:
        years = three_years(latest[measure.pk])
        context |= _table(request, programme_profile(
            programme=programme, measure=measure, years=years
        ))  # fmt: skip
    return render(request, "measures/programme/figures.html", context, using="jinja2")


def chosen(request: HttpRequest, measures: list[Measure]) -> Measure | None:
    """The measure in the address, else the first; None where there is none."""
    asked = request.GET.get("measure", "")
    return next((each for each in measures if str(each.pk) == asked), next(iter(measures), None))


def _table(request: HttpRequest, profile: ProgrammeProfile) -> dict[str, Any]:
    by, down = _order(request, profile)
    clusters = _sorted(profile, by, down)
    lines = [shown for line in profile.lines.values() for shown in line.values()]
    return {
        "profile": profile,
        "years": profile.years,
        "page": Paginator(clusters, PAGE_SIZE).get_page(request.GET.get("page")),
        "sort_links": _sort_links(request, profile, by, down),
        "finding": finding(profile.measure, dict(profile.together)),
        "keys": key_of(symbols_in(lines), words()),
        "last": latest_of(profile.together),
        "cell_of": cell,
        "latest_of": latest_of,
        "schools_behind": schools_behind,
        "school_year": school_year,
        "unit_shown": unit_shown,
        "how_put_together": how_put_together,
    }


def _order(request: HttpRequest, profile: ProgrammeProfile) -> tuple[str, bool]:
    asked = request.GET.get("sort", "")
    name = asked.removeprefix("-")
    known = name in ("name", *map(str, profile.years))
    return (name if known else "name"), known and asked.startswith("-")


def _sorted(profile: ProgrammeProfile, by: str, down: bool) -> list[Cluster]:
    """By name, or by the value of a year; those without one come last, whichever way."""
    clusters = list(profile.clusters)
    if by == "name":
        return clusters[::-1] if down else clusters
    values = {each.pk: profile.lines[each.pk][int(by)].value for each in clusters}
    known = [each for each in clusters if values[each.pk] is not None]
    rest = [each for each in clusters if values[each.pk] is None]
    return sorted(known, key=lambda each: values[each.pk] or 0, reverse=down) + rest


def _sort_links(
    request: HttpRequest, profile: ProgrammeProfile, by: str, down: bool
) -> dict[str, dict[str, str]]:
    """For each heading its link, and how the list is ordered by it now."""
    return {
        name: {
            "href": with_query(
                request, sort=f"-{name}" if name == by and not down else name, page=None
            ),
            "aria": ("descending" if down else "ascending") if name == by else "",
        }
        for name in ("name", *map(str, profile.years))
    }


@signed_in
@require_safe
def programme_figures_csv(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The same cells as on the page, of every cluster; what hides there hides here."""
    programme, day = seen(request, pk), day_of(request)
    latest = known_of_programme(programme, day.on).latest
    measure = chosen(request, list(measures_of([programme.organisation]).filter(pk__in=latest)))
    header = [
        _("Measure"), _("Code in files"), _("Cluster"), _("School year"), _("Value"), _("Unit"),
        _("Number counted"), _("Schools with a figure"), _("Schools"), _("Source"),
        _("Published nationally"),
    ]  # fmt: skip
    if measure is None:
        return csv_response(_("figures of the programme"), header, [])
    years = three_years(latest[measure.pk])
    profile = programme_profile(programme=programme, measure=measure, years=years)
    return csv_response(_("figures of the programme"), header, _rows(profile))


def _rows(profile: ProgrammeProfile) -> Iterator[tuple[object, ...]]:
    measure = profile.measure
    named = [(each.pk, str(each)) for each in profile.clusters]
    for pk, name in (*named, (0, _("All clusters together"))):
        for year, shown in sorted(profile.lines[pk].items()):
            rolled = shown.rolled
            yield (
                str(measure),
                measure.code,
                name,
                school_year(year),
                cell(measure, shown),
                unit_shown(measure),
                rolled.denominator if rolled and rolled.denominator is not None else "",
                rolled.n_in if rolled else "",
                rolled.n_schools if rolled else "",
                measure.shown_source,
                _("Yes") if profile.is_public else _("No"),
            )
