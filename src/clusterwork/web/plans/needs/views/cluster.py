"""Which schools of a cluster have said what they need."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clusterwork.plans.permissions.needs import cluster_to_see_needs_of
from clusterwork.plans.rules.years import year_words
from clusterwork.plans.selectors.choosing import open_choosing
from clusterwork.plans.selectors.needs import (
    answered_in,
    asking_for_year,
    year_of_needs,
    years_of_needs,
)
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.guards import signed_in
from clusterwork.web.plans.needs.frame import needs_frame, seen_by_askers


@signed_in
@require_safe
def cluster_needs(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has answered, who has not, and what comes next."""
    person, day = person_of(request), today()
    seen = cluster_to_see_needs_of(person, pk, day)
    year = year_asked(request, year_of_needs(seen.cluster, day))
    rows = answered_in(seen.cluster, year, day)
    context = {
        **needs_frame(request, seen.cluster, "cluster_needs", inside=seen.is_inside),
        "is_inside": seen.is_inside,
        "may_ask": seen.may_ask,
        "rows": rows,
        "n_answered": sum(1 for each in rows if each.statement),
        "year": year,
        "year_words": year_words(year),
        "years": [
            (each, year_words(each)) for each in years_of_needs(seen.cluster, day) if each != year
        ],
        "asking": asking_for_year(seen.cluster, year),
        "choosing": open_choosing(seen.cluster) if seen.is_inside else None,
        "today": day,
        "seen_by_words": seen_by_askers(),
    }
    return render(request, "plans/needs/cluster.html", context, using="jinja2")


def year_asked(request: HttpRequest, otherwise: int) -> int:
    """The school year of the address, if it is one."""
    given = request.GET.get("year", "")
    return int(given) if given.isdecimal() and 2000 <= int(given[:5]) <= 2100 else otherwise
