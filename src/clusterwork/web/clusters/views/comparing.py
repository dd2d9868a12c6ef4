"""Two proposals side by side."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clusterwork.accounts.models import Role
from clusterwork.clusters.permissions import formation_for
from clusterwork.clusters.selectors.proposals import done_in
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.frame import formation_frame
from clusterwork.web.clusters.shown.comparing import compared
from clusterwork.web.guards import needs_role

PAGE_SIZE = 50


@needs_role(Role.Kind.PROGRAMME_OFFICER)
@require_safe
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Who moves between two proposals, and what each costs; the last two where none are named."""
    formation = formation_for(person_of(request), pk, today())
    proposals = list(done_in(formation))
    comparison = compared(request, proposals)
    movers = comparison.movers if comparison else []
    context = {
        **formation_frame(formation, ""),
        "proposals": proposals,
        "comparison": comparison,
        "page": Paginator(movers, PAGE_SIZE).get_page(request.GET.get("page")),
    }
    return render(request, "clusters/compare.html", context, using="jinja2")
