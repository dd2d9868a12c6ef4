"""What the census of `web.plans.review` needs: a function of the world for each word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.utils import timezone

from clusterwork.plans.models import (
    Action,
    ChecklistItem,
    FunderForm,
    Plan,
    Priority,
    Review,
    ReviewBody,
    ReviewComment,
)
from clusterwork.plans.services.consulting import tell_consulted
from clusterwork.plans.services.reviewing import answer_review, comment_on_section
from clusterwork.plans.services.submitting import submit_plan
from clusterwork.registry.models import School
from tests.worlds.needs import led_by_heads


def link_for(pk: int, language: str) -> str:
    return f"https://clusters.example/{language}/{pk}"


def made_plan(world: Any, name: str) -> Plan:
    """A plan of a cluster that nobody chairs, with the least that can be sent."""
    cluster = led_by_heads(world, name)
    start = dt.date(world.today.year, 9, 1)
    plan = Plan.objects.create(
        cluster=cluster, title=f"Plan of {name}", start_on=start, end_on=start.replace(
            year=start.year + 1),
    )  # fmt: skip
    priority = Priority.objects.create(plan=plan, title="Reading", local_reason="No library")
    Action.objects.create(
        plan=plan, priority=priority, title="Boxes of books", uid=uuid4(), owner_name="Hana",
        start_on=plan.start_on, end_on=plan.end_on,
    )  # fmt: skip
    return plan


def sent(world: Any, name: str) -> Plan:
    """The same, sent to the officers, with every school but the last put on record first."""
    plan = made_plan(world, name)
    who = {"person": world.people["headteacher"], "now": timezone.now(), "pk": plan.pk}
    for school in world.schools[:4]:
        tell_consulted(**who, school_pk=school.pk, how="At a meeting", on=world.today)
    submit_plan(**who, link_for=link_for)
    plan.refresh_from_db()
    return plan


def review_of(plan: Plan) -> Review:
    return Review.objects.get(submission__plan=plan)


def said(world: Any, plan: Plan) -> ReviewComment:
    return comment_on_section(
        person=world.officer, now=timezone.now(), pk=review_of(plan).pk, section="actions",
        text="Who owns this?", must_answer=True,
    )  # fmt: skip


def returned_plan(world: Any) -> Plan:
    """A plan that came back with a comment to answer."""
    plan = sent(world, "Returned")
    said(world, plan)
    answer_review(
        person=world.officer, now=timezone.now(), pk=review_of(plan).pk, approves=False,
        reasons="Say who owns what.", link_for=link_for, link_to_plan=link_for,
    )  # fmt: skip
    plan.refresh_from_db()
    return plan


def school_of_plan(world: Any) -> School:
    school: School = world.schools[3]
    return school


MAKERS: dict[str, Callable[[Any], Any]] = {
    "sent_plan": lambda world: sent(world, "Sent"),
    "returned_plan": returned_plan,
    "school_of_plan": school_of_plan,
    "review_comment": lambda world: ReviewComment.objects.get(
        review__submission__plan=world.made("returned_plan")
    ),
    "reviewed_plan": lambda world: sent(world, "Reviewed"),
    "open_review": lambda world: review_of(world.made("reviewed_plan")),
    "open_comment": lambda world: said(world, world.made("reviewed_plan")),
    "section_name": lambda world: "actions",
    "funder_form": lambda world: FunderForm.objects.create(
        organisation=world.organisation,
        name="Trust",
        questions=[{"key": "why-0", "label": "Why?", "label_cy": "", "source": "", "limit": 0}],
    ),
    "programme_form": lambda world: FunderForm.objects.create(
        organisation=world.organisation,
        programme=world.made("programme"),
        name="Programme",
        questions=[{"key": "why-0", "label": "Why?", "label_cy": "", "source": "", "limit": 0}],
    ),
    "form_question": lambda world: "why-0",
    "paper_audience": lambda world: "governors",
    "paper_form": lambda world: "pdf",
    "review_body": lambda world: ReviewBody.objects.create(
        programme=world.made("programme"), name="Director"
    ),
    "checklist_item": lambda world: ChecklistItem.objects.create(
        programme=world.made("programme"), text="Is it costed?"
    ),
}
