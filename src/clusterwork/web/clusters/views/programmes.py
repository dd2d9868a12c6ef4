"""Programmes: the list, one programme, starting and changing one."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.accounts.models import Role
from clusterwork.clusters.models import Programme
from clusterwork.clusters.permissions import organisations_for, programme_for
from clusterwork.clusters.permissions.reading_programmes import programmes_to_see
from clusterwork.clusters.rules.programme_life import warnings_of
from clusterwork.clusters.selectors.eligibility import checks_of, flags_of, schools_in_programme
from clusterwork.clusters.selectors.memberships import n_schools_of
from clusterwork.clusters.selectors.participations import participations_on
from clusterwork.clusters.selectors.programmes import formations_of, policy_now, programmes_listed
from clusterwork.clusters.services.programmes import (
    ProgrammeFacts,
    change_programme,
    start_programme,
)
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.forms.programmes import ProgrammeForm
from clusterwork.web.clusters.frame import programme_frame, trail_to_programmes
from clusterwork.web.clusters.programme.loading import framed, seen
from clusterwork.web.clusters.refusing import done_or_said
from clusterwork.web.clusters.shown.history import history_page
from clusterwork.web.clusters.shown.policies import policy_shown
from clusterwork.web.context import viewer_of
from clusterwork.web.guards import needs_role, only, signed_in

PAGE_SIZE = 50


@signed_in
@require_safe
def programmes(request: HttpRequest) -> HttpResponse:
    """The programmes that the viewer runs, or is in."""
    found = programmes_listed(programmes_to_see(person_of(request), today()), today())
    context = {
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "may_start": viewer_of(request).has(Role.Kind.PROGRAMME_OFFICER),
    }
    return render(request, "clusters/programmes.html", context, using="jinja2")


@needs_role(Role.Kind.PROGRAMME_OFFICER)
@only("GET", "HEAD", "POST")
def programme_new(request: HttpRequest) -> HttpResponse:
    """Starts a programme."""
    organisations = list(organisations_for(person_of(request), today()))
    form = ProgrammeForm(request.POST or None, organisations=organisations)
    if form.is_valid():
        programme = done_or_said(
            form,
            "name",
            lambda: start_programme(
                person=person_of(request),
                day=today(),
                organisation=form.chosen_organisation,
                facts=form.facts,
            ),
        )
        if programme:
            messages.success(request, _("The programme has begun, with the usual policy."))
            return redirect("programme", programme.pk)
    context = {"form": form, "trail_items": trail_to_programmes(), "programme": None}
    return render(request, "clusters/programme_form.html", context, using="jinja2")


@signed_in
@require_safe
def programme(request: HttpRequest, pk: int) -> HttpResponse:
    """One programme: its clusters, dates and priorities; for officers its exercises as well."""
    found = seen(request, pk)
    frame = framed(request, found, "programme")
    here = participations_on(found, today())
    parts = list(here[:PAGE_SIZE])
    context = {
        **frame,
        "parts": parts,
        "n_clusters": here.count() if len(parts) == PAGE_SIZE else len(parts),
        "n_schools": n_schools_of([each.cluster_id for each in parts], today()),
        "n_all_schools": len(schools_in_programme(found, today())),
        "priorities": list(found.priorities.all()),
        **(_for_officers(request, found) if frame["may_run"] else {}),
    }
    return render(request, "clusters/programme.html", context, using="jinja2")


def _for_officers(request: HttpRequest, programme: Programme) -> dict[str, Any]:
    """What only those who run the programme find on its overview."""
    version, check = policy_now(programme), checks_of(programme).first()
    exercises = Paginator(formations_of(programme), PAGE_SIZE)
    return {
        "warnings": warnings_of(programme.starts_on, programme.ends_on, programme.first_cycle_on),
        "n_flags": flags_of(check).count() if check else 0,
        "page": exercises.get_page(request.GET.get("page")),
        "version": version,
        "groups": policy_shown(version.mapping),
    }


@needs_role(Role.Kind.PROGRAMME_OFFICER)
@only("GET", "HEAD", "POST")
def programme_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Changes the name, the dates and whether a school may be in several of its clusters."""
    found = programme_for(person_of(request), pk, today())
    initial = {each.name: getattr(found, each.name) for each in fields(ProgrammeFacts)}
    form = ProgrammeForm(request.POST or None, initial=initial, organisations=[found.organisation])
    if form.is_valid():
        changed = done_or_said(
            form,
            None,
            lambda: change_programme(
                person=person_of(request), day=today(), pk=pk, facts=form.facts
            ),
        )
        if changed:
            messages.success(request, _("The programme has been changed."))
            return redirect("programme", pk)
    context = {**programme_frame(found, ""), "form": form}
    return render(request, "clusters/programme_form.html", context, using="jinja2")


@needs_role(Role.Kind.PROGRAMME_OFFICER)
@require_safe
def programme_history(request: HttpRequest, pk: int) -> HttpResponse:
    """Who did what to the programme and its policy."""
    found = programme_for(person_of(request), pk, today())
    context = {
        **programme_frame(found, "programme_history"),
        "thing": found,
        "page": history_page(request, found),
    }
    return render(request, "clusters/history.html", context, using="jinja2")
