"""The result of an analysis: its page, showing it to schools, and taking that back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.evaluation.permissions.studies import analysis_to_read, may_work_on
from clusterwork.evaluation.selectors.results import Results, is_shown_in, results_of
from clusterwork.evaluation.services.sharing import share_result, unshare_result
from clusterwork.web.charts import figure_file
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.refusing import done_or_told
from clusterwork.web.evaluation.frame import address_of, analysis_frame
from clusterwork.web.evaluation.planning.shown.registrations import versions_shown
from clusterwork.web.evaluation.results.shown.result import (
    ResultShown,
    result_shown,
)
from clusterwork.web.guards import only, signed_in


@signed_in
@require_safe
def analysis_result(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The sentence first; then the pictures; then everything that must be shown beside it."""
    person = person_of(request)
    analysis = analysis_to_read(person, pk, today())
    works = may_work_on(person, analysis.study, today())
    results = results_of(analysis, works=works)
    shown = result_shown(results, works=works)
    if shown and (file := figure_file(request, *shown.figures)):
        return file
    context = {
        **analysis_frame(analysis, "analysis_result", works=works, is_shown=is_shown_in(results)),
        "results": results,
        "shown": shown,
        "versions": versions_shown(results.registrations[::-1]) if shown else [],
        "may_ask": works and _may_ask(results),
        "plan_address": address_of("analysis", pk),
        "contents": _contents(shown, works) if shown else [],
    }
    page = "result" if shown else "no_result"
    return render(request, f"evaluation/results/{page}.html", context, using="jinja2")


@signed_in
@only("POST")
def analysis_share(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows the programme's schools the result on whose page that was asked for."""
    asked = request.POST.get("run", "")
    run_pk = int(asked) if asked.isdecimal() and len(asked) < 10 else None
    done = done_or_told(
        request,
        lambda: share_result(
            person=person_of(request), day=today(), now=timezone.now(), pk=pk, run_pk=run_pk
        ),
    )
    if done:
        messages.success(request, _("The result is shown to the schools of the programme."))
    return redirect("analysis_result", pk)


@signed_in
@only("POST")
def analysis_unshare(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes the result back from the programme's schools."""
    done = done_or_told(
        request,
        lambda: unshare_result(person=person_of(request), day=today(), now=timezone.now(), pk=pk),
    )
    if done:
        messages.success(request, _("The result is no longer shown to schools."))
    return redirect("analysis_result", pk)


def _contents(shown: ResultShown, works: bool) -> list[tuple[str, str]]:
    """The headings of the page below its pictures, with their places."""
    listed = (
        (_("What speaks for it, and what against"), "checks", shown.checks),
        (_("Which schools are in it"), "flow", shown.flow),
        (_("How it was worked out"), "how", shown.why),
        (_("What is not told, and why"), "refused", shown.refused),
        (_("What was set down before the result"), "plan", shown.rows),
        (_("Where it comes from"), "data", True),
        (_("Show it to schools"), "show", works),
    )
    return [(words, place) for words, place, is_there in listed if is_there]


def _may_ask(results: Results) -> bool:
    """Whether a result can be asked for: registered, and none under way."""
    registered = results.analysis.state == "registered" and bool(results.registrations)
    return registered and not (results.later and results.later.is_open)
