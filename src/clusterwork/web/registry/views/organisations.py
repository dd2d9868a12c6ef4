"""The organisations of the middle tier, and what each is called."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.accounts.models import Role
from clusterwork.audit.selectors import entries_about
from clusterwork.kernel.errors import NotAllowed, Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.measures.permissions.authorities import authorities_to_see
from clusterwork.registry.models import Organisation
from clusterwork.registry.services.organisations import edit_organisation
from clusterwork.web.context import viewer_of
from clusterwork.web.formats import said
from clusterwork.web.guards import needs_role, only
from clusterwork.web.navigation import Viewer
from clusterwork.web.records import lines_of
from clusterwork.web.registry.forms import posted
from clusterwork.web.registry.forms.organisations import OrganisationForm
from clusterwork.web.registry.loading import loaded

officer = needs_role(Role.Kind.PROGRAMME_OFFICER)


@officer
@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """All organisations, with the larger one that each belongs to."""
    found = (
        Organisation.objects.select_related("parent")
        .annotate(n_authorities=Count("authorities"))
        .order_by("name")
    )
    context = {"organisations": list(found)}
    return render(request, "registry/organisations.html", context, using="jinja2")


@officer
@require_safe
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """One organisation: what it is part of, what is part of it, its authorities."""
    found = loaded(Organisation.objects.select_related("parent"), pk)
    context = {
        "organisation": found,
        "children": list(found.children.all()),
        "authorities": list(found.authorities.annotate(n_schools=Count("schools"))),
        "with_figures": authorities_read_by(viewer_of(request)),
        "may_edit": may_edit(viewer_of(request), found),
        "entries": lines_of(entries_about(found)[:50]),
    }
    return render(request, "registry/organisation.html", context, using="jinja2")


def authorities_read_by(viewer: Viewer) -> set[int]:
    """The ids of the authorities whose figures the viewer may read."""
    if viewer.person is None:
        return set()
    found = authorities_to_see(viewer.person, timezone.localdate())
    return set(found.values_list("pk", flat=True))


def may_edit(viewer: Viewer, organisation: Organisation) -> bool:
    """Its own programme officers, and those of the organisation that it belongs to."""
    mine = {
        role.organisation_id
        for role in viewer.roles
        if role.kind == Role.Kind.PROGRAMME_OFFICER and role.organisation_id
    }
    return bool(mine & {organisation.pk, organisation.parent_id})


def organisation_to_edit(request: HttpRequest, pk: int) -> Organisation:
    """The organisation, for those who may edit it; raises NotThere or NotAllowed."""
    found = loaded(Organisation.objects.select_related("parent"), pk)
    if not may_edit(viewer_of(request), found):
        raise NotAllowed(
            Message(N_("You cannot change this organisation.")),
            next_step=Message(
                N_("Ask a programme officer of this organisation: %(name)s."), {"name": str(found)}
            ),
        )
    return found


@officer
@only("GET", "HEAD", "POST")
def organisation_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Names in two languages, parent, Welsh on or off, colour."""
    found = organisation_to_edit(request, pk)
    form = OrganisationForm(posted(request)[0], organisation=found)
    if request.method == "POST" and form.is_valid():
        by: Any = request.user
        try:
            edit_organisation(organisation_id=pk, by=by, **form.cleaned_data)
        except Problem as problem:
            form.add_error(None, said(problem))
        else:
            messages.success(request, _("The organisation is changed."))
            return redirect("organisation", pk=pk)
    context = {"organisation": found, "form": form}
    return render(request, "registry/organisation_edit.html", context, using="jinja2")
