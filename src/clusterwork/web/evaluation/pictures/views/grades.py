"""Inspection grades of a programme's schools before and after their clusters' start."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.evaluation.impact_adapter.grades import shares_of
from clusterwork.evaluation.rules.grades import NOT_WHY, overlap_said
from clusterwork.evaluation.selectors.grades import Starts, graded, scales_of, starts_of
from clusterwork.registry.models import Scale
from clusterwork.web.charts import figure_file
from clusterwork.web.clusters.programme.loading import framed, seen
from clusterwork.web.day import Day, day_of
from clusterwork.web.evaluation.pictures.drawing.grades import grades_figure
from clusterwork.web.evaluation.pictures.forms import ScaleForm
from clusterwork.web.formats import day as day_said
from clusterwork.web.formats import said
from clusterwork.web.guards import signed_in


@signed_in
@require_safe
def programme_grades(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The last grade before each school's start and the last since, beside everybody else's."""
    programme, day = seen(request, pk), day_of(request)
    starts = starts_of(programme, day.on)
    scales = scales_of(starts)
    asked = request.GET.get("scale", "")
    scale = next((each for each in scales if str(each.pk) == asked), next(iter(scales), None))
    shown = _shown(starts, scale, day) if scale and starts.middle else {"figure": None}
    if file := figure_file(request, *([shown["figure"]] if shown["figure"] else [])):
        return file
    context = {
        **framed(request, programme, "programme_figures", day),
        "scale": scale,
        "starts": starts,
        "form": ScaleForm(scales=scales, given={"scale": scale.pk if scale else ""}),
        "kept": [("scale", asked)] if asked else [],
        **shown,
    }
    return render(request, "evaluation/pictures/grades.html", context, using="jinja2")


def _shown(starts: Starts, scale: Scale, day: Day) -> dict[str, Any]:
    found = graded(starts, scale, day.on)
    shares = shares_of(found.rows, found.order)
    figure = grades_figure(scale, shares, _dates(starts, day), _("grades before and after"))
    overlap = overlap_said(shares)
    return {
        "found": found,
        "figure": figure,
        "notes": [said(overlap)] if overlap else [],
        "not_why": said(NOT_WHY),
    }


def _dates(starts: Starts, day: Day) -> str:
    return _(
        "These schools: before and since each joined its cluster in the programme. All others: "
        "before and since %(middle)s, when half of ours had. Members and grades as at %(day)s."
    ) % {"middle": day_said(starts.middle), "day": day_said(day.on)}
