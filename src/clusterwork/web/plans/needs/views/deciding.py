"""Putting ranked priorities to the vote, and taking over what was decided."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from clusterwork.clusters.models import Decision
from clusterwork.plans.models import Candidate, Choosing
from clusterwork.plans.permissions.choosing import choosing_to_lead
from clusterwork.plans.rules.ranking import standings
from clusterwork.plans.selectors.choosing import ballots_in, candidates_of
from clusterwork.plans.services.choosing_deciding import put_to_vote, settle_choosing
from clusterwork.plans.states import needs as states
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.cluster.stepping import Step, taken
from clusterwork.web.clusters.deciding.links import decision_link
from clusterwork.web.clusters.refusing import done_or_told
from clusterwork.web.formats import day as in_words
from clusterwork.web.guards import only, signed_in
from clusterwork.web.plans.needs.forms.choosing import PutForm
from clusterwork.web.plans.needs.frame import seen_inside, trail_to
from clusterwork.web.plans.needs.views.ranking import USUAL_LEADING


@signed_in
@only("GET", "HEAD", "POST")
def choosing_put(request: HttpRequest, pk: int) -> HttpResponse:
    """Which of them, in the order of the ranking; the cluster then votes by its own rule."""
    person, day = person_of(request), today()
    found = choosing_to_lead(person, pk, day)
    ordered = in_order(found)
    initial = {"priorities": [str(each.pk) for each in ordered[:USUAL_LEADING]]}
    form = PutForm(request.POST or None, candidates=ordered, initial=initial)
    step = Step(
        template="plans/needs/put.html",
        form=form,
        act=lambda: put_to_vote(
            person=person,
            day=day,
            pk=pk,
            candidates=form.put,
            title=_("Priorities of the plan from %(day)s") % {"day": in_words(found.for_start_on)},
            text=form.cleaned_data["text"],
            vote_by=form.cleaned_data["vote_by"],
            link_for=decision_link,
        ),
        said=_("It is put to the vote. A letter goes to every school that has one."),
        then=lambda _made: reverse("choosing", args=[pk]),
        at="priorities",
        context={"way": trail_to(found.cluster, choosing=True), "choosing": found},
        seen_by=seen_inside(),
    )
    return taken(request, found.cluster, step)


@signed_in
@only("POST")
def choosing_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """The vote is closed, and what was agreed is chosen."""
    person, day = person_of(request), today()
    choosing_to_lead(person, pk, day)
    done = done_or_told(
        request,
        lambda: settle_choosing(person=person, day=day, pk=pk, link_for=decision_link),
    )
    if done is not None:
        _say(request, done)
    return redirect("choosing", pk)


def in_order(found: Choosing) -> list[Candidate]:
    """The proposals that stand, as the rankings put them."""
    candidates = {each.pk: each for each in candidates_of(found)}
    stand = standings(list(candidates), ballots_in(found, today()))
    return [candidates[each.candidate] for each in stand]


def _say(request: HttpRequest, done: Choosing) -> None:
    if done.state == states.DECIDED:
        messages.success(request, _("The priorities are chosen, and ready for the plan."))
    elif done.decision and done.decision.state == Decision.State.NOT_AGREED:
        messages.warning(
            request, _("The cluster did not agree. Rank again, or put other priorities to it.")
        )
    else:
        messages.warning(request, _("That proposal was withdrawn or replaced. Put it again."))
