"""A plan sent to those who review it, and taken back before they have begun."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.kernel.states import state_after
from clusterwork.plans.models import Plan, Review, ReviewBody, Submission
from clusterwork.plans.permissions.plans import plan_to_send
from clusterwork.plans.rules.content import content_of, sha256_of
from clusterwork.plans.rules.readiness import what_stops
from clusterwork.plans.rules.reviewing import Reading, at_first
from clusterwork.plans.rules.whole import WholePlan
from clusterwork.plans.selectors.consulted import not_asked
from clusterwork.plans.selectors.plans import whole_plan
from clusterwork.plans.selectors.reviews import to_answer
from clusterwork.plans.services.review_bodies import bodies_for
from clusterwork.plans.services.review_letters import LinkFor, write_to_reviewers
from clusterwork.plans.states import plan as states

MOST_NOTE = 5_000  # characters


class NotReady(Problem):
    """Something stops the plan from being sent."""


@transaction.atomic
def submit_plan(
    *, person: Person, now: dt.datetime, pk: int, link_for: LinkFor, note: str = ""
) -> Submission:
    """Freezes the plan as it stands, opens the reviews of the first turn and writes to reviewers.

    Raises `NotThere`, `NotAllowed`, `MoveNotAllowed`, and `NotReady` with all that stops it.
    """
    day = timezone.localdate(now)
    plan_to_send(person, pk, day)
    plan = locked_plan(pk)
    state = state_after("submit", plan.state, states.MOVES, states.NAMES)
    content = content_of(_ready(plan, person, day))
    last = plan.submissions.aggregate(last=Max("number"))["last"] or 0
    made = Submission.objects.create(
        plan=plan, number=last + 1, content=content, sha256=sha256_of(content),
        note=note.strip()[:MOST_NOTE], by=person,
    )  # fmt: skip
    Plan.objects.filter(pk=plan.pk).update(state=state)
    _open_reviews(made, bodies_for(plan, day))
    write_to_reviewers(made.reviews.filter(state=Review.State.OPEN), day, link_for)
    summary = Message(N_("Sent plan: %(plan)s. Submission: %(number)s."),
                      {"plan": plan.title, "number": made.number})  # fmt: skip
    record(actor=person, verb="plan.submit", subject=plan, summary=summary)
    return made


@transaction.atomic
def take_back_plan(*, person: Person, now: dt.datetime, pk: int) -> Plan:
    """Makes a plan that nobody has begun to review a draft again.

    Raises `NotThere`, `NotAllowed`, `MoveNotAllowed`.
    """
    day = timezone.localdate(now)
    plan_to_send(person, pk, day)
    plan = locked_plan(pk)
    plan.state = state_after("take back", plan.state, states.MOVES, states.NAMES)
    plan.save(update_fields=["state"])
    reviews = Review.objects.filter(submission__plan=plan)
    reviews.filter(state__in=(Review.State.OPEN, Review.State.WAITING)).update(
        state=Review.State.CLOSED
    )
    summary = Message(N_("Took back plan: %(plan)s."), {"plan": plan.title})
    record(actor=person, verb="plan.take_back", subject=plan, summary=summary)
    return plan


def locked_plan(pk: int) -> Plan:
    """The plan under lock, with its cluster."""
    chain = Plan.objects.select_for_update(of=("self",))
    return chain.select_related("cluster__organisation", "replaces").get(pk=pk)


def _ready(plan: Plan, person: Person, day: dt.date) -> WholePlan:
    whole = whole_plan(plan)
    stops = what_stops(whole, tuple(str(each) for each in not_asked(plan, day, person)))
    if stops:
        raise NotReady(
            Message(N_("The plan cannot be sent yet.")),
            why=stops[0] if len(stops) == 1 else Message(
                N_("Things that are still missing: %(n)s."), {"n": len(stops)}),
            next_step=Message(N_("The page of sending lists each of them. Put them right first.")),
        )  # fmt: skip
    waiting = to_answer(plan).count()
    if waiting:
        raise NotReady(
            Message(N_("The plan cannot be sent yet.")),
            why=Message(N_("Comments of the reviewers without an answer: %(n)s."), {"n": waiting}),
            next_step=Message(N_("Answer them first.")),
        )
    return whole


def _open_reviews(submission: Submission, bodies: Iterable[ReviewBody]) -> None:
    made = Review.objects.bulk_create(Review(submission=submission, body=body) for body in bodies)
    first = at_first(Reading(each.pk, each.body.turn, each.state) for each in made)
    Review.objects.filter(pk__in=first).update(state=Review.State.OPEN)
