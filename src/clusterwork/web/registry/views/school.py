"""The page of one school."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from clusterwork.registry.models import School
from clusterwork.web.guards import signed_in


@signed_in
@require_safe
def school(request: HttpRequest, pk: int) -> HttpResponse:
    """Who the school is."""
    found = get_object_or_404(School.objects.select_related("authority"), pk=pk)
    return render(request, "registry/school.html", {"school": found}, using="jinja2")
