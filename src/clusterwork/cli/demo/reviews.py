"""How the demonstration's plans were reviewed: one approved by both bodies, one returned."""

from __future__ import annotations

from clusterwork.accounts.models import Person
from clusterwork.cli.demo.cast import Cast
from clusterwork.cli.demo.days import Days, moment
from clusterwork.plans.models import ChecklistItem, Plan, Review
from clusterwork.plans.services.reviewing import (
    answer_question,
    answer_review,
    comment_on_section,
)
from clusterwork.plans.services.submitting import submit_plan
from clusterwork.plans.services.talking import share_plan
from clusterwork.web.plans.review.links import answers_link, review_link

NOTE = "We begin with the books; the taxi starts as soon as the contract is signed."
PRAISE = "Seven schools and every one of them is in it. We should like to see the boxes."
QUESTIONS = (
    ("budget_lines", "Who pays the other two fifths of the supply?"),
    ("actions", "Nobody owns the evening for families. Who will?"),
)
REASONS = "A good beginning. Say who pays, who owns the second action, and how you will know."


def approve(plan: Plan, cast: Cast, days: Days) -> None:
    """The strategy group reads it, then the director; the cluster lets others read it too."""
    day = days.lately(26)
    submit_plan(
        person=cast.coordinator, now=moment(day), pk=plan.pk, link_for=review_link, note=NOTE
    )
    review = _open(plan)
    now = moment(days.lately(20))
    comment_on_section(person=cast.reviewer, now=now, pk=review.pk, section="actions", text=PRAISE)
    _checklist(cast.reviewer, review, days, "yes")
    _approves(cast.reviewer, review, days)
    _approves(cast.officer, _open(plan), days)
    day = days.lately(10)
    share_plan(person=cast.coordinator, day=day, now=moment(day), pk=plan.pk)


def send_back(plan: Plan, cast: Cast, days: Days) -> None:
    """The strategy group returns it with two comments that the cluster is to answer."""
    now = moment(days.lately(18))
    submit_plan(person=cast.other_coordinator, now=now, pk=plan.pk, link_for=review_link)
    review, now = _open(plan), moment(days.lately(6))
    for section, text in QUESTIONS:
        comment_on_section(
            person=cast.reviewer,
            now=now,
            pk=review.pk,
            section=section,
            text=text,
            must_answer=True,
        )
    _checklist(cast.reviewer, review, days, "partly")
    answer_review(
        person=cast.reviewer,
        now=now,
        pk=review.pk,
        approves=False,
        reasons=REASONS,
        answer_by=days.ahead(14),
        link_for=review_link,
        link_to_plan=answers_link,
    )


def _open(plan: Plan) -> Review:
    return Review.objects.get(submission__plan=plan, state=Review.State.OPEN)


def _checklist(person: Person, review: Review, days: Days, found: str) -> None:
    """The first questions of the checklist, answered alike."""
    now = moment(days.lately(20))
    items = ChecklistItem.objects.filter(programme=review.body.programme_id)
    for pk in items.order_by("place").values_list("pk", flat=True)[:4]:
        answer_question(person=person, now=now, pk=review.pk, item_pk=pk, found=found)


def _approves(person: Person, review: Review, days: Days) -> None:
    answer_review(
        person=person,
        now=moment(days.lately(14)),
        pk=review.pk,
        approves=True,
        link_for=review_link,
        link_to_plan=answers_link,
    )
