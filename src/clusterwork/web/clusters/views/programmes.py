"""Programmes: the list, one programme, starting and changing one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clusterwork.accounts.models import Role
from clusterwork.web.guards import needs_role


@needs_role(Role.Kind.PROGRAMME_OFFICER)
@require_safe
def programmes(request: HttpRequest) -> HttpResponse:
    """The programmes of the viewer's organisations."""
    return render(request, "clusters/programmes.html", using="jinja2")
