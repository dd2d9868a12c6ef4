"""The diocese of church schools sees their proposed places and comments."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.accounts.models import Role
from clusterwork.clusters.permissions.consulting import diocese_round_for
from clusterwork.clusters.selectors.proposals import place_of, places_of
from clusterwork.clusters.selectors.rounds import takes_answers
from clusterwork.clusters.services.answers import comment_for_diocese
from clusterwork.kernel.errors import NotThere
from clusterwork.kernel.messages import N_, Message
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.consulting.forms.rounds import DioceseForm
from clusterwork.web.clusters.consulting.frames import round_words
from clusterwork.web.clusters.consulting.shown.for_schools import own_place_shown
from clusterwork.web.clusters.refusing import done_or_said
from clusterwork.web.clusters.shown.policies import estimate_shown
from clusterwork.web.guards import needs_role, only

PAGE_SIZE = 50


@needs_role(Role.Kind.PARTNER, Role.Kind.PROGRAMME_OFFICER)
@require_safe
def diocese_places(request: HttpRequest, pk: int) -> HttpResponse:
    """The diocese's schools in a round, and where each is proposed."""
    found, schools = diocese_round_for(person_of(request), pk, today())
    places = places_of(found.proposal).filter(school__in=schools)
    context = {
        **round_words(found),
        "page": Paginator(places, PAGE_SIZE).get_page(request.GET.get("page")),
        "diocese": next(iter(schools.values())),
        "commented": set(
            found.diocese_comments.filter(school__in=schools).values_list("school_id", flat=True)
        ),
        "is_open": takes_answers(found, today()),
        "trail_items": [],
        "seen_by_words": readers(),
    }
    return render(request, "clusters/consulting/diocese_places.html", context, using="jinja2")


@needs_role(Role.Kind.PARTNER, Role.Kind.PROGRAMME_OFFICER)
@only("GET", "HEAD", "POST")
def diocese_place(request: HttpRequest, pk: int, school: int) -> HttpResponse:
    """One school's place with a box for what the diocese says."""
    found, schools = diocese_round_for(person_of(request), pk, today())
    if school not in schools:
        raise NotThere(Message(N_("This school is not one of your diocese in the proposal.")))
    place = place_of(found.proposal, school)
    place.proposal = found.proposal
    form = DioceseForm(request.POST or None)
    if form.is_valid():
        done = done_or_said(
            form,
            "text",
            lambda: comment_for_diocese(
                person=person_of(request),
                now=timezone.now(),
                round_pk=pk,
                school_pk=school,
                text=form.cleaned_data["text"],
            ),
        )
        if done:
            messages.success(request, _("What the diocese says is recorded."))
            return redirect("diocese_places", pk)
    context = {
        **round_words(found),
        "school": place.school,
        "shown": own_place_shown(place),
        "form": form,
        "comments": found.diocese_comments.filter(school=school).select_related("by"),
        "is_open": takes_answers(found, today()),
        "estimate": estimate_shown(found.proposal.policy_used),
        "trail_items": [
            {"text": str(schools[school]), "href": reverse("diocese_places", args=[pk])}
        ],
        "seen_by_words": readers(),
    }
    return render(request, "clusters/consulting/diocese_place.html", context, using="jinja2")


def readers() -> str:
    """Who reads the diocese's pages."""
    return _("people of the diocese; what it says is also read by the school and the officers")
