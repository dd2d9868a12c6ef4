"""A cluster's figures: totals by measure, and each school's own only where it may be seen."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.clusters.models import Cluster
from clusterwork.clusters.permissions.clusters import cluster_for
from clusterwork.kernel.messages import N_, Message
from clusterwork.measures.models import Measure
from clusterwork.measures.permissions.authorities import authorities_to_see
from clusterwork.measures.selectors.around import AUTHORITY, Whose
from clusterwork.measures.services.profiles import OfMeasure, Profile, cluster_profile
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.cluster.frame import cluster_frame
from clusterwork.web.day import day_of
from clusterwork.web.guards import signed_in
from clusterwork.web.measures.cluster import (
    cell,
    cells_of,
    group_names,
    known_of,
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

NOTHING = Message(N_("The cluster's schools have no figures of this measure."))
LOOK = Message(N_("Open the cluster's figures to see those that there are."))
PAGE_SIZE = 50


@signed_in
@require_safe
def cluster_figures(request: HttpRequest, pk: int) -> HttpResponse:
    """The cluster's totals, a line a measure over three years."""
    cluster, day = cluster_for(person_of(request), pk, today()), day_of(request)
    known = known_of(cluster, day.on)
    table = table_asked(request, cluster, known, day, PAGE_SIZE)
    profile = _profile(request, cluster, list(table.page), table.years)
    cells = [each for of in profile.measures for each in of.cluster.values()]
    context = {
        **cluster_frame(request, cluster, day, "cluster_figures"),
        "profile": profile,
        **table.words(cells),
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
    measure = measure_known(cluster, measure_pk, known, NOTHING, LOOK)
    years = three_years(known.latest[measure.pk])
    profile = _profile(request, cluster, [measure], years)
    of = profile.measures[0]
    context = {
        **cluster_frame(request, cluster, day, "cluster_figures"),
        "of": of,
        "profile": profile,
        "years": years,
        "groups": group_names(profile),
        "to_authorities": _to_authorities(request, profile),
        "schools": [each for each in profile.schools if _has_cells(of, each.pk)],
        "n_private": sum(each.is_private for each in cells_of(of)),
        **line_words(measure, of.cluster, cells_of(of)),
    }
    return render(request, "measures/cluster/measure.html", context, using="jinja2")


def _to_authorities(request: HttpRequest, profile: Profile) -> dict[Whose, int]:
    """Of the lines of authorities those whose own pages the reader may open."""
    mine = {each.pk for each in authorities_to_see(person_of(request), today())}
    return {Whose(AUTHORITY, each.pk): each.pk for each in profile.authorities if each.pk in mine}


def _has_cells(of: OfMeasure, school: int) -> bool:
    return any(each.figures or each.is_private for each in of.schools[school].values())


@signed_in
@require_safe
def cluster_figures_csv(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The same cells one a row, of every measure of the page and of all its lines."""
    cluster, day = cluster_for(person_of(request), pk, today()), day_of(request)
    known = known_of(cluster, day.on)
    found, years = file_asked(request, cluster, known, day)
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
                yield (
                    str(measure),
                    measure.code,
                    name,
                    kind,
                    school_year(year),
                    cell(measure, shown),
                    unit_shown(measure),
                    *counted_columns(shown),
                    measure.shown_source,
                )
