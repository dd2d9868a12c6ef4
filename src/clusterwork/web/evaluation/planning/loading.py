"""The analysis that an address names, and the frame of a page on which one thing of it is asked."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from clusterwork.evaluation.models import Analysis
from clusterwork.evaluation.permissions.studies import analysis_to_work_on
from clusterwork.evaluation.states import analysis as states
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.evaluation.frame import analysis_frame, to_study
from clusterwork.web.measures.words import school_year

BACK = "back"


def opened(request: HttpRequest, pk: int) -> Analysis:
    """The analysis for whoever works on it. Raises `NotThere`, `NotAllowed`."""
    return analysis_to_work_on(person_of(request), pk, today())


def asked(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Who asks, on which day, of which analysis: what every service wants."""
    return {"person": person_of(request), "day": today(), "pk": pk}


def not_open(request: HttpRequest, analysis: Analysis) -> HttpResponseRedirect | None:
    """The way back from a page that asks, while the plan may not be written."""
    if analysis.state in states.OPEN:
        return None
    messages.warning(
        request,
        _(
            "This analysis is registered, and its plan stays as it is. To change it, choose "
            "“Change something”."
        ),
    )
    return redirect("analysis", analysis.pk)


def not_chosen(request: HttpRequest, analysis: Analysis) -> HttpResponseRedirect | None:
    """The way back from a page that needs the results and years first."""
    if analysis.measure_id and analysis.last_year:
        return None
    messages.warning(request, _("Choose first which results and years it is about."))
    return redirect("analysis", analysis.pk)


def step_page(
    request: HttpRequest, analysis: Analysis, template: str, **context: Any
) -> HttpResponse:
    """A page on which one thing is asked or shown."""
    frame = analysis_frame(analysis, "")
    here = {"text": _("Plan of an analysis"), "href": reverse("analysis", args=[analysis.pk])}
    whole = {
        **frame,
        "around": [],
        "trail_items": [*to_study(analysis.study), here],
        "back_to": back_to(request, analysis),
        "school_year": school_year,
        **context,
    }
    return render(request, f"evaluation/planning/{template}.html", whole, using="jinja2")


def after_step(request: HttpRequest, analysis: Analysis) -> HttpResponseRedirect:
    """The task list, or the answers that somebody was checking."""
    return redirect(back_to(request, analysis))


def back_to(request: HttpRequest, analysis: Analysis) -> str:
    """Where somebody came from."""
    name = "analysis_check" if request.GET.get(BACK) == "check" else "analysis"
    return reverse(name, args=[analysis.pk])
