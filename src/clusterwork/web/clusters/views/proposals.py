"""Proposals: asking, watching, reading."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.accounts.models import Role
from clusterwork.clusters.models import Formation, Look, Proposal
from clusterwork.clusters.permissions import formation_for, made_proposal_for, proposal_for
from clusterwork.clusters.selectors.looks import look_at
from clusterwork.clusters.selectors.programmes import policies_of
from clusterwork.clusters.selectors.proposals import (
    cluster_of,
    clusters_of,
    left_out_of,
    place_of,
    places_in,
    places_of,
)
from clusterwork.clusters.services.proposals import ask_for_proposal, cancel_proposal
from clusterwork.clusters.services.unconfirmed import check_not_confirmed
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.forms.formations import ProposeForm
from clusterwork.web.clusters.frame import formation_frame, proposal_frame
from clusterwork.web.clusters.moving.shown.moves import moves_shown
from clusterwork.web.clusters.refusing import done_or_said
from clusterwork.web.clusters.shown.contributing import too_few_marked
from clusterwork.web.clusters.shown.elsewhere import elsewhere_shown
from clusterwork.web.clusters.shown.firmness import firm_line
from clusterwork.web.clusters.shown.level import level_shown
from clusterwork.web.clusters.shown.looks import look_shown
from clusterwork.web.clusters.shown.maps import map_words
from clusterwork.web.clusters.shown.places import Lookup, place_shown
from clusterwork.web.clusters.shown.progress import progress_shown
from clusterwork.web.clusters.shown.proposals import outcome_shown, reasons_shown
from clusterwork.web.clusters.shown.rules import binding_shown, rules_shown
from clusterwork.web.clusters.shown.savings import savings_shown
from clusterwork.web.clusters.shown.sorting import places_sorted
from clusterwork.web.clusters.shown.terms import parts_shown
from clusterwork.web.clusters.shown.trouble import trouble_shown
from clusterwork.web.formats import day
from clusterwork.web.guards import needs_role, only

PAGE_SIZE = 50


@needs_role(Role.Kind.PROGRAMME_OFFICER)
@only("GET", "HEAD", "POST")
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks for a proposal; policy and seed may come filled from an earlier one."""
    formation = formation_for(person_of(request), pk, today())
    check_not_confirmed(formation)
    form = ProposeForm(
        request.POST or None, initial=_asked_before(request), policies=_choices(formation)
    )
    if form.is_valid():
        data = form.cleaned_data
        asked = done_or_said(
            form,
            None,
            lambda: ask_for_proposal(
                person=person_of(request),
                day=today(),
                pk=pk,
                policy_number=data["policy"],
                seed=data["seed"],
                time_limit_s=data["time_limit_s"],
            ),
        )
        if asked:
            return redirect("proposal", asked.pk)
    n_chosen = formation.chosen.count()
    context = {
        **formation_frame(formation, "formation"),
        "form": form,
        "n_chosen": n_chosen,
        "too_few_marked": too_few_marked(formation, n_chosen),
    }
    return render(request, "clusters/propose.html", context, using="jinja2")


@needs_role(Role.Kind.PROGRAMME_OFFICER)
@require_safe
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """How the work goes; then the clusters on a map and in a table, or why there are none."""
    found = proposal_for(person_of(request), pk, today())
    context = proposal_frame(found, "proposal")
    if found.is_open:
        context["progress"] = progress_shown(found)
        return render(request, "clusters/proposal_open.html", context, using="jinja2")
    if found.state != Proposal.State.DONE:
        context["trouble"] = trouble_shown(found)
        return render(request, "clusters/proposal_ended.html", context, using="jinja2")
    context |= {
        "outcome": outcome_shown(found),
        "page": Paginator(clusters_of(found), PAGE_SIZE).get_page(request.GET.get("page")),
        "map_style": settings.MAP_STYLE_URL,
        "map_words": map_words(),
        "left_out": reasons_shown(left_out_of(found)),
        "moves": moves_shown(found),
        "firm": firm_line(found),
        "binding": binding_shown(found),
        "level": level_shown(found),
        "others": found.formation.proposals.filter(state=Proposal.State.DONE).exclude(pk=pk),
    }
    return render(request, "clusters/proposal.html", context, using="jinja2")


@needs_role(Role.Kind.PROGRAMME_OFFICER)
@require_safe
def proposal_progress(request: HttpRequest, pk: int) -> JsonResponse:
    """The same words and numbers as the page shows, for its script."""
    return JsonResponse(progress_shown(proposal_for(person_of(request), pk, today())).to_json())


@needs_role(Role.Kind.PROGRAMME_OFFICER)
@only("POST")
def proposal_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Stops the work."""
    cancel_proposal(person=person_of(request), day=today(), pk=pk)
    messages.success(request, _("The proposal is being cancelled."))
    return redirect("proposal", pk)


@needs_role(Role.Kind.PROGRAMME_OFFICER)
@require_safe
def proposal_schools(request: HttpRequest, pk: int) -> HttpResponse:
    """Every school with its cluster, its journey and its next best place."""
    found = made_proposal_for(person_of(request), pk, today())
    shown = places_sorted(request, found, places_of(found))
    page = Paginator(shown.places, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {**proposal_frame(found, "proposal_schools"), "page": page, "shown": shown}
    context["outcome"] = outcome_shown(found)
    return render(request, "clusters/proposal_schools.html", context, using="jinja2")


@needs_role(Role.Kind.PROGRAMME_OFFICER)
@require_safe
def proposal_rules(request: HttpRequest, pk: int) -> HttpResponse:
    """What each rule costs and whether it binds; what the total is made of."""
    found = made_proposal_for(person_of(request), pk, today())
    look = look_at(found, Look.Kind.LOCKS)
    context = {
        **proposal_frame(found, "proposal_rules"),
        "outcome": outcome_shown(found),
        "parts": parts_shown(found),
        "rules": rules_shown(found),
        "asked": look_shown(look),
        "savings": savings_shown(look) if look and look.state == Look.State.DONE else None,
        "n_locks": found.formation.locks.count(),
    }
    return render(request, "clusters/proposal_rules.html", context, using="jinja2")


@needs_role(Role.Kind.PROGRAMME_OFFICER)
@require_safe
def proposed_cluster(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One cluster: its members, and the reason for each."""
    found = made_proposal_for(person_of(request), pk, today())
    cluster = cluster_of(found, number)
    lookup = Lookup(found)
    context = {
        **proposal_frame(found, ""),
        "cluster": cluster,
        "places": [place_shown(place, lookup) for place in places_in(cluster)],
        "outcome": outcome_shown(found),
    }
    return render(request, "clusters/proposed_cluster.html", context, using="jinja2")


@needs_role(Role.Kind.PROGRAMME_OFFICER)
@require_safe
def proposed_place(request: HttpRequest, pk: int, school: int) -> HttpResponse:
    """Why one school is where it is, and its best alternative."""
    found = made_proposal_for(person_of(request), pk, today())
    place, lookup = place_of(found, school), Lookup(found)
    look = look_at(found, Look.Kind.ALTERNATIVES, school)
    is_done = look is not None and look.state == Look.State.DONE
    context = {
        **proposal_frame(found, ""),
        "place": place_shown(place, lookup),
        "asked": look_shown(look),
        "elsewhere": elsewhere_shown(look, lookup) if look and is_done else None,
        "outcome": outcome_shown(found),
    }
    return render(request, "clusters/proposed_place.html", context, using="jinja2")


def _choices(formation: Formation) -> list[tuple[int, str]]:
    """The versions of the policy, newest first."""
    return [
        (
            version.number,
            _("Version %(number)s, saved on: %(day)s")
            % {"number": version.number, "day": day(version.saved_at.date())},
        )
        for version in policies_of(formation.programme)
    ]


def _asked_before(request: HttpRequest) -> dict[str, Any]:
    """Fields that the address fills."""
    names = ("policy", "seed", "time_limit_s")
    return {name: value for name in names if (value := request.GET.get(name, "")).isdecimal()}
