"""The list of schools."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clusterwork.registry.models import School
from clusterwork.web.guards import signed_in

PAGE_SIZE = 50


@signed_in
@require_safe
def schools(request: HttpRequest) -> HttpResponse:
    """The schools of the register, 50 a page."""
    found = School.objects.select_related("authority")
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "registry/schools.html", {"page": page}, using="jinja2")
