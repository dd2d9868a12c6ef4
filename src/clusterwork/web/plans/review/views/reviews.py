"""A body's reading of a plan: what waits, the plan as it was sent, comments and the verdict."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.kernel.errors import NotThere
from clusterwork.kernel.messages import N_, Message
from clusterwork.plans.models import Review
from clusterwork.plans.permissions.reviews import (
    has_a_part_in,
    review_for,
    review_to_write,
    reviews_of,
)
from clusterwork.plans.rules.parts import ALL_SECTIONS
from clusterwork.plans.selectors.reviews import (
    checklist_of,
    comments_on,
    reviews_waiting,
    submission_before,
)
from clusterwork.plans.services import reviewing
from clusterwork.plans.services.returning import DayToAnswerHasCome
from clusterwork.plans.wording import Reader, section_name
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.refusing import done_or_said, done_or_told
from clusterwork.web.formats import said
from clusterwork.web.guards import only, signed_in
from clusterwork.web.plans.review.forms.reviews import (
    APPROVE,
    ChecklistForm,
    CommentForm,
    VerdictForm,
)
from clusterwork.web.plans.review.frame import review_trail
from clusterwork.web.plans.review.links import answers_link, review_link
from clusterwork.web.plans.review.shown import n_changes, sections_of

PAGE_SIZE = 50
ALL = "all"


@signed_in
@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    """The reviews that wait for the viewer, or all of their bodies."""
    person, day = person_of(request), today()
    is_all = request.GET.get("show") == ALL
    rows = reviews_of(person, day) if is_all else reviews_waiting(person, day)
    context = {
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "is_all": is_all,
        "n_waiting": reviews_waiting(person, day).count(),
        "seen_by_words": _("you. Each person sees the reviews of their own bodies"),
    }
    return render(request, "plans/review/reviews.html", context, using="jinja2")


@signed_in
@require_safe
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan as it was sent, what changed since it was sent before, and what is said of it."""
    person, day = person_of(request), today()
    found = review_for(person, pk, day)
    earlier = submission_before(found.submission)
    comments = comments_on(found.submission)
    sections = sections_of(found.submission, earlier, comments)
    own = has_a_part_in(person, found.submission.plan.cluster, day)
    checks = {each.item_id: each for each in found.checks.all()}
    context = {
        **review_trail(found),
        "submission": found.submission,
        "earlier": earlier,
        "before": comments_on(earlier) if earlier else [],
        "others": found.submission.reviews.exclude(pk=pk).select_related("body"),
        "sections": sections,
        "n_changes": n_changes(sections),
        "n_said": len(comments),
        "checks": [(item, checks.get(item.pk)) for item in checklist_of(found)],
        "is_own_cluster": own,
        "may_write": found.state == Review.State.OPEN and not own,
    }
    return render(request, "plans/review/review.html", context, using="jinja2")


@signed_in
@only("GET", "HEAD", "POST")
def review_comment(request: HttpRequest, pk: int, section: str) -> HttpResponse:
    """Says something of a section, or of the part that the query names."""
    person = person_of(request)
    found = review_to_write(person, pk, today())
    if section not in ALL_SECTIONS:
        raise NotThere(Message(N_("A plan has no such section.")))
    uid = uid_in(request)
    form = CommentForm(request.POST or None)
    if form.is_bound and form.is_valid():
        told = {**_asked(request, pk), "section": section, "uid": uid, **form.cleaned_data}
        if done_or_said(form, "text", lambda: reviewing.comment_on_section(**told)):
            messages.success(request, _("Your comment stands beside the plan."))
            return redirect("review", pk)
    title = Reader(found.submission.content).titles.get(str(uid or ""), "")
    place = {"section_title": section_name(section), "part_title": title}
    context = {**review_trail(found), "form": form, **place}
    return render(request, "plans/review/comment.html", context, using="jinja2")


def uid_in(request: HttpRequest) -> UUID | None:
    """The part that the query names, none where it names none."""
    try:
        return UUID(request.GET.get("part", ""))
    except ValueError:
        return None


@signed_in
@only("POST")
def review_uncomment(request: HttpRequest, pk: int, comment: int) -> HttpResponse:
    """Takes a comment back."""
    told = {**_asked(request, pk), "comment_pk": comment}
    done_or_told(request, lambda: reviewing.take_comment_away(**told))
    return redirect("review", pk)


@signed_in
@only("GET", "HEAD", "POST")
def review_checklist(request: HttpRequest, pk: int) -> HttpResponse:
    """What the body found for each question."""
    found = review_to_write(person_of(request), pk, today())
    items = checklist_of(found)
    held = {each.item_id: each for each in found.checks.all()}
    initial = {f"found_{pk}": each.found for pk, each in held.items()}
    initial |= {f"note_{pk}": each.note for pk, each in held.items()}
    form = ChecklistForm(request.POST or None, items=items, initial=initial)
    if form.is_bound and form.is_valid():
        done = done_or_said(form, None, lambda: _answered(request, pk, form))
        if done is not None:
            messages.success(request, _("The checklist is kept."))
            return redirect("review", pk)
    context = {**review_trail(found), "form": form}
    return render(request, "plans/review/checklist.html", context, using="jinja2")


def _answered(request: HttpRequest, pk: int, form: ChecklistForm) -> int:
    for item, found, note in form.told:
        reviewing.answer_question(**_asked(request, pk), item_pk=item.pk, found=found, note=note)
    return len(form.told)


@signed_in
@only("GET", "HEAD", "POST")
def review_verdict(request: HttpRequest, pk: int) -> HttpResponse:
    """The body approves the plan or returns it."""
    found = review_to_write(person_of(request), pk, today())
    form = VerdictForm(request.POST or None)
    if form.is_bound and form.is_valid():
        approves = form.cleaned_data["verdict"] == APPROVE
        links = {"link_for": review_link, "link_to_plan": answers_link}
        given = {name: form.cleaned_data[name] for name in ("reasons", "answer_by")}
        told = {**_asked(request, pk), **links, **given, "approves": approves}
        if done_or_said(form, "verdict", lambda: _answered_for_body(form, told)):
            messages.success(request, _("The body’s answer is recorded."))
            return redirect("review", pk)
    context = {
        **review_trail(found),
        "form": form,
        "n_said": found.comments.count(),
        "n_others": found.submission.reviews.filter(state=Review.State.OPEN).count() - 1,
        "n_later": found.submission.reviews.filter(state=Review.State.WAITING).count(),
    }
    return render(request, "plans/review/verdict.html", context, using="jinja2")


def _answered_for_body(form: VerdictForm, told: dict[str, Any]) -> Review | None:
    """None for a day that has come already, which is said beside the day."""
    try:
        return reviewing.answer_review(**told)
    except DayToAnswerHasCome as problem:
        form.add_error("answer_by", said(problem))
        return None


def _asked(request: HttpRequest, pk: int) -> dict[str, Any]:
    return {"person": person_of(request), "now": timezone.now(), "pk": pk}
