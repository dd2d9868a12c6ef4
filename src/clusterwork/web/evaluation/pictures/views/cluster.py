"""A cluster beside clusters like it, and its time line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clusterwork.clusters.models import Cluster
from clusterwork.clusters.permissions.clusters import cluster_for
from clusterwork.clusters.selectors.similar import similar_clusters
from clusterwork.evaluation.rules import beside as beside_rules
from clusterwork.evaluation.rules import timeline as timeline_rules
from clusterwork.evaluation.selectors.choosing import measures_in_pictures, taken_of
from clusterwork.evaluation.services.beside import beside
from clusterwork.evaluation.services.timelines import timeline
from clusterwork.measures.models import ALL, Measure
from clusterwork.measures.rules.years import year_of
from clusterwork.measures.selectors.around import Around, around_each
from clusterwork.measures.selectors.measures import breakdowns_of
from clusterwork.plans.models import Review
from clusterwork.web.charts import figure_file
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.cluster.frame import cluster_frame
from clusterwork.web.day import Day, day_of
from clusterwork.web.evaluation.pictures.drawing.beside import alike_rows, beside_figure
from clusterwork.web.evaluation.pictures.drawing.pupils import demography_figure, demography_said
from clusterwork.web.evaluation.pictures.drawing.timeline import timeline_figure
from clusterwork.web.evaluation.pictures.forms import MeasureForm
from clusterwork.web.evaluation.pictures.words import InUnit, keys_in
from clusterwork.web.formats import day as day_said
from clusterwork.web.formats import said
from clusterwork.web.guards import signed_in

YEARS_BESIDE, YEARS_ON_LINE = 6, 10
PAGE_SIZE = 50
HERE = "cluster_figures"


@dataclass(frozen=True)
class Asked:
    """What the address asks for: a measure with a group and its years; no measure without any."""

    cluster: Cluster
    day: Day
    form: MeasureForm | None
    measure: Measure | None
    group: str
    years: tuple[int, ...]


def asked(request: HttpRequest, cluster: Cluster, near: Around, day: Day, most: int) -> Asked:
    """The measure and group in the address, else the first of which there are figures."""
    taken = taken_of(near, day.on)
    measures = measures_in_pictures(cluster, taken)
    wanted = request.GET.get("measure", "")
    first = next(iter(measures), None)
    measure = next((each for each in measures if str(each.pk) == wanted), first)
    if measure is None:
        return Asked(cluster, day, None, None, ALL, ())
    groups = taken[measure.pk]
    worded = breakdowns_of(measure) if len(groups) > 1 else []
    names = [(each.code, str(each)) for each in worded if each.code in groups]
    group = request.GET.get("group", "")
    group = group if group in groups else (ALL if ALL in groups else next(iter(groups), ALL))
    given = {"measure": measure.pk, "group": group}
    form = MeasureForm(measures=measures, groups=names, given=given)
    years = _years(groups.get(group, []), cluster, most)
    return Asked(cluster, day, form, measure, group, years)


def _years(known: list[int], cluster: Cluster, most: int) -> tuple[int, ...]:
    """From the first figure or the start to the last; without the start where it is far away."""
    with_start = [*known, year_of(cluster.start_on)]
    near = bool(known) and max(with_start) - min(with_start) < YEARS_ON_LINE
    return timeline_rules.years_shown(with_start if near and most > YEARS_BESIDE else known, most)


def _framed(request: HttpRequest, found: Asked) -> dict[str, Any]:
    return {
        **cluster_frame(request, found.cluster, found.day, HERE),
        "form": found.form,
        "measure": found.measure,
        "kept": [
            (name, request.GET[name]) for name in ("measure", "group") if request.GET.get(name)
        ],
        "figure": None,
    }


@signed_in
@require_safe
def cluster_beside(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One measure by year beside the mean of similar clusters and beside the authority."""
    cluster, day = cluster_for(person_of(request), pk, today()), day_of(request)
    near = around_each(cluster, today(), similar_clusters(cluster, day.on))
    found = asked(request, cluster, near, day, YEARS_BESIDE)
    context = _framed(request, found)
    if found.measure is None:
        return _page(request, "beside", context)
    told = beside(
        cluster=cluster,
        near=near,
        measure=found.measure,
        years=found.years,
        day=day.on,
        group=found.group,
    )
    figure = beside_figure(cluster, told, day_said(day.on))
    if figure and (file := figure_file(request, figure)):
        return file
    unit = InUnit(found.measure)
    lines = [told.ours.values(), *(line.values() for _authority, line in told.authorities)]
    return _page(request, "beside", context | {
        "told": told,
        "alike": alike_rows(told.alike),
        "figure": figure,
        "notes": [
            said(each)
            for each in beside_rules.notes(told.ours, told.together, unit.said, unit.is_share)
        ],
        "not_why": said(beside_rules.NOT_WHY),
        "keys": keys_in(lines),
    })  # fmt: skip


@signed_in
@require_safe
def cluster_timeline(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One measure by year with the cluster's start, aims, judgements, inspections and pupils."""
    cluster, day = cluster_for(person_of(request), pk, today()), day_of(request)
    near = around_each(cluster, today(), ())
    found = asked(request, cluster, near, day, YEARS_ON_LINE)
    context = _framed(request, found)
    if found.measure is None:
        return _page(request, "timeline", context)
    told = timeline(
        person=person_of(request),
        cluster=cluster,
        measure=found.measure,
        near=near,
        years=found.years,
        day=day.on,
        today=today(),
        group=found.group,
    )
    figure, pupils = timeline_figure(cluster, told), demography_figure(told)
    if file := figure_file(request, *(each for each in (figure, pupils) if each)):
        return file
    unit = InUnit(found.measure)
    return _page(request, "timeline", context | {
        "told": told,
        "figure": figure,
        "pupils": pupils,
        "pupils_said": demography_said(told),
        "in_unit": unit.said,
        "state_of": dict(Review.State.choices).get,
        "inspections": Paginator(told.inspections, PAGE_SIZE).get_page(request.GET.get("page")),
        "notes": [
            said(each)
            for each in beside_rules.notes(told.line, told.together, unit.said, unit.is_share)
        ],
        "not_why": said(timeline_rules.NOT_WHY),
        "keys": keys_in([told.line.values()]),
    })  # fmt: skip


def _page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, f"evaluation/pictures/{name}.html", context, using="jinja2")
