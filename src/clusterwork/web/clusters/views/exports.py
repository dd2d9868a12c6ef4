"""A proposal as data for the map, as CSV and GeoJSON, and as a page to print."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clusterwork.accounts.models import Role
from clusterwork.clusters.models import Proposal
from clusterwork.clusters.permissions import made_proposal_for
from clusterwork.clusters.selectors.proposals import clusters_of, left_out_of, places_of
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.frame import proposal_frame
from clusterwork.web.clusters.shown.files import places_csv, places_geojson
from clusterwork.web.clusters.shown.firmness import borderline_ids
from clusterwork.web.clusters.shown.level import level_shown
from clusterwork.web.clusters.shown.maps import map_data
from clusterwork.web.clusters.shown.policies import policy_shown
from clusterwork.web.clusters.shown.proposals import (
    clusters_with_places,
    outcome_shown,
    reasons_shown,
)
from clusterwork.web.clusters.shown.terms import parts_shown
from clusterwork.web.guards import needs_role


@needs_role(Role.Kind.PROGRAMME_OFFICER)
@require_safe
def proposal_map(request: HttpRequest, pk: int) -> JsonResponse:
    """Points, hubs and boundaries for the map's script."""
    found = made_proposal_for(person_of(request), pk, today())
    return JsonResponse(map_data(found, borderline_ids(found)))


@needs_role(Role.Kind.PROGRAMME_OFFICER)
@require_safe
def proposal_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """CLUSTERS.csv: cluster and id first, then names and figures."""
    found = made_proposal_for(person_of(request), pk, today())
    response = HttpResponse(places_csv(places_of(found)), content_type="text/csv; charset=utf-8")
    return _attached(response, found, "csv")


@needs_role(Role.Kind.PROGRAMME_OFFICER)
@require_safe
def proposal_geojson(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as points."""
    found = made_proposal_for(person_of(request), pk, today())
    response = JsonResponse(places_geojson(places_of(found)), content_type="application/geo+json")
    return _attached(response, found, "geojson")


@needs_role(Role.Kind.PROGRAMME_OFFICER)
@require_safe
def proposal_print(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about a proposal on one page."""
    found = made_proposal_for(person_of(request), pk, today())
    context = {
        **proposal_frame(found, "proposal_print"),
        "outcome": outcome_shown(found),
        "parts": parts_shown(found),
        "level": level_shown(found),
        "groups": policy_shown(found.policy_used),
        "clusters": clusters_with_places(clusters_of(found), places_of(found)),
        "left_out": reasons_shown(left_out_of(found)),
    }
    return render(request, "clusters/proposal_print.html", context, using="jinja2")


def _attached(response: HttpResponse, proposal: Proposal, ending: str) -> HttpResponse:
    name = f"clusters-{proposal.formation_id}-{proposal.number}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
