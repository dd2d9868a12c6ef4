"""Confirming: the first day, check everything, confirm; then what came of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django.views.decorators.http import require_safe

from clusterwork.accounts.models import Role
from clusterwork.clusters.models import Confirmation, Proposal, Round
from clusterwork.clusters.permissions import formation_for, made_proposal_for
from clusterwork.clusters.selectors.confirming import (
    closed_in,
    confirmation_of,
    left_empty,
    overlaps_of,
    suggested_names,
)
from clusterwork.clusters.selectors.heads import without_head
from clusterwork.clusters.selectors.placeable import declined_ids
from clusterwork.clusters.selectors.unsettled import Unsettled, unsettled_in
from clusterwork.clusters.services.before_confirming import check_first_day
from clusterwork.clusters.services.confirming import confirm_formation
from clusterwork.kernel.errors import NotThere
from clusterwork.kernel.messages import N_, Message
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.frame import formation_frame, proposal_frame
from clusterwork.web.clusters.moving.forms.confirming import ConfirmForm, FirstDayForm
from clusterwork.web.clusters.moving.shown.unsettled import unsettled_shown
from clusterwork.web.clusters.refusing import done_or_said
from clusterwork.web.formats import day as written_day
from clusterwork.web.formats import number
from clusterwork.web.guards import needs_role, only

MOST_SHOWN = 50


@needs_role(Role.Kind.PROGRAMME_OFFICER)
@only("GET", "HEAD", "POST")
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks for the first day, shows everything that would happen, and confirms."""
    found = made_proposal_for(person_of(request), pk, today())
    if confirmation_of(found.formation_id):
        return redirect("confirmed", found.formation_id)
    first = FirstDayForm(_given(request))
    context: dict[str, Any] = {**proposal_frame(found, ""), "first": first}
    start_on = _first_day(request, first, found)
    if start_on is None:
        return render(request, "clusters/moving/first_day.html", context, using="jinja2")
    overlaps = list(overlaps_of(found, start_on))
    n_clashes = sum(each.in_programme for each in overlaps)  # type: ignore[attr-defined]
    unsettled = unsettled_in(found)
    form = ConfirmForm(
        request.POST or None,
        suggested=suggested_names(found),
        has_overlaps=n_clashes > 0,
        has_declines=bool(unsettled.declined),
        initial={"start_on": start_on},
    )
    if form.is_valid():
        done = done_or_said(form, None, lambda: _confirmed(request, found, form))
        if done:
            messages.success(request, _("The clusters have been confirmed."))
            return redirect("confirmed", found.formation_id)
    context |= {
        "form": form,
        "overlaps": overlaps[:MOST_SHOWN],
        "n_overlaps": len(overlaps),
        "n_clashes": n_clashes,
        "unsettled": unsettled,
        "shown": unsettled_shown(unsettled),
        "to_leave_out": _to_leave_out(found, unsettled),
        **_checked(found, start_on),
    }
    return render(request, "clusters/moving/confirm.html", context, using="jinja2")


@needs_role(Role.Kind.PROGRAMME_OFFICER)
@require_safe
def confirmed(request: HttpRequest, pk: int) -> HttpResponse:
    """What was confirmed: the clusters, and what comes next."""
    formation = formation_for(person_of(request), pk, today())
    found = confirmation_of(pk)
    if found is None:
        raise NotThere(
            Message(N_("Nothing of this exercise has been confirmed.")),
            next_step=Message(N_("Open one of its proposals to confirm it.")),
        )
    rows = found.clusters.select_related("cluster", "proposed__hub").order_by("proposed__number")
    context = {
        **formation_frame(formation, ""),
        "confirmation": found,
        "left_empty": left_empty(found)[:MOST_SHOWN],
        "page": Paginator(rows, MOST_SHOWN).get_page(request.GET.get("page")),
        "left_out": found.proposal.places.filter(cluster__isnull=True).count(),
        "n_schools": found.proposal.places.filter(cluster__isnull=False).count(),
    }
    return render(request, "clusters/moving/confirmed.html", context, using="jinja2")


def _given(request: HttpRequest) -> Any:
    if request.method == "POST":
        return request.POST
    return request.GET if "start_on" in request.GET else None


def _first_day(request: HttpRequest, first: FirstDayForm, found: Proposal) -> dt.date | None:
    """The day asked for; None where there is none, or where the page is asked for a wrong one.

    Once names are sent with it, the service says what is wrong, beside everything typed.
    """
    if not first.is_valid():
        return None
    start_on: dt.date = first.cleaned_data["start_on"]
    if request.method == "POST":
        return start_on
    fits = done_or_said(first, "start_on", lambda: check_first_day(found, today(), start_on))
    return start_on if fits else None


def _to_leave_out(found: Proposal, unsettled: Unsettled) -> list[Round]:
    """The rounds whose declines can still be taken up."""
    gone = declined_ids(found.formation)
    rounds = {each.round for each in unsettled.declined if each.school_id not in gone}
    return sorted(rounds, key=lambda each: each.number)


def _confirmed(request: HttpRequest, found: Proposal, form: ConfirmForm) -> Confirmation:
    return confirm_formation(
        person=person_of(request),
        day=today(),
        pk=found.formation_id,
        proposal_pk=found.pk,
        start_on=form.first_day,
        names=form.names,
        end_present=form.cleaned_data.get("end_present", False),
        despite_declines=form.cleaned_data.get("despite_declines", False),
        link_for=lambda cluster_pk, language: _link(request, cluster_pk, language),
    )


def _link(request: HttpRequest, cluster_pk: int, language: str) -> str:
    with override(language):
        return request.build_absolute_uri(reverse("cluster", args=[cluster_pk]))


def _checked(found: Proposal, start_on: dt.date) -> dict[str, Any]:
    """Everything that the officer checks before it is done."""
    placed = set(found.places.filter(cluster__isnull=False).values_list("school_id", flat=True))
    clusters = list(found.clusters.select_related("hub"))
    silent = without_head(placed, today())
    return {
        "start_on": start_on,
        "clusters": clusters,
        "n_schools": len(placed),
        "n_silent": len(silent),
        "n_left_out": found.places.filter(cluster__isnull=True).count(),
        "closed": closed_in(found, start_on),
        "button_words": _button(len(clusters), len(placed) - len(silent), start_on),
    }


def _button(n: int, told: int, start_on: dt.date) -> str:
    """The whole consequence in one sentence."""
    clusters = ngettext("Confirm one cluster", "Confirm %(n)s clusters", n) % {"n": number(n)}
    schools = ngettext("tell one school", "tell %(n)s schools", told) % {"n": number(told)}
    facts = {"clusters": clusters, "day": written_day(start_on), "schools": schools}
    return _("%(clusters)s from %(day)s and %(schools)s") % facts
