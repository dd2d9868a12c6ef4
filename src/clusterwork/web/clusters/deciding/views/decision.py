"""One decision: its page, voting on it, closing, withdrawing and sharing it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.accounts.models import Person
from clusterwork.audit.selectors import entries_about
from clusterwork.clusters.models import Decision
from clusterwork.clusters.permissions.deciding import (
    decision_for,
    decision_to_close,
    decision_to_lead,
    decision_to_vote_on,
    is_inside,
    may_lead,
    may_propose,
    schools_to_decide_for,
)
from clusterwork.clusters.selectors.decisions import SchoolsPart, day_of_voters, parts_in
from clusterwork.clusters.selectors.governance import voting_rule_on
from clusterwork.clusters.services import deciding
from clusterwork.clusters.services.deciding_letters import proposer_of
from clusterwork.clusters.states import decision as states
from clusterwork.registry.models import School
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.cluster.stepping import Step, taken
from clusterwork.web.clusters.deciding.forms.proposing import VoteForm
from clusterwork.web.clusters.deciding.frame import trail_to
from clusterwork.web.clusters.deciding.links import decision_link
from clusterwork.web.clusters.deciding.wording import (
    TAGS,
    kept_rule_words,
    result_words,
    rule_words,
    seen_inside,
    seen_shared,
)
from clusterwork.web.guards import only, signed_in
from clusterwork.web.records import lines_of

AMENDABLE = (states.OPEN, states.NOT_AGREED, states.AGREED)


@signed_in
@require_safe
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """What was proposed, what each school said, how it came out, and what can be done now."""
    person, day = person_of(request), today()
    found = decision_for(person, pk, day)
    parts = parts_in(found, day_of_voters(found, day))
    inside = is_inside(person, found.cluster, day)
    amendments = list(found.amendments.order_by("pk"))
    context = {
        "decision": found,
        "cluster": found.cluster,
        "parts": parts,
        "n_voted": sum(1 for each in parts if each.has_vote and each.vote),
        "n_voters": sum(1 for each in parts if each.has_vote),
        "mine": _mine(person, found, parts, day) if inside else [],
        "rule_words": kept_rule_words(found)
        or rule_words(voting_rule_on(found.cluster, found.group, day)),
        "result": result_words(found.counted),
        "proposer": proposer_of(found),
        "amendments": amendments,
        "may": _may(person, found, parts, day) if inside else set(),
        "colour": TAGS[found.state],
        "lines": lines_of(entries_about(found).order_by("-at", "-pk")[:50]),
        "way": trail_to(found.cluster),
        "seen_by_words": seen_shared() if found.shared_at else seen_inside(),
    }
    return render(request, "clusters/deciding/decision.html", context, using="jinja2")


def _mine(
    person: Person, found: Decision, parts: list[SchoolsPart], day: dt.date
) -> list[SchoolsPart]:
    """The schools for which the viewer may vote now."""
    if found.state != states.OPEN or (found.vote_by and day > found.vote_by):
        return []
    schools = set(schools_to_decide_for(person, found.cluster, day).values_list("pk", flat=True))
    return [each for each in parts if each.has_vote and each.school.pk in schools]


def _may(person: Person, found: Decision, parts: list[SchoolsPart], day: dt.date) -> set[str]:
    """What the viewer may press, by the names of the addresses."""
    proposes, heads = may_propose(person, found.cluster, day), may_lead(person, found, day)
    may: set[str] = set()
    if found.state == states.OPEN:
        over = found.vote_by is not None and day > found.vote_by
        complete = all(each.vote for each in parts if each.has_vote)
        closes = heads if found.vote_by is None else proposes and (over or complete)
        may |= ({"close"} if closes else set()) | ({"withdraw"} if heads else set())
    elif found.state != states.WITHDRAWN and not found.shared_at and heads:
        may.add("share")
    if proposes and found.state in AMENDABLE:
        may.add("amend")
    return may


@signed_in
@only("GET", "HEAD", "POST")
def vote(request: HttpRequest, pk: int, school: int) -> HttpResponse:
    """What a school says."""
    person, day = person_of(request), today()
    found = decision_to_vote_on(person, pk, school, day)
    before = found.votes.filter(school=school).first()
    told = {"answer": before.answer, "reason": before.reason} if before else None
    form = VoteForm(request.POST or None, initial=told)
    step = Step(
        template="clusters/deciding/vote.html",
        form=form,
        act=lambda: deciding.vote(
            person=person,
            day=day,
            pk=pk,
            school_pk=school,
            link_for=decision_link,
            **form.cleaned_data,
        ),
        said=_("Your school’s vote is kept. You can change it until it is decided."),
        then=lambda _done: reverse("decision", args=[pk]),
        context={
            **_told(found),
            "school": get_object_or_404(School, pk=school),
            "before": before,
            "proposer": proposer_of(found),
        },
        seen_by=_("the head of the school, and whoever she has named to send for her"),
    )
    return taken(request, found.cluster, step)


@signed_in
@only("GET", "HEAD", "POST")
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Counts the votes, once asked and once confirmed."""
    person, day = person_of(request), today()
    found = decision_to_close(person, pk, day)
    parts = parts_in(found, day_of_voters(found, day))
    return _confirmed(
        request,
        found,
        "clusters/deciding/close.html",
        lambda: deciding.close_decision(person=person, day=day, pk=pk, link_for=decision_link),
        _("The vote is closed, and every school is told the result."),
        n_missing=sum(1 for each in parts if each.has_vote and not each.vote),
        n_voters=sum(1 for each in parts if each.has_vote),
        rule_words=rule_words(voting_rule_on(found.cluster, found.group, day)),
    )


@signed_in
@only("GET", "HEAD", "POST")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes the proposal back."""
    person, day = person_of(request), today()
    return _confirmed(
        request,
        decision_to_lead(person, pk, day),
        "clusters/deciding/withdraw.html",
        lambda: deciding.withdraw_decision(person=person, day=day, pk=pk),
        _("The proposal is withdrawn."),
    )


@signed_in
@only("GET", "HEAD", "POST")
def share(request: HttpRequest, pk: int) -> HttpResponse:
    """Lets the organisation see it."""
    person, day = person_of(request), today()
    return _confirmed(
        request,
        decision_to_lead(person, pk, day),
        "clusters/deciding/share.html",
        lambda: deciding.share_decision(person=person, day=day, now=timezone.now(), pk=pk),
        _("The decision is shared."),
    )


def _confirmed(
    request: HttpRequest, found: Decision, template: str, act: Any, said: str, **more: Any
) -> HttpResponse:
    step = Step(
        template=template,
        form=forms.Form(request.POST if request.method == "POST" else None),
        act=act,
        said=said,
        then=lambda _done: reverse("decision", args=[found.pk]),
        context={**_told(found), **more},
        seen_by=seen_inside(),
    )
    return taken(request, found.cluster, step)


def _told(found: Decision) -> dict[str, Any]:
    page = {"text": found.title, "href": reverse("decision", args=[found.pk])}
    return {"decision": found, "way": [*trail_to(found.cluster), page]}
