"""Exercises of forming clusters: starting one, how it stands, what is known, its history."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.accounts.models import Role
from clusterwork.clusters.models import Formation
from clusterwork.clusters.permissions import formation_for, programme_for
from clusterwork.clusters.selectors.programmes import policy_now
from clusterwork.clusters.selectors.proposals import proposals_of
from clusterwork.clusters.services.formations import start_formation
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.forms.programmes import FormationForm
from clusterwork.web.clusters.frame import formation_frame, programme_frame
from clusterwork.web.clusters.refusing import done_or_said
from clusterwork.web.clusters.shown.formations import known_shown
from clusterwork.web.clusters.shown.history import history_page
from clusterwork.web.clusters.shown.proposals import proposal_rows
from clusterwork.web.clusters.shown.steps import steps_shown
from clusterwork.web.guards import needs_role, only

PAGE_SIZE = 50


@needs_role(Role.Kind.PROGRAMME_OFFICER)
@only("GET", "HEAD", "POST")
def formation_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Starts an exercise; the policy says which kind is usual."""
    programme = programme_for(person_of(request), pk, today())
    usual = policy_now(programme).mapping["require"]["pyramid"]
    kind = Formation.Kind.PYRAMID if usual else Formation.Kind.NEIGHBOURHOOD
    form = FormationForm(request.POST or None, initial={"kind": kind})
    if form.is_valid():
        started = done_or_said(
            form,
            "name",
            lambda: start_formation(
                person=person_of(request), day=today(), programme_pk=pk, **form.cleaned_data
            ),
        )
        if started:
            messages.success(request, _("The exercise has begun. Choose its schools now."))
            return redirect("chosen_schools", started.pk)
    context = {**programme_frame(programme, ""), "form": form}
    return render(request, "clusters/formation_new.html", context, using="jinja2")


@needs_role(Role.Kind.PROGRAMME_OFFICER)
@require_safe
def formation(request: HttpRequest, pk: int) -> HttpResponse:
    """What has been done, what comes next, and the proposals so far."""
    found = formation_for(person_of(request), pk, today())
    page = Paginator(proposals_of(found), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        **formation_frame(found, "formation"),
        "steps": steps_shown(found, today()),
        "page": page,
        "rows": proposal_rows(page),
    }
    return render(request, "clusters/formation.html", context, using="jinja2")


@needs_role(Role.Kind.PROGRAMME_OFFICER)
@require_safe
def formation_known(request: HttpRequest, pk: int) -> HttpResponse:
    """What every proposal takes from the register: positions, partnerships, flows, clusters."""
    found = formation_for(person_of(request), pk, today())
    context = {
        **formation_frame(found, "formation_known"),
        "known": known_shown(found, today()),
        "version": policy_now(found.programme),
    }
    return render(request, "clusters/formation_known.html", context, using="jinja2")


@needs_role(Role.Kind.PROGRAMME_OFFICER)
@require_safe
def formation_history(request: HttpRequest, pk: int) -> HttpResponse:
    """Who did what in the exercise."""
    found = formation_for(person_of(request), pk, today())
    context = {
        **formation_frame(found, "formation_history"),
        "thing": found,
        "page": history_page(request, found),
    }
    return render(request, "clusters/history.html", context, using="jinja2")
