"""What was changed in a plan or a part: who, when, from what to what."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clusterwork.plans.models import Plan
from clusterwork.plans.permissions.plans import plan_to_comment_on
from clusterwork.plans.rules.content import content_of
from clusterwork.plans.rules.parts import ALL_SECTIONS, PlanFields
from clusterwork.plans.selectors.history import Step, history_of, recent_versions, steps_of
from clusterwork.plans.selectors.plans import whole_plan
from clusterwork.plans.services.writing import no_such_part
from clusterwork.plans.wording import ONE_NAMES, Reader, label_of
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.guards import signed_in
from clusterwork.web.plans.writing.frame import plan_frame, seen_by_the_cluster

A_PAGE = 50


@signed_in
@require_safe
def plan_history(request: HttpRequest, pk: int) -> HttpResponse:
    """The latest saves anywhere in the plan."""
    plan = plan_to_comment_on(person_of(request), pk, today())
    page = Paginator(recent_versions(plan), A_PAGE).get_page(request.GET.get("page"))
    steps = steps_of(plan, list(page.object_list))
    return _shown(request, plan, steps, page=page)


@signed_in
@require_safe
def part_history(request: HttpRequest, pk: int, section: str, uid: UUID) -> HttpResponse:
    """Every save of one part."""
    plan = plan_to_comment_on(person_of(request), pk, today())
    if section not in ALL_SECTIONS:
        raise Http404
    steps = history_of(plan, None if section == PlanFields.SECTION else uid)
    if not steps or steps[0].section != section:
        raise no_such_part()
    return _shown(request, plan, steps, called=steps[0].name)


def _shown(
    request: HttpRequest, plan: Plan, steps: list[Step], *, page: Any = None, called: str = ""
) -> HttpResponse:
    reader = Reader(content_of(whole_plan(plan)))
    context = {
        **plan_frame(request, plan, "plan_history"),
        "steps": [_words(reader, each) for each in steps],
        "page": page,
        "called": called,
        "seen_by_words": seen_by_the_cluster(),
    }
    return render(request, "plans/writing/history.html", context, using="jinja2")


def _words(reader: Reader, step: Step) -> dict[str, Any]:
    return {
        "step": step,
        "section": ONE_NAMES[step.section],
        "fields": [
            (
                label_of(step.section, each.field),
                reader.typed(step.section, each.field, each.before),
                reader.typed(step.section, each.field, each.after),
            )
            for each in step.fields
        ],
    }
