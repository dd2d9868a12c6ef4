"""What a body says of a plan, its verdict, and what the cluster answers."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.kernel.errors import NotThere, Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.kernel.states import state_after
from clusterwork.plans.letters.reviewing import APPROVED
from clusterwork.plans.models import Check, ChecklistItem, Plan, Review, ReviewComment, Submission
from clusterwork.plans.permissions.plans import plan_to_write
from clusterwork.plans.permissions.reviews import review_to_write
from clusterwork.plans.rules import reviewing as rules
from clusterwork.plans.rules.parts import ALL_SECTIONS
from clusterwork.plans.selectors.reviews import checklist_of, readings_of
from clusterwork.plans.services.returning import check_answer_by, return_plan
from clusterwork.plans.services.review_letters import (
    LinkFor,
    write_to_cluster,
    write_to_reviewers,
)
from clusterwork.plans.services.submitting import locked_plan
from clusterwork.plans.states import plan as states

MOST_WORDS = 5_000  # characters of a comment, an answer or the reasons


class NotOpen(Problem):
    """The review has been answered, waits for its turn, or is no longer needed."""


class NothingSaid(Problem):
    """A comment, an answer or a return without words."""


class TooMuchSaid(Problem):
    """More words than a cluster reads."""


class CommentGone(Problem):
    """Another body's comment, or one on which the cluster has answered already."""


@transaction.atomic
def comment_on_section(
    *,
    person: Person,
    now: dt.datetime,
    pk: int,
    section: str,
    text: str,
    uid: UUID | None = None,
    must_answer: bool = False,
) -> ReviewComment:
    """Says something of a section, or of the part `uid` in it.

    Raises `NotThere`, `NotAllowed`, `OwnCluster`, `NotOpen`, `NothingSaid`, `TooMuchSaid`.
    """
    review = _opened(person, now, pk)
    if section not in ALL_SECTIONS:
        raise NotThere(Message(N_("A plan has no such section.")))
    made = ReviewComment.objects.create(
        review=review,
        section=section,
        uid=uid,
        text=_words(text),
        must_answer=must_answer,
        by=person,
        by_name=str(person),
    )
    _note(person, review, "review.comment", N_("Commented on plan: %(plan)s."))
    return made


@transaction.atomic
def take_comment_away(*, person: Person, now: dt.datetime, pk: int, comment_pk: int) -> None:
    """Takes back a comment before the body has answered.

    Raises as `comment_on_section`, and `CommentGone`.
    """
    review = _opened(person, now, pk)
    gone, _all = ReviewComment.objects.filter(pk=comment_pk, review=review).delete()
    if not gone:
        raise CommentGone(
            Message(N_("This comment is not there any more.")),
            next_step=Message(N_("Open the review again to see the comments as they are now.")),
        )
    _note(person, review, "review.uncomment", N_("Took back a comment on plan: %(plan)s."))


@transaction.atomic
def answer_question(
    *, person: Person, now: dt.datetime, pk: int, item_pk: int, found: str, note: str = ""
) -> Check:
    """What the body found for a question of the checklist; it never blocks anything.

    Raises as `comment_on_section`.
    """
    review = _opened(person, now, pk)
    item: ChecklistItem | None = checklist_of(review).filter(pk=item_pk).first()
    if item is None or found not in Check.Found.values:
        raise NotThere(Message(N_("There is no such question in the checklist.")))
    made, _new = Check.objects.update_or_create(
        review=review, item=item, defaults={"found": found, "note": note.strip()[:300]}
    )
    _note(person, review, "review.check", N_("Answered the checklist for plan: %(plan)s."))
    return made


@transaction.atomic
def answer_review(
    *,
    person: Person,
    now: dt.datetime,
    pk: int,
    approves: bool,
    link_for: LinkFor,
    link_to_plan: LinkFor,
    reasons: str = "",
    answer_by: dt.date | None = None,
) -> Review:
    """The body approves the plan or returns it with reasons; what follows is done at once.

    `answer_by` is the day by which it asks for a returned plan to be answered. `link_for` makes
    the address of a review, `link_to_plan` that of a plan. Raises as `comment_on_section`, and
    `DayToAnswerHasCome`.
    """
    review = _opened(person, now, pk)
    by = None if approves else answer_by
    check_answer_by(by, timezone.localdate(now))
    review.state = Review.State.APPROVED if approves else Review.State.RETURNED
    review.reasons = reasons.strip() if approves else _words(reasons)
    review.by, review.by_name, review.at, review.answer_by = person, str(person), now, by
    review.save(update_fields=["state", "reasons", "by", "by_name", "at", "answer_by"])
    _note_verdict(person, review)
    _go_on(review.submission, timezone.localdate(now), link_for, link_to_plan)
    return review


def _go_on(submission: Submission, day: dt.date, link_for: LinkFor, link_to_plan: LinkFor) -> None:
    follows = rules.what_follows(readings_of(submission))
    submission.reviews.filter(pk__in=follows.closes).update(state=Review.State.CLOSED)
    opened = submission.reviews.filter(pk__in=follows.opens)
    opened.update(state=Review.State.OPEN)
    write_to_reviewers(opened, day, link_for)
    if follows.verdict == rules.RETURN:
        return_plan(submission.plan, day, link_to_plan)
    elif follows.verdict == rules.APPROVE:
        _approve(submission.plan, day, link_to_plan)


def _approve(plan: Plan, day: dt.date, link_to_plan: LinkFor) -> None:
    """The plan holds; an approved plan of an overlapping time is superseded by it."""
    Plan.objects.filter(
        cluster=plan.cluster_id,
        state=states.APPROVED,
        start_on__lt=plan.end_on,
        end_on__gt=plan.start_on,
    ).update(state=state_after("supersede", states.APPROVED, states.MOVES, states.NAMES))
    plan.state = state_after("approve", plan.state, states.MOVES, states.NAMES)
    plan.approved_on = day
    plan.save(update_fields=["state", "approved_on"])
    write_to_cluster(APPROVED, plan, day, link_to_plan, {})


@transaction.atomic
def answer_comment(
    *, person: Person, now: dt.datetime, pk: int, comment_pk: int, answer: str
) -> ReviewComment:
    """The cluster answers a reviewer's comment while plan `pk` is with it again.

    Raises `NotThere`, `NotAllowed`, `NotOpen`, `NothingSaid`, `TooMuchSaid`.
    """
    plan_to_write(person, pk, timezone.localdate(now))
    plan = locked_plan(pk)
    if plan.state not in states.WRITABLE:
        raise NotOpen(
            Message(N_("The comments cannot be answered now.")),
            why=Message(N_("The plan stands at: %(state)s."),
                        {"state": Message(states.NAMES[plan.state])}),
            next_step=Message(N_("Answer them when the plan is with the cluster again.")),
        )  # fmt: skip
    comment = ReviewComment.objects.filter(pk=comment_pk, review__submission__plan=plan).first()
    if comment is None:
        raise NotThere(Message(N_("There is no such comment on this plan.")))
    comment.answer, comment.answered_by, comment.answered_at = _words(answer), person, now
    comment.save(update_fields=["answer", "answered_by", "answered_at"])
    summary = Message(N_("Answered a reviewer’s comment on plan: %(plan)s."), {"plan": plan.title})
    record(actor=person, verb="plan.answer", subject=plan, summary=summary)
    return comment


def _opened(person: Person, now: dt.datetime, pk: int) -> Review:
    """The review under lock with its plan, which is now in review. Raises `NotOpen`."""
    found = review_to_write(person, pk, timezone.localdate(now))
    plan = locked_plan(found.submission.plan_id)
    review = Review.objects.select_related("submission", "body").get(pk=pk)
    if review.state != Review.State.OPEN:
        raise NotOpen(
            Message(N_("This review is not open.")),
            why=Message(N_("It stands at: %(state)s."), {"state": review.get_state_display()}),
            next_step=Message(N_("Open the page again to see what the body answered.")),
        )
    if plan.state == states.SUBMITTED:
        plan.state = state_after("begin review", plan.state, states.MOVES, states.NAMES)
        plan.save(update_fields=["state"])
    review.submission.plan = plan
    return review


def _words(text: str) -> str:
    found = text.strip()
    if not found:
        raise NothingSaid(
            Message(N_("There are no words.")),
            next_step=Message(N_("Write what the others are to read.")),
        )
    if len(found) > MOST_WORDS:
        raise TooMuchSaid(
            Message(N_("This text is too long: %(n)s characters."), {"n": len(found)}),
            why=Message(N_("At most %(n)s characters are kept."), {"n": MOST_WORDS}),
            next_step=Message(N_("Shorten it, and keep the rest in a document.")),
        )
    return found


def _note_verdict(person: Person, review: Review) -> None:
    if review.state == Review.State.APPROVED:
        _note(person, review, "review.approve", N_("Approved plan: %(plan)s."))
    elif review.answer_by is None:
        _note(person, review, "review.return", N_("Returned plan: %(plan)s."))
    else:
        text = N_("Returned plan: %(plan)s. To be answered by: %(by)s.")
        _note(person, review, "review.return", text, by=review.answer_by.isoformat())


def _note(person: Person, review: Review, verb: str, text: str, **told: str) -> None:
    plan = review.submission.plan
    summary = Message(text, {"plan": plan.title, **told})
    details = {"review": review.pk, **told}
    record(actor=person, verb=verb, subject=plan, summary=summary, details=details)
