"""The papers of one plan: which there are, each on a page, and as a file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.plans.papers import Audience, audience_of, paper_for, papers_of
from clusterwork.plans.permissions.plans import plan_for
from clusterwork.plans.selectors.papers import facts_of
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.documents import FORMS, document_page, document_response
from clusterwork.web.guards import signed_in
from clusterwork.web.plans.writing.frame import plan_frame, seen_by

KINDS = ("plan", "governors", "school", "strand", "funder")


@signed_in
@require_safe
def plan_papers(request: HttpRequest, pk: int) -> HttpResponse:
    """Every paper that can be made of the plan, with its forms."""
    plan = plan_for(person_of(request), pk, today())
    papers = papers_of(facts_of(plan, today()).content)
    groups = [(kind, [each for each in papers if each.kind == kind]) for kind in KINDS]
    context = {
        **plan_frame(request, plan, "plan_papers"),
        "groups": [(group_words(kind), listed) for kind, listed in groups if listed],
        "words_of": words_of,
        "forms": FORMS,
    }
    return render(request, "plans/papers/papers.html", context, using="jinja2")


@signed_in
@require_safe
def plan_paper(request: HttpRequest, pk: int, audience: str) -> HttpResponse:
    """One paper on a page, with links to its other forms."""
    plan = plan_for(person_of(request), pk, today())
    facts = facts_of(plan, today())
    found = audience_of(facts.content, audience)
    frame = plan_frame(request, plan, "plan_papers")
    trail = [
        *frame["trail_items"],
        {"text": plan.title, "href": reverse("plan", args=[pk])},
        {"text": _("Papers"), "href": reverse("plan_papers", args=[pk])},
    ]
    return document_page(
        request,
        paper_for(facts.content, found, facts.stamp),
        lambda form: reverse("plan_paper_file", args=[pk, found.address, form]),
        seen_by_words=seen_by(plan),
        trail_items=trail,
    )


@signed_in
@require_safe
def plan_paper_file(request: HttpRequest, pk: int, audience: str, form: str) -> HttpResponse:
    """One paper as a file."""
    plan = plan_for(person_of(request), pk, today())
    facts = facts_of(plan, today())
    found = audience_of(facts.content, audience)
    paper = paper_for(facts.content, found, facts.stamp)
    return document_response(paper, form, f"{plan.title} {words_of(found)}")


def group_words(kind: str) -> str:
    """What the papers of one kind are called together."""
    return {
        "plan": _("The whole plan"),
        "governors": _("For governors"),
        "school": _("Each school’s part"),
        "strand": _("Each strand"),
        "funder": _("For funders"),
    }[kind]


def words_of(audience: Audience) -> str:
    """What one paper is called in a list."""
    if audience.kind == "governors":
        return _("Two pages")
    return audience.name or _("Everything")
