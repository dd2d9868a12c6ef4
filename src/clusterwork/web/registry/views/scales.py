"""The scales of grades, what each is called, and in which order its grades stand."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.accounts.models import Role
from clusterwork.audit.selectors import entries_about
from clusterwork.registry.models import Scale
from clusterwork.registry.selectors.scales import scales_listed
from clusterwork.registry.services.scales import (
    ScaleChangedMeanwhile,
    ScaleNameTaken,
    save_scale,
)
from clusterwork.web.formats import said
from clusterwork.web.guards import needs_role, only
from clusterwork.web.records import lines_of
from clusterwork.web.registry.forms import posted
from clusterwork.web.registry.forms.scales import ScaleForm
from clusterwork.web.registry.loading import loaded

officer = needs_role(Role.Kind.PROGRAMME_OFFICER)


@officer
@require_safe
def scales(request: HttpRequest) -> HttpResponse:
    """All scales, with their grades in order."""
    context = {"scales": list(scales_listed())}
    return render(request, "registry/scales.html", context, using="jinja2")


@officer
@only("GET", "HEAD", "POST")
def scale(request: HttpRequest, pk: int) -> HttpResponse:
    """One scale: its names, its grades' labels and order, and who changed them."""
    found = loaded(Scale.objects.all(), pk)
    form = ScaleForm(posted(request)[0], scale=found)
    if request.method == "POST" and form.is_valid():
        try:
            save_scale(scale_id=pk, by=by(request), words=form.words, seen=form.seen)
        except ScaleNameTaken as problem:
            form.add_error("name", said(problem))
        except ScaleChangedMeanwhile:  # between this page's reading and its writing
            found = loaded(Scale.objects.all(), pk)
            form = ScaleForm(request.POST, scale=found)
        else:
            messages.success(request, _("The scale is saved."))
            return redirect("scale", pk=pk)
    context = {
        "scale": found,
        "form": form,
        "entries": lines_of(entries_about(found)[:50]),
    }
    return render(request, "registry/scale.html", context, using="jinja2")


def by(request: HttpRequest) -> Any:
    """The officer who saves."""
    return request.user
