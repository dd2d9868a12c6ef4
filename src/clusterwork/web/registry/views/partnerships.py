"""An officer records what no official file lists: partnerships, and their ends."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from clusterwork.accounts.models import Role
from clusterwork.kernel.errors import Problem
from clusterwork.registry.models import Affiliation
from clusterwork.registry.services.partnerships import end_affiliation, record_partnership
from clusterwork.web.formats import said
from clusterwork.web.guards import needs_role, only
from clusterwork.web.registry.forms import posted
from clusterwork.web.registry.forms.partnerships import EndForm, PartnershipForm
from clusterwork.web.registry.loading import loaded, school_to_change

officer = needs_role(Role.Kind.PROGRAMME_OFFICER)


@officer
@only("GET", "HEAD", "POST")
def partnership_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Puts the school into a partnership."""
    school = school_to_change(request, pk)
    form = PartnershipForm(posted(request)[0])
    if request.method == "POST" and form.is_valid():
        by: Any = request.user
        try:
            record_partnership(school=school, by=by, **form.cleaned_data)
        except Problem as problem:
            form.add_error(None, said(problem))
        else:
            messages.success(request, _("The partnership is recorded."))
            return redirect("school_partnerships", pk=pk)
    context = {"school": school, "form": form}
    return render(request, "registry/partnership_new.html", context, using="jinja2")


@officer
@only("GET", "HEAD", "POST")
def affiliation_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Says from which day on the school is no longer in the partnership."""
    stay = loaded(
        Affiliation.objects.select_related("school", "school__authority", "partnership"), pk
    )
    school_to_change(request, stay.school_id)
    form = EndForm(posted(request)[0])
    if request.method == "POST" and form.is_valid():
        by: Any = request.user
        try:
            end_affiliation(affiliation=stay, on=form.cleaned_data["on"], by=by)
        except Problem as problem:
            form.add_error("on", said(problem))
        else:
            messages.success(request, _("The end of the partnership is recorded."))
            return redirect("school_partnerships", pk=stay.school_id)
    context = {"stay": stay, "school": stay.school, "form": form}
    return render(request, "registry/affiliation_end.html", context, using="jinja2")
