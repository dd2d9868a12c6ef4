"""Closer looks at a proposal: asked for, watched, and which places are firm."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from clusterwork.accounts.models import Role
from clusterwork.clusters.models import Look
from clusterwork.clusters.permissions import made_proposal_for
from clusterwork.clusters.permissions.looks import look_for
from clusterwork.clusters.selectors.looks import look_at
from clusterwork.clusters.services.looking import ask_for_look
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.frame import proposal_frame
from clusterwork.web.clusters.refusing import done_or_told
from clusterwork.web.clusters.shown.firmness import firmness_shown
from clusterwork.web.clusters.shown.looks import look_shown
from clusterwork.web.guards import needs_role, only, signed_in

PAGE_SIZE = 50


@needs_role(Role.Kind.PROGRAMME_OFFICER)
@only("POST")
def work_out_alternatives(request: HttpRequest, pk: int, school: int) -> HttpResponse:
    """Has a school's other places worked out exactly."""
    _ask(request, pk, Look.Kind.ALTERNATIVES, school)
    return redirect("proposed_place", pk, school)


@needs_role(Role.Kind.PROGRAMME_OFFICER)
@only("POST")
def work_out_decisions(request: HttpRequest, pk: int) -> HttpResponse:
    """Has worked out what each decision costs."""
    _ask(request, pk, Look.Kind.LOCKS)
    return redirect("proposal_rules", pk)


@needs_role(Role.Kind.PROGRAMME_OFFICER)
@only("POST")
def work_out_firmness(request: HttpRequest, pk: int) -> HttpResponse:
    """Has worked out which places are firm."""
    _ask(request, pk, Look.Kind.FIRMNESS)
    return redirect("proposal_firmness", pk)


@needs_role(Role.Kind.PROGRAMME_OFFICER)
@require_safe
def proposal_firmness(request: HttpRequest, pk: int) -> HttpResponse:
    """Which places are firm, where the others could go, and what longer journeys would do."""
    found = made_proposal_for(person_of(request), pk, today())
    look = look_at(found, Look.Kind.FIRMNESS)
    shown = firmness_shown(look) if look and look.state == Look.State.DONE else None
    rows = shown.borderline if shown else []
    context = {
        **proposal_frame(found, "proposal_firmness"),
        "asked": look_shown(look),
        "shown": shown,
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
    }
    return render(request, "clusters/proposal_firmness.html", context, using="jinja2")


@signed_in
@require_safe
def look_progress(request: HttpRequest, pk: int) -> JsonResponse:
    """The same words and numbers as the page shows, for its script."""
    shown = look_shown(look_for(person_of(request), pk, today()))
    return JsonResponse(shown.to_json() if shown else {})


def _ask(request: HttpRequest, pk: int, kind: str, school: int | None = None) -> None:
    done_or_told(
        request,
        lambda: ask_for_look(
            person=person_of(request), day=today(), pk=pk, kind=kind, school_pk=school
        ),
    )
