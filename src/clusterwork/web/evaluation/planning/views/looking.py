"""What the analysis could see, before anybody sees what it says."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from clusterwork.evaluation.models import Analysis, Run
from clusterwork.evaluation.selectors.plans import look_for
from clusterwork.evaluation.services.running import ask_for_look
from clusterwork.web.clusters.refusing import done_or_told
from clusterwork.web.evaluation.frame import address_of
from clusterwork.web.evaluation.planning.loading import (
    asked,
    not_chosen,
    opened,
    step_page,
)
from clusterwork.web.evaluation.planning.shown.looks import look_shown, trouble_of
from clusterwork.web.guards import only, signed_in


@signed_in
@only("GET", "HEAD", "POST")
def analysis_power(request: HttpRequest, pk: int) -> HttpResponse:
    """The finding; where there is none that holds, the button that starts a look."""
    analysis = opened(request, pk)
    if closed := not_chosen(request, analysis):
        return closed
    if request.method == "POST":
        return _started(request, pk)
    look = look_for(analysis)
    return step_page(
        request, analysis, "look", look=look,
        shown=look_shown(look, analysis) if look and look.state == Run.State.DONE else None,
        trouble=trouble_of(look) if look and look.state == Run.State.FAILED else [],
        is_stale=look is None and has_looked(analysis),
        progress=address_of("run", look.pk) if look and look.is_open else "",
        may_look=analysis.state in (Analysis.State.DRAFT, Analysis.State.CHANGING),
    )  # fmt: skip


def _started(request: HttpRequest, pk: int) -> HttpResponse:
    run = done_or_told(request, lambda: ask_for_look(**asked(request, pk), now=timezone.now()))
    address = address_of("run", run.pk) if run and run.is_open else ""
    return redirect(address) if address else redirect("analysis_power", pk)


def has_looked(analysis: Analysis) -> bool:
    """Whether somebody looked with an earlier form of the plan."""
    return analysis.runs.filter(kind=Run.Kind.POWER).exists()
