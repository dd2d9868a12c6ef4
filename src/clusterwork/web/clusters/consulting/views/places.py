"""A school's side of a proposal: its own place first, its answer, then all clusters."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.clusters.models import Round
from clusterwork.clusters.permissions import schools_to_prepare_for
from clusterwork.clusters.permissions.consulting import (
    OwnPlace,
    own_place_for,
    whole_round_for,
)
from clusterwork.clusters.selectors.ahead import confirmed_places
from clusterwork.clusters.selectors.proposals import clusters_of, left_out_of, places_of
from clusterwork.clusters.selectors.rounds import answers_of, takes_answers
from clusterwork.clusters.services.answers import (
    answer_place,
    answer_place_by_link,
    place_of_link,
)
from clusterwork.clusters.services.looking import ask_for_own_look
from clusterwork.clusters.services.rounds import PURPOSE
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.consulting.forms.answers import AnswerForm, filled_from
from clusterwork.web.clusters.consulting.frames import place_frame, readers_of_all, round_words
from clusterwork.web.clusters.consulting.links import link_for_reader
from clusterwork.web.clusters.consulting.shown.choices import clusters_to_ask_for
from clusterwork.web.clusters.consulting.shown.for_schools import (
    own_elsewhere_shown,
    own_place_shown,
)
from clusterwork.web.clusters.consulting.shown.maps import school_map_data
from clusterwork.web.clusters.refusing import done_or_said, done_or_told
from clusterwork.web.clusters.shown.level import level_for_schools
from clusterwork.web.clusters.shown.maps import map_words
from clusterwork.web.clusters.shown.policies import estimate_shown
from clusterwork.web.clusters.shown.proposals import clusters_with_places
from clusterwork.web.guards import only, open_to_all, signed_in

PAGE_SIZE = 50


@signed_in
@only("GET", "HEAD", "POST")
def own_place(request: HttpRequest, pk: int, school: int) -> HttpResponse:
    """The school's place and the form for its answer; officers read what the school reads."""
    own = own_place_for(person_of(request), pk, school, today())
    form = _form(request, own)
    if form.is_bound and form.is_valid():
        done = done_or_said(
            form,
            None,
            lambda: answer_place(
                person=person_of(request),
                now=timezone.now(),
                round_pk=pk,
                school_pk=school,
                **form.answer,
            ),
        )
        if done:
            messages.success(request, _("Your answer is recorded."))
            return redirect("own_place", pk, school)
    ask = reverse("own_elsewhere", args=[pk, school])
    context = {**_context(own, form), "may_send": own.may_send, "reader": None, "ask": ask}
    return render(request, "clusters/consulting/own_place.html", context, using="jinja2")


@signed_in
@only("POST")
def own_elsewhere(request: HttpRequest, pk: int, school: int) -> HttpResponse:
    """Has the school's other places worked out exactly."""
    done_or_told(
        request,
        lambda: ask_for_own_look(
            person=person_of(request), day=today(), round_pk=pk, school_pk=school
        ),
    )
    return redirect("own_place", pk, school)


@open_to_all
@only("GET", "HEAD", "POST")
def place_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The same for whoever the letter went to; nobody is signed in by it."""
    now = timezone.now()
    link = link_for_reader(request, token, PURPOSE, now)
    round_pk, school_pk = place_of_link(link.subject_id)
    own = own_place_for(link.person, round_pk, school_pk, timezone.localdate(now))
    form = _form(request, own)
    if form.is_bound and form.is_valid():
        done = done_or_said(
            form, None, lambda: answer_place_by_link(token=token, now=now, **form.answer)
        )
        if done:
            context = {**round_words(own.round), "school": own.place.school, "answer": done}
            return render(request, "clusters/consulting/by_link_done.html", context, using="jinja2")
    proposal = own.round.proposal
    reader = {
        "may_send": own.may_send,
        "reader": link.person,
        "trail_items": [],
        "clusters": clusters_with_places(clusters_of(proposal), places_of(proposal)),
    }
    context = {**_context(own, form), **reader}
    return render(request, "clusters/consulting/own_place.html", context, using="jinja2")


@signed_in
@require_safe
def whole_round(request: HttpRequest, pk: int) -> HttpResponse:
    """All clusters of the proposal on a map and in a table."""
    found = whole_round_for(person_of(request), pk, today())
    own = _own_schools(request, found)
    page = Paginator(clusters_of(found.proposal), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        **round_words(found),
        "trail_items": [{"text": _("What you are asked"), "href": reverse("asked_of_you")}],
        "seen_by_words": readers_of_all(found.formation.programme.organisation),
        "page": page,
        "clusters": clusters_with_places(page, places_of(found.proposal)),
        "left_out": left_out_of(found.proposal),
        "own": own,
        "confirmed": confirmed_places(found.formation_id, own),
        "level": level_for_schools(found.proposal),
        "estimate": estimate_shown(found.proposal.policy_used),
        "map_style": settings.MAP_STYLE_URL,
        "map_words": map_words(),
    }
    return render(request, "clusters/consulting/whole_round.html", context, using="jinja2")


@signed_in
@require_safe
def whole_round_map(request: HttpRequest, pk: int) -> JsonResponse:
    """Points, hubs and boundaries for the map's script."""
    found = whole_round_for(person_of(request), pk, today())
    return JsonResponse(school_map_data(found.proposal))


def _own_schools(request: HttpRequest, found: Round) -> set[int]:
    own = schools_to_prepare_for(person_of(request), today())
    return set(found.proposal.places.filter(school__in=own).values_list("school_id", flat=True))


def _form(request: HttpRequest, own: OwnPlace) -> AnswerForm:
    last = answers_of(own.round, own.place.school).first()
    return AnswerForm(
        request.POST if request.method == "POST" else None,
        clusters=clusters_to_ask_for(own.place),
        initial=filled_from(last),
    )


def _context(own: OwnPlace, form: AnswerForm) -> dict[str, Any]:
    answers = list(answers_of(own.round, own.place.school))
    own.place.proposal = own.round.proposal
    return {
        **place_frame(own.round, own.place.school),
        "form": form,
        "shown": own_place_shown(own.place),
        **own_elsewhere_shown(own.place),
        "answers": answers,
        "last": answers[0] if answers else None,
        "is_open": takes_answers(own.round, today()),
        "is_officer": own.is_officer,
        "confirmed": confirmed_places(own.round.formation_id, [own.place.school_id]),
        "comments": own.round.diocese_comments.filter(school=own.place.school).select_related(
            "organisation", "by"
        ),
        "estimate": estimate_shown(own.round.proposal.policy_used),
    }
