"""The whole plan on one page, how it should work as a picture, and a similar cluster's plan."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from clusterwork.plans.models import Plan
from clusterwork.plans.permissions.plans import plan_for, shared_plan_for
from clusterwork.plans.rules.checking import LEVELS
from clusterwork.plans.selectors.plans import whole_plan
from clusterwork.plans.selectors.talk import writing_now
from clusterwork.plans.states import plan as states
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.guards import signed_in
from clusterwork.web.plans.writing.drawing import picture_of
from clusterwork.web.plans.writing.frame import plan_frame, seen_by_shared
from clusterwork.web.plans.writing.shown.whole import Shown
from clusterwork.web.plans.writing.stage import stage_words


@signed_in
@require_safe
def plan_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything of the plan."""
    plan = plan_for(person_of(request), pk, today())
    return render(request, "plans/writing/plan.html", context_of(request, plan), using="jinja2")


@signed_in
@require_safe
def plan_steps(request: HttpRequest, pk: int) -> HttpResponse:
    """How it should work, as a list and as a picture of the same."""
    plan = plan_for(person_of(request), pk, today())
    frame = plan_frame(request, plan, "plan_steps")
    whole = whole_plan(plan)
    context = {
        **frame,
        "shown": Shown(whole, frame["may_write"], frame["is_own"]),
        "picture": picture_of(whole.outcomes, LEVELS),
    }
    return render(request, "plans/writing/steps.html", context, using="jinja2")


@signed_in
@require_safe
def plan_alongside(request: HttpRequest, pk: int) -> HttpResponse:
    """Another cluster's approved plan, to learn from while writing."""
    plan = shared_plan_for(person_of(request), pk, today())
    context = {
        "plan": plan,
        "cluster": plan.cluster,
        "shown": Shown(whole_plan(plan), may_write=False, is_own=False),
        "seen_by_words": seen_by_shared(),
    }
    return render(request, "plans/writing/alongside.html", context, using="jinja2")


def context_of(request: HttpRequest, plan: Plan) -> dict[str, Any]:
    """What the page of a plan shows; whether others write at this moment too."""
    frame = plan_frame(request, plan, "plan")
    shown = Shown(whole_plan(plan), frame["may_write"], frame["is_own"])
    others = []
    if frame["may_write"]:
        found = writing_now(plan, person_of(request), timezone.now())
        others = [(name, shown.names.get(uid, "") if uid else "") for name, uid in found]
    return {
        **frame,
        "shown": shown,
        "stage": stage_words(plan, today()),
        "others": others,
        "can_share": frame["is_writer"] and plan.state == states.APPROVED,
    }
