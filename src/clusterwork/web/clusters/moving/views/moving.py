"""Moving a school by hand: see what it does, keep it, take it back; then lock and propose again."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterwork.accounts.models import Role
from clusterwork.clusters.models import Proposal, Round
from clusterwork.clusters.permissions import made_proposal_for
from clusterwork.clusters.permissions.consulting import round_for
from clusterwork.clusters.rules.moves import next_number
from clusterwork.clusters.selectors.moving import Ground, ground_of, own_made_from
from clusterwork.clusters.selectors.placeable import declined_ids
from clusterwork.clusters.selectors.proposals import clusters_of
from clusterwork.clusters.selectors.rounds import declined_in, rounds_of
from clusterwork.clusters.services.holding import hold_parts
from clusterwork.clusters.services.moving import keep_move, seen, take_move_back
from clusterwork.clusters.services.rearranging import keep_rearrangement, rearranged
from clusterwork.clusters.services.rounds import take_out_declined
from clusterwork.registry.models import School
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.frame import proposal_frame
from clusterwork.web.clusters.moving.forms.moving import NONE, HoldForm, MoveForm, RearrangeForm
from clusterwork.web.clusters.moving.shown.moves import moves_shown, seen_shown
from clusterwork.web.clusters.moving.shown.rearranged import rearranged_shown
from clusterwork.web.clusters.refusing import done_or_said, done_or_told
from clusterwork.web.guards import needs_role, only

AROUND = "around"


@needs_role(Role.Kind.PROGRAMME_OFFICER)
@only("GET", "HEAD", "POST")
def move_school(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose a school and a cluster, see at once what the move would do, and keep it or not."""
    found = made_proposal_for(person_of(request), pk, today())
    begun = own_made_from(found, person_of(request))
    if begun and request.method != "POST" and not {"school", "anew"} & set(request.GET):
        return redirect(f"{reverse('move_school', args=[begun.pk])}?from={found.number}")
    ground = ground_of(found, today())
    clusters = _clusters(found, ground)
    data = request.POST if request.method == "POST" else request.GET
    form = MoveForm(data if "school" in data else None, schools=_schools(ground), clusters=clusters)
    shown = anew = None
    if form.is_valid():
        school, to = form.cleaned_data["school"], form.cleaned_data["to"]
        if AROUND in request.GET:
            anew = done_or_said(form, "to", lambda: rearranged(ground, school, to))
        facts = None if anew else done_or_said(form, "to", lambda: seen(ground, school, to))
        if facts is not None:
            shown = seen_shown(found, facts, ground.chosen.by_id[school], ground.chosen.by_id)
        if request.method == "POST" and facts is not None and (kept := _kept(request, form, pk)):
            messages.success(request, _("The move has been kept."))
            return redirect("proposal", kept.pk)
    context = {
        **proposal_frame(found, "move_school"),
        "form": form,
        "seen": shown,
        "anew": rearranged_shown(found, anew, ground.chosen.by_id) if anew else None,
        "board": _board(ground, clusters),
        "made": moves_shown(found),
        "begun": begun,
        "goes_on": bool(found.base_id) and "from" in request.GET,
    }
    return render(request, "clusters/moving/move.html", context, using="jinja2")


@needs_role(Role.Kind.PROGRAMME_OFFICER)
@only("POST")
def keep_moves(request: HttpRequest, pk: int) -> HttpResponse:
    """Keeps an arrangement around a move as it was seen."""
    made_proposal_for(person_of(request), pk, today())
    form = RearrangeForm(request.POST)
    if not form.is_valid():
        return redirect("move_school", pk)
    asked = {"person": person_of(request), "day": today(), "pk": pk, **form.cleaned_data}
    kept = done_or_told(request, lambda: keep_rearrangement(**asked))
    if kept is None:
        return redirect("move_school", pk)
    messages.success(request, _("The arrangement has been kept."))
    return redirect("proposal", kept.pk)


@needs_role(Role.Kind.PROGRAMME_OFFICER)
@only("POST")
def move_back(request: HttpRequest, pk: int, school: int) -> HttpResponse:
    """Takes one move back."""
    kept = take_move_back(person=person_of(request), day=today(), pk=pk, school_pk=school)
    messages.success(request, _("The move has been taken back."))
    return redirect("proposal", kept.pk)


@needs_role(Role.Kind.PROGRAMME_OFFICER)
@only("GET", "HEAD", "POST")
def hold_and_propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Holds clusters and moves as decisions, and leads to the next proposal around them."""
    found = made_proposal_for(person_of(request), pk, today())
    schools = [(each.school.pk, f"{each.school}: {each.after}") for each in moves_shown(found)]
    form = HoldForm(
        request.POST or None,
        clusters=[(each.number, _cluster_words(each)) for each in clusters_of(found)],
        schools=schools,
        initial={"schools": [pk for pk, _words in schools]},
    )
    if form.is_valid():
        n = done_or_said(form, "clusters", lambda: _held(request, form, pk))
        if n:
            text = ngettext("One decision was added.", "%(n)s decisions were added.", n)
            messages.success(request, text % {"n": n})
            return redirect(_propose_again(found))
    context = {**proposal_frame(found, ""), "form": form, "to_leave_out": _to_leave_out(found)}
    return render(request, "clusters/moving/hold.html", context, using="jinja2")


@needs_role(Role.Kind.PROGRAMME_OFFICER)
@only("POST")
def leave_out_declined(request: HttpRequest, pk: int) -> HttpResponse:
    """Leaves the schools that declined in a round out of the next proposals."""
    found = round_for(person_of(request), pk, today())
    n = len(take_out_declined(person=person_of(request), now=timezone.now(), pk=pk))
    text = ngettext(
        "One school is left out of the next proposals. It may come back.",
        "%(n)s schools are left out of the next proposals. They may come back.",
        n,
    )
    messages.success(request, text % {"n": n})
    return redirect("hold_and_propose", found.proposal_id)


def _to_leave_out(found: Proposal) -> tuple[Round, list[str]] | None:
    """The last round with the names of schools that declined in it and are still placed."""
    last = rounds_of(found.formation).first()
    if last is None:
        return None
    gone = declined_ids(found.formation)
    ids = {each.school_id for each in declined_in(last)} - gone
    names = [str(each) for each in School.objects.filter(pk__in=ids)]
    return (last, names) if names else None


def _kept(request: HttpRequest, form: MoveForm, pk: int) -> Proposal | None:
    data = form.cleaned_data
    return done_or_said(
        form,
        "because",
        lambda: keep_move(
            person=person_of(request),
            day=today(),
            pk=pk,
            school_pk=data["school"],
            to=data["to"],
            because=data["because"],
        ),
    )


def _held(request: HttpRequest, form: HoldForm, pk: int) -> int:
    data = form.cleaned_data
    return hold_parts(
        person=person_of(request),
        day=today(),
        pk=pk,
        clusters=data["clusters"],
        school_ids=data.get("schools", []),
        because=data["because"],
    )


def _propose_again(found: Proposal) -> str:
    query = f"policy={found.policy.number}&seed={found.seed}&time_limit_s={found.time_limit_s}"
    return f"{reverse('propose', args=[found.formation_id])}?{query}"


def _schools(ground: Ground) -> list[tuple[int, str]]:
    return [(each.pk, str(each)) for each in ground.chosen.schools]


def _clusters(found: Proposal, ground: Ground) -> list[tuple[str, str]]:
    """The clusters of the proposal, a new one, and none."""
    known = [(str(each.number), _cluster_words(each)) for each in clusters_of(found)]
    new = str(next_number(ground.assignment))
    return [*known, (new, _("A new cluster")), (NONE, _("No cluster"))]


def _cluster_words(cluster: Any) -> str:
    facts = {"number": cluster.number, "hub": cluster.hub, "n": cluster.n_schools}
    return _("Cluster %(number)s. Hub: %(hub)s. Schools: %(n)s.") % facts


def _board(ground: Ground, clusters: list[tuple[str, str]]) -> list[dict[str, Any]]:
    """Each cluster with its schools by name; where a school can be dropped."""
    members: dict[str, list[Any]] = defaultdict(list)
    for school in ground.chosen.schools:
        number = ground.assignment.get(school.pk)
        members[NONE if number is None else str(number)].append(school)
    return [
        {"value": value, "words": words, "schools": members[value]} for value, words in clusters
    ]
