"""A plan from its first page to its approval, in steps that journeys share."""

from __future__ import annotations

import re

from clusterwork.plans.models import Plan, Review
from tests.journeys.the_five import Five

QUESTION = "Who teaches the classes of the heads meanwhile?"


def is_started(cora, five: Five) -> Plan:
    """The chosen priorities stand in it already."""
    cora.open(f"/clusters/{five.cluster.pk}/plans/start")
    cora.press("Start the plan")
    cora.sees("Plan being written.")
    return Plan.objects.get(cluster=five.cluster)


def has_an_action(cora, plan: Plan) -> None:
    """An action with an owner; what is local says why."""
    for priority in plan.priorities.all():
        cora.open(f"/plans/{plan.pk}/parts/priorities/{priority.uid}/")
        cora.page.locator("textarea[name=local_reason]").fill("Our villages have no library.")
        cora.press("Save")
    cora.open(f"/plans/{plan.pk}/new/actions/")
    cora.fill("Action", "A shared subject leader")
    cora.fill("Owner’s name, if not in the list", "Cora Dean")
    cora.press("Save")
    cora.sees("A shared subject leader")


def is_sent(cora, plan: Plan) -> None:
    """Every school has had its say, so nothing stops it."""
    cora.open(f"/plans/{plan.pk}/send")
    cora.sees("Nothing: it can be sent.")
    cora.look("plan-send")
    cora.fill("A note to the reviewers", "We start with the leader.")
    cora.press("Send plan to the authority")
    cora.sees("The reviewers are reading it.")
    cora.look("plan-sent")


def is_returned(olwen, plan: Plan) -> None:
    """The officer comments, fills in the checklist, and returns it with her reasons."""
    olwen.open("/reviews/")
    olwen.sees("One plan waits for you.")
    olwen.look("reviews")
    olwen.follow(str(plan.cluster))
    olwen.sees("We start with the leader.")
    olwen.look("review")
    review = Review.objects.get(submission__plan=plan)
    olwen.open(f"/reviews/{review.pk}/comment/actions")
    olwen.look("review-comment")
    olwen.fill("Your comment", QUESTION)
    olwen.tick("The cluster is to answer this")
    olwen.press("Keep the comment")
    olwen.sees(QUESTION)
    olwen.follow("Fill in the checklist")
    olwen.page.locator("input[type=radio][value=partly]").first.check()
    olwen.look("review-checklist")
    olwen.press("Keep the checklist")
    olwen.open(f"/reviews/{review.pk}/answer")
    olwen.tick("It returns the plan")
    olwen.press("Give the body’s answer")
    olwen.sees("Say why the plan is returned")
    olwen.look("review-answer")
    olwen.tick("It returns the plan")
    olwen.fill("Reasons", "Say who covers the classes.")
    olwen.press("Give the body’s answer")
    olwen.sees("Say who covers the classes.")


def is_answered_and_sent_again(cora, plan: Plan) -> None:
    """One comment to answer; then the plan goes in again."""
    cora.open(f"/plans/{plan.pk}/review")
    cora.sees("Plan returned: one comment to answer.")
    cora.look("plan-returned")
    cora.page.get_by_role("link", name=re.compile("^Answer")).click()
    cora.look("plan-answer")
    cora.fill("Your answer", "Two supply days a month; see the action.")
    cora.press("Keep the answer")
    cora.sees("no comment is left that must be answered")
    action = plan.actions.get()
    cora.open(f"/plans/{plan.pk}/parts/actions/{action.uid}/")
    cora.fill("What will be done", "Two supply days a month cover the classes.")
    cora.press("Save")
    cora.open(f"/plans/{plan.pk}/send")
    cora.press("Send plan to the authority")
    cora.sees("The reviewers are reading it.")


def is_approved(olwen, plan: Plan) -> None:
    """The officer reads what changed, and the answer, and approves."""
    review = Review.objects.filter(submission__plan=plan).latest("pk")
    olwen.open(f"/reviews/{review.pk}/")
    olwen.sees("One part has changed since it was sent before.")
    olwen.sees("Two supply days a month; see the action.")
    olwen.look("review-again")
    olwen.open(f"/reviews/{review.pk}/answer")
    olwen.tick("It approves the plan")
    olwen.press("Give the body’s answer")
    plan.refresh_from_db()
    assert plan.state == Plan.State.APPROVED


def is_read_in_papers(cora, plan: Plan) -> None:
    """The same facts for governors and for each school."""
    cora.open(f"/plans/{plan.pk}/papers/")
    cora.look("plan-papers")
    cora.follow("Two pages (For governors)")
    cora.sees("A shared subject leader")
    cora.look("plan-governors")
