"""Comments on a plan and their answers; sharing an approved plan."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from clusterwork.kernel.errors import NotThere
from clusterwork.kernel.messages import N_, Message
from clusterwork.plans.models import PlanComment
from clusterwork.plans.permissions.plans import plan_to_comment_on, plan_to_write
from clusterwork.plans.rules.parts import SECTIONS
from clusterwork.plans.rules.whole import WholePlan
from clusterwork.plans.selectors.plans import whole_plan
from clusterwork.plans.selectors.talk import comments_of
from clusterwork.plans.services.talking import add_comment, answer_comment, share_plan
from clusterwork.plans.wording import label_of
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.refusing import done_or_said, done_or_told
from clusterwork.web.guards import only, signed_in
from clusterwork.web.plans.writing.forms.talking import AnswerForm, CommentForm
from clusterwork.web.plans.writing.frame import plan_frame, seen_by_the_cluster
from clusterwork.web.plans.writing.values import name_in


@signed_in
@only("GET", "HEAD", "POST")
def plan_comments(request: HttpRequest, pk: int) -> HttpResponse:
    """What is said, what waits, and a place to say more; `about` names a part."""
    person, day = person_of(request), today()
    plan = plan_to_comment_on(person, pk, day)
    whole = whole_plan(plan)
    about, field = _uid(request.GET.get("about", "")), request.GET.get("field", "")[:40]
    form = CommentForm(request.POST or None)
    told: dict[str, Any] = {"plan_pk": pk, "uid": about, "field": field}
    if form.is_bound and form.is_valid():
        text = form.cleaned_data["text"]
        done = done_or_said(
            form, "text", lambda: add_comment(person=person, day=day, text=text, **told)
        )
        if done is not None:
            messages.success(request, _("Your comment stands in the plan."))
            return redirect(request.get_full_path())
    context = {
        **plan_frame(request, plan, "plan_comments"),
        "form": form,
        "about": _name(whole, about),
        "comments": [
            (each, _name(whole, each.uid), _field(whole, each)) for each in comments_of(plan)[:200]
        ],
        "seen_by_words": seen_by_the_cluster(),
    }
    return render(request, "plans/writing/comments.html", context, using="jinja2")


@signed_in
@only("GET", "HEAD", "POST")
def comment_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """An answer to one comment, which settles it."""
    person, day = person_of(request), today()
    comment = PlanComment.objects.filter(pk=pk).first()
    if comment is None:
        raise NotThere(Message(N_("There is no such comment.")))
    plan = plan_to_write(person, comment.plan_id, day)
    is_sent = request.method == "POST"
    form = AnswerForm(request.POST if is_sent else None, initial={"answer": comment.answer})
    if form.is_bound and form.is_valid():
        answer = form.cleaned_data["answer"]
        done = done_or_said(
            form,
            "answer",
            lambda: answer_comment(
                person=person, day=day, now=timezone.now(), pk=pk, answer=answer
            ),
        )
        if done is not None:
            messages.success(request, _("The comment is settled."))
            return redirect("plan_comments", plan.pk)
    context = {
        **plan_frame(request, plan, "plan_comments"),
        "form": form,
        "comment": comment,
        "seen_by_words": seen_by_the_cluster(),
    }
    return render(request, "plans/writing/answer.html", context, using="jinja2")


@signed_in
@only("POST")
def plan_share(request: HttpRequest, pk: int) -> HttpResponse:
    """Other clusters of the programmes may read it, or no more."""
    plan_to_write(person_of(request), pk, today())
    shared = "shared" in request.POST
    done = done_or_told(
        request,
        lambda: share_plan(
            person=person_of(request), day=today(), now=timezone.now(), pk=pk, shared=shared
        ),
    )
    if done is not None:
        text = _("The plan is shared.") if shared else _("The plan is shared no more.")
        messages.success(request, text)
    return redirect(reverse("plan", args=[pk]))


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _name(whole: WholePlan, uid: UUID | None) -> str:
    if uid is None:
        return ""
    for section in SECTIONS:
        found = whole.part(section, uid)
        if found is not None:
            return name_in(whole, found)
    return _("Something that was removed")


def _field(whole: WholePlan, comment: PlanComment) -> str:
    for section in SECTIONS:
        if comment.uid and whole.part(section, comment.uid) is not None and comment.field:
            return label_of(section, comment.field)
    return ""
