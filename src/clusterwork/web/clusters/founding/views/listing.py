"""The clusters that schools form themselves: those of my schools, those that wait for me."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clusterwork.clusters.permissions import (
    organisations_for,
    schools_to_prepare_for,
    schools_to_send_for,
)
from clusterwork.clusters.selectors.foundings import foundings_at, foundings_of, stand
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.founding.shown import STATE_COLOURS, stand_words
from clusterwork.web.guards import signed_in

PAGE_SIZE = 50
MOST_OWN = 50


@signed_in
@require_safe
def foundings(request: HttpRequest) -> HttpResponse:
    """Everybody's own: an officer's organisations', and those that a school began or joins."""
    person, day = person_of(request), today()
    at = foundings_at(organisations_for(person, day))
    own = list(foundings_of(schools_to_prepare_for(person, day))[:MOST_OWN])
    context = {
        "page": Paginator(at, PAGE_SIZE).get_page(request.GET.get("page")),
        "is_officer": organisations_for(person, day).exists(),
        "own": [(row, stand_words(stand(row, row.founding))) for row in own],
        "may_begin": schools_to_send_for(person, day).exists(),
        "colours": STATE_COLOURS,
    }
    return render(request, "clusters/founding/list.html", context, using="jinja2")
