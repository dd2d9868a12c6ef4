"""A cluster's figures: totals by measure, and each school's own only where it may be seen."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.clusters.models import Cluster
from clusterwork.clusters.permissions.clusters import cluster_for
from clusterwork.kernel.errors import NotThere
from clusterwork.kernel.messages import N_, Message
from clusterwork.measures.models import Measure
from clusterwork.measures.permissions.authorities import authorities_to_see
from clusterwork.measures.rules.years import year_of
from clusterwork.measures.selectors.around import AUTHORITY, Whose
from clusterwork.measures.selectors.measures import measures_about
from clusterwork.measures.services.profiles import OfMeasure, Profile, cluster_profile
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.cluster.frame import cluster_frame
from clusterwork.web.day import day_of
from clusterwork.web.guards import signed_in
from clusterwork.web.measures.cluster import (
    cell,
    cells_of,
    finding,
    group_names,
    known_of,
    latest_of,
    symbols_in,
    three_years,
)
from clusterwork.web.measures.overview import cell_words, chart_of, year_asked, year_links
from clusterwork.web.measures.words import key_of, school_year, unit_shown, value_shown, words
from clusterwork.web.spreadsheet import csv_response

PAGE_SIZE = 50


@signed_in
@require_safe
def cluster_figures(request: HttpRequest, pk: int) -> HttpResponse:
    """The cluster's totals, a line a measure over three years."""
    cluster, day = cluster_for(person_of(request), pk, today()), day_of(request)
    known = known_of(cluster, day.on)
    last = year_asked(request, known, year_of(day.on))
    found = measures_about(cluster).filter(pk__in=known.taken(last))
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    years = three_years(last)
    profile = _profile(request, cluster, list(page), years)
    cells = [each for of in profile.measures for each in of.cluster.values()]
    context = {
        **cluster_frame(request, cluster, day, "cluster_figures"),
        "page": page,
        "profile": profile,
        "years": years,
        "year_links": year_links(request, known.years, last),
        "keys": key_of(symbols_in(cells), words()),
        **cell_words(),
    }
    return render(request, "measures/cluster/figures.html", context, using="jinja2")


def _profile(
    request: HttpRequest, cluster: Cluster, measures: list[Measure], years: tuple[int, ...]
) -> Profile:
    """What the reader may see today, whatever day the page shows."""
    return cluster_profile(
        cluster=cluster, measures=measures, years=years, day=today(), person=person_of(request)
    )


@signed_in
@require_safe
def cluster_measure(request: HttpRequest, pk: int, measure_pk: int) -> HttpResponse:
    """One measure over three years: the cluster, beside whom it can be held, and its schools."""
    cluster, day = cluster_for(person_of(request), pk, today()), day_of(request)
    known = known_of(cluster, day.on)
    measure = _measure_of(cluster, measure_pk, known.latest)
    years = three_years(known.latest[measure.pk])
    profile = _profile(request, cluster, [measure], years)
    of = profile.measures[0]
    line = of.cluster
    context = {
        **cluster_frame(request, cluster, day, "cluster_figures"),
        "measure": measure,
        "of": of,
        "profile": profile,
        "years": years,
        "groups": group_names(profile),
        "to_authorities": _to_authorities(request, profile),
        "schools": [each for each in profile.schools if _has_cells(of, each.pk)],
        "finding": finding(measure, dict(line)),
        "chart": chart_of(line),
        "show_value": lambda value: value_shown(measure, value),
        "last": latest_of(line),
        "n_private": sum(each.is_private for each in cells_of(of)),
        "keys": key_of(symbols_in(cells_of(of)), words()),
        **cell_words(),
    }
    return render(request, "measures/cluster/measure.html", context, using="jinja2")


def _to_authorities(request: HttpRequest, profile: Profile) -> dict[Whose, int]:
    """Of the lines of authorities those whose own pages the reader may open."""
    mine = {each.pk for each in authorities_to_see(person_of(request), today())}
    return {Whose(AUTHORITY, each.pk): each.pk for each in profile.authorities if each.pk in mine}


def _has_cells(of: OfMeasure, school: int) -> bool:
    return any(each.figures or each.is_private for each in of.schools[school].values())


def _measure_of(cluster: Cluster, pk: int, known: dict[int, int]) -> Measure:
    found = measures_about(cluster).filter(pk=pk).first() if pk in known else None
    if found is None:
        raise NotThere(
            Message(N_("The cluster's schools have no figures of this measure.")),
            next_step=Message(N_("Open the cluster's figures to see those that there are.")),
        )
    return found


@signed_in
@require_safe
def cluster_figures_csv(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The same cells one a row, of every measure of the page and of all its lines."""
    cluster, day = cluster_for(person_of(request), pk, today()), day_of(request)
    known = known_of(cluster, day.on)
    last = year_asked(request, known, year_of(day.on))
    asked = request.GET.get("measure", "")
    only = int(asked) if asked.isdecimal() and int(asked) in known.latest else None
    years = three_years(known.latest[only] if only else last)
    taken = [only] if only else known.taken(last)
    found = list(measures_about(cluster).filter(pk__in=taken))
    profile = _profile(request, cluster, found, years)
    header = [
        _("Measure"), _("Code in files"), _("Of whom"), _("What it is"), _("School year"),
        _("Value"), _("Unit"), _("Number counted"), _("Schools with a figure"), _("Schools"),
        _("Source"),
    ]  # fmt: skip
    return csv_response(_("figures of the cluster"), header, _rows(profile))


def _rows(profile: Profile) -> Iterator[tuple[object, ...]]:
    for of in profile.measures:
        measure = of.measure
        lines = [(name, kind, of.groups[whose]) for whose, name, kind in group_names(profile)]
        lines += [(str(each), _("School"), of.schools[each.pk]) for each in profile.schools]
        for name, kind, line in lines:
            for year, shown in sorted(line.items()):
                rolled = shown.rolled
                yield (
                    str(measure),
                    measure.code,
                    name,
                    kind,
                    school_year(year),
                    cell(measure, shown),
                    unit_shown(measure),
                    rolled.denominator if rolled and rolled.denominator is not None else "",
                    rolled.n_in if rolled else "",
                    rolled.n_schools if rolled else "",
                    measure.shown_source,
                )
