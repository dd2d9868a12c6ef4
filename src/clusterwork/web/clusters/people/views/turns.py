"""One turn in the chair: who took it, swapped, its chair appointed, taken out."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.clusters.models import RotaTurn
from clusterwork.clusters.permissions.appointments import turn_to_run
from clusterwork.clusters.selectors.memberships import memberships_on
from clusterwork.clusters.services import turns
from clusterwork.registry.models import School
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.cluster.frame import trail
from clusterwork.web.clusters.cluster.stepping import Step, taken
from clusterwork.web.clusters.people.forms.rotas import (
    ANOTHER,
    ITSELF,
    NOBODY,
    ChairForm,
    SwapForm,
    TurnForm,
)
from clusterwork.web.clusters.people.views.rotas import to_rota
from clusterwork.web.clusters.people.wording import seen_by_workers
from clusterwork.web.guards import only, signed_in


@signed_in
@require_safe
def turn(request: HttpRequest, pk: int) -> HttpResponse:
    """What can be done to a turn to come."""
    found = turn_to_run(person_of(request), pk, today())
    cluster = found.rota.cluster
    context = {
        "cluster": cluster,
        "turn": found,
        "trail_items": trail(cluster),
        "seen_by_words": seen_by_workers(),
    }
    return render(request, "clusters/people/turn.html", context, using="jinja2")


@signed_in
@only("GET", "HEAD", "POST")
def turn_who(request: HttpRequest, pk: int) -> HttpResponse:
    """Who takes or took the turn: its school, another, or nobody."""
    person, day = person_of(request), today()
    found = turn_to_run(person, pk, day)
    members = memberships_on(found.start_on).filter(cluster=found.rota.cluster)
    form = TurnForm(
        request.POST or None,
        turn=found,
        begun=found.start_on <= day,
        schools=list(School.objects.filter(pk__in=members.values("school_id"))),
        initial={"who": said_of(found), "school": found.stood_in, "because": found.because},
    )
    step = Step(
        template="clusters/people/turn_who.html",
        form=form,
        act=lambda: turns.say_who_took(person=person, day=day, pk=pk, **form.answer),
        said=_("It is written down. The turns ahead are dealt out anew where that is fairer."),
        then=to_rota(found.rota.cluster),
        at="who",
        context={"turn": found},
        seen_by=seen_by_workers(),
    )
    return taken(request, found.rota.cluster, step)


def said_of(turn: RotaTurn) -> str:
    """What the form shows as answered."""
    if turn.stood_in_id:
        return ANOTHER
    return {True: ITSELF, False: NOBODY, None: ""}[turn.taken]


@signed_in
@only("GET", "HEAD", "POST")
def turn_swap(request: HttpRequest, pk: int) -> HttpResponse:
    """Two schools change turns."""
    person, day = person_of(request), today()
    found = turn_to_run(person, pk, day)
    others = found.rota.turns.filter(taken__isnull=True).exclude(school=found.school)
    form = SwapForm(request.POST or None, turns=list(others.select_related("school")))
    step = Step(
        template="clusters/people/turn_swap.html",
        form=form,
        act=lambda: turns.swap_turns(
            person=person,
            day=day,
            pk=pk,
            other_pk=form.cleaned_data["other"],
            because=form.cleaned_data["because"],
        ),
        said=_("The turns are swapped, and stay so."),
        then=to_rota(found.rota.cluster),
        at="other",
        context={"turn": found},
        seen_by=seen_by_workers(),
    )
    return taken(request, found.rota.cluster, step)


@signed_in
@only("GET", "HEAD", "POST")
def turn_chair(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody of the school is appointed chair for the turn."""
    person, day = person_of(request), today()
    found = turn_to_run(person, pk, day)
    form = ChairForm(request.POST or None)
    step = Step(
        template="clusters/people/turn_chair.html",
        form=form,
        act=lambda: turns.appoint_for_turn(person=person, day=day, pk=pk, **form.cleaned_data),
        said=_("The chair is appointed for this turn."),
        then=to_rota(found.rota.cluster),
        at="name",
        context={"turn": found},
        seen_by=seen_by_workers(),
    )
    return taken(request, found.rota.cluster, step)


@signed_in
@only("POST")
def turn_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """A turn that will not be is taken out."""
    person, day = person_of(request), today()
    cluster = turn_to_run(person, pk, day).rota.cluster
    turns.cancel_turn(person=person, day=day, pk=pk)
    messages.success(request, _("The turn is taken out, and those after it move up."))
    return redirect("cluster_rota", cluster.pk)
