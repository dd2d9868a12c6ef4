"""Everything that is asked of somebody's schools, and what was answered."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.clusters.models import AskedSchool
from clusterwork.clusters.permissions import schools_to_prepare_for
from clusterwork.clusters.selectors.rounds import rounds_for_schools
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.consulting.shown.answers import answered_by_place
from clusterwork.web.guards import signed_in

PAGE_SIZE = 50


@signed_in
@require_safe
def asked_of_you(request: HttpRequest) -> HttpResponse:
    """The questions put to the viewer's schools, open ones first."""
    schools = list(schools_to_prepare_for(person_of(request), today()).values_list("pk", flat=True))
    page = Paginator(rounds_for_schools(schools), PAGE_SIZE).get_page(request.GET.get("page"))
    asked = AskedSchool.objects.filter(school__in=schools).select_related(
        "school", "asking__formation__programme__organisation", "answered_by"
    )
    context = {
        "page": page,
        "answers": answered_by_place(page),
        "asked": asked.order_by("-asking__opened_at", "school__sort_key")[:PAGE_SIZE],
        "has_schools": bool(schools),
        "today": today(),
        "seen_by_words": _("the headteachers of these schools and whoever they have named"),
    }
    return render(request, "clusters/consulting/yours.html", context, using="jinja2")
