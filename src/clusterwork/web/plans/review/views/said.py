"""What the bodies said of a plan, as its cluster reads and answers it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.kernel.errors import NotThere
from clusterwork.kernel.messages import N_, Message
from clusterwork.plans.models import Review, ReviewComment
from clusterwork.plans.permissions.plans import (
    cluster_to_read_plans_of,
    may_write_plans_of,
    plan_for,
    plan_to_write,
)
from clusterwork.plans.selectors.reviews import (
    answer_by,
    comments_on,
    latest_submission,
    to_answer,
)
from clusterwork.plans.services.reviewing import answer_comment
from clusterwork.plans.states import plan as states
from clusterwork.plans.wording import Reader, section_name
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.refusing import done_or_said
from clusterwork.web.guards import only, signed_in
from clusterwork.web.plans.review.forms.reviews import AnswerForm
from clusterwork.web.plans.review.frame import plan_trail, seen_by_cluster, seen_by_said
from clusterwork.web.plans.review.views.sending import sends
from clusterwork.web.plans.writing.stage import by_when

ANSWERED = (Review.State.APPROVED, Review.State.RETURNED)


@signed_in
@require_safe
def plan_said(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the plan stands with its reviewers, their verdicts and their comments.

    Comments are shown once the plan has come back or is approved, so that a body may think.
    """
    person, day = person_of(request), today()
    plan = plan_for(person, pk, day)
    cluster_to_read_plans_of(person, plan.cluster_id, day)
    submission = latest_submission(plan)
    is_out = plan.state in (states.RETURNED, states.APPROVED, states.SUPERSEDED, states.DRAFT)
    comments = comments_on(submission) if submission and is_out else []
    writes = may_write_plans_of(person, plan.cluster, day)
    reviews = submission.reviews.select_related("body") if submission else ()
    context = {
        **plan_trail(plan),
        "submission": submission,
        "reviews": [(each, is_out and each.state in ANSWERED) for each in reviews],
        "rows": [(each, *place_of(each)) for each in comments],
        "n_to_answer": to_answer(plan).count() if is_out else 0,
        "by_when": by_when(answer_by(plan), day) if plan.state == states.RETURNED else "",
        "may_answer": writes and plan.state in states.WRITABLE,
        "may_send": sends(request, plan) and plan.state in states.WRITABLE,
        "may_take_back": sends(request, plan) and plan.state == states.SUBMITTED,
        "seen_by_words": seen_by_said(),
    }
    return render(request, "plans/review/said.html", context, using="jinja2")


def place_of(comment: ReviewComment) -> tuple[str, str]:
    """The section and the title of the part that a comment is on, as it was sent."""
    reader = Reader(comment.review.submission.content)
    return section_name(comment.section), reader.titles.get(str(comment.uid or ""), "")


@signed_in
@only("GET", "HEAD", "POST")
def plan_answer(request: HttpRequest, pk: int, comment: int) -> HttpResponse:
    """The cluster answers one comment."""
    person = person_of(request)
    plan = plan_to_write(person, pk, today())
    chain = ReviewComment.objects.select_related("review__body", "review__submission")
    found = chain.filter(pk=comment, review__submission__plan=plan).first()
    if found is None:
        raise NotThere(Message(N_("There is no such comment on this plan.")))
    form = AnswerForm(request.POST or None, initial={"answer": found.answer})
    if form.is_bound and form.is_valid():
        told: dict[str, Any] = {
            "person": person,
            "now": timezone.now(),
            "pk": pk,
            "comment_pk": comment,
        }
        if done_or_said(form, "answer", lambda: answer_comment(**told, **form.cleaned_data)):
            messages.success(request, _("Your answer is recorded."))
            return redirect("plan_said", pk)
    context = {
        **plan_trail(plan),
        "form": form,
        "comment": found,
        "place": place_of(found),
        "seen_by_words": seen_by_cluster(),
    }
    return render(request, "plans/review/answer.html", context, using="jinja2")
