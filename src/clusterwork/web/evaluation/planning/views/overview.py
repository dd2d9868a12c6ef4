"""An analysis: how far its plan is and what comes next; once registered, what was set down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clusterwork.evaluation.models import Analysis, Registration, Run
from clusterwork.evaluation.rules.cohort import marked
from clusterwork.evaluation.rules.plan import read
from clusterwork.evaluation.selectors.cohort import cohort_of
from clusterwork.evaluation.selectors.plans import look_for, plan_of, result_of
from clusterwork.evaluation.states import analysis as states
from clusterwork.web.clusters.asking import today
from clusterwork.web.evaluation.frame import address_of, analysis_frame
from clusterwork.web.evaluation.mark_words import cohort_words
from clusterwork.web.evaluation.plan_words import plan_rows
from clusterwork.web.evaluation.planning.loading import opened
from clusterwork.web.evaluation.planning.shown.registrations import versions_shown
from clusterwork.web.evaluation.planning.shown.stages import Standing, next_of, stages_of
from clusterwork.web.evaluation.results.shown.standing import analysis_title
from clusterwork.web.guards import signed_in


@signed_in
@require_safe
def analysis(request: HttpRequest, pk: int) -> HttpResponse:
    """For those who work on it."""
    found = opened(request, pk)
    registrations = list(found.registrations.select_related("by").order_by("number"))
    context = {
        **analysis_frame(found, "analysis"),
        "title": analysis_title(found),
        "versions": versions_shown(registrations),
        **(_being_written(found, registrations) if found.state in states.OPEN else {}),
        **(_registered(registrations[-1]) if registrations else {}),
    }
    return render(request, "evaluation/planning/analysis.html", context, using="jinja2")


def _being_written(found: Analysis, registrations: list[Registration]) -> dict[str, Any]:
    has_looked = found.runs.filter(kind=Run.Kind.POWER).exists()
    is_same = bool(registrations) and plan_of(found) == read(registrations[-1].plan)
    standing = Standing(found, look_for(found), has_looked, is_same)
    return {"stages": stages_of(standing), "next": next_of(standing)}


def _registered(last: Registration) -> dict[str, Any]:
    plan = read(last.plan)
    result = result_of(last)
    early = plan.too_early_day
    return {
        "registration": last,
        "rows": plan_rows(plan),
        "result": result,
        "result_address": _where(result),
        "cohort": cohort_words(_marked(last, result)),
        "is_too_early": early is not None and today() < early,
        "too_early_day": early,
    }


def _marked(last: Registration, result: Run | None) -> Mapping[str, Any]:
    """What the result says of its clusters; before there is one, as it would say today."""
    return result.plan if result else marked(last.plan, cohort_of(read(last.plan)))


def _where(result: Run | None) -> str:
    """The result's page, or the page of the run that is under way or was not worked out."""
    if result is None:
        return ""
    if result.state == Run.State.DONE:
        return address_of("analysis_result", result.analysis_id)
    return address_of("run", result.pk)
