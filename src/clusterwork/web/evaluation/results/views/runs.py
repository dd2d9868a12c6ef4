"""A run while it is worked out, and when it has ended without an answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.evaluation.models import Run
from clusterwork.evaluation.permissions.studies import run_to_work_on
from clusterwork.evaluation.services.running import ask_for_result, stop_run
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.refusing import done_or_told
from clusterwork.web.evaluation.frame import address_of, analysis_frame, to_study
from clusterwork.web.evaluation.results.shown.progress import progress_shown, trouble_shown
from clusterwork.web.guards import only, signed_in


@signed_in
@require_safe
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is; what came in the way; or on to its answer."""
    found = run_to_work_on(person_of(request), pk, today())
    if found.state == Run.State.DONE:
        return redirect(answer_address(found))
    analysis = found.analysis
    context = {
        **analysis_frame(analysis, ""),
        "run": found,
        "progress": progress_shown(found),
        "trouble": trouble_shown(found),
        "is_result": found.kind == Run.Kind.RESULT,
        "trail_items": to_study(analysis.study),
        "plan_address": address_of("analysis", analysis.pk),
    }
    return render(request, "evaluation/results/run.html", context, using="jinja2")


@signed_in
@require_safe
def run_progress(request: HttpRequest, pk: int) -> JsonResponse:
    """The same words and numbers as the page shows, for its script."""
    return JsonResponse(progress_shown(run_to_work_on(person_of(request), pk, today())).to_json())


@signed_in
@only("POST")
def run_stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Stops the work."""
    stop_run(person=person_of(request), day=today(), now=timezone.now(), pk=pk)
    messages.success(request, _("The work has been stopped."))
    return redirect("run", pk)


@signed_in
@only("POST")
def result_work_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Has the result of the registered plan worked out."""
    asked = done_or_told(
        request,
        lambda: ask_for_result(person=person_of(request), day=today(), now=timezone.now(), pk=pk),
    )
    return redirect("run", asked.pk) if asked else redirect("analysis_result", pk)


def answer_address(found: Run) -> str:
    """Where the answer of a run stands."""
    name = "analysis_result" if found.kind == Run.Kind.RESULT else "analysis_power"
    return reverse(name, args=[found.analysis_id])
