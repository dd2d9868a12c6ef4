"""One version of an agreement: its words, who has signed, comments, and what can be done."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.audit.selectors import entries_about
from clusterwork.clusters.models import Section
from clusterwork.clusters.permissions.agreements import version_to_comment
from clusterwork.clusters.selectors.agreements import clauses_of, versions_to_compare
from clusterwork.clusters.services.agreements.commenting import comment
from clusterwork.clusters.states.agreement import DRAFT, IN_FORCE, SIGNING
from clusterwork.web.clusters.agreements.forms.drafts import CommentForm
from clusterwork.web.clusters.agreements.frame import called, read, version_frame
from clusterwork.web.clusters.agreements.shown import signed_shown, to_do, words_shown
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.refusing import done_or_said
from clusterwork.web.guards import only, signed_in
from clusterwork.web.records import lines_of

MOST_LINES = 30


@signed_in
@require_safe
def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """The version as it stands."""
    return page_of(request, pk, CommentForm())


@signed_in
@only("POST")
def agreement_comment(request: HttpRequest, pk: int) -> HttpResponse:
    """A comment is added; what was refused stays typed."""
    person = person_of(request)
    version_to_comment(person, pk, today())
    form = CommentForm(request.POST)
    if form.is_valid():
        done = done_or_said(
            form,
            "text",
            lambda: comment(person=person, day=today(), version_pk=pk, **form.cleaned_data),
        )
        if done:
            messages.success(request, _("Your comment is there for all who read the agreement."))
            return redirect(reverse("agreement", args=[pk]) + "#comments")
    return page_of(request, pk, form)


def page_of(request: HttpRequest, pk: int, form: CommentForm) -> HttpResponse:
    """The page of a version with a form for comments."""
    person = person_of(request)
    version, rights = read(person, pk)
    clauses = clauses_of(version)
    is_open = version.state in (DRAFT, SIGNING)
    context = {
        **version_frame(request, version, rights),
        "title": called(version),
        "sections": words_shown(clauses),
        "todo": to_do(clauses) if version.state == DRAFT else None,
        "signed": signed_shown(version, person, today()) if version.state != DRAFT else None,
        "can_sign": version.state in (SIGNING, IN_FORCE),
        "comments": list(version.comments.select_related("by")),
        "section_words": dict(Section.choices),
        "may_comment": is_open and (rights.is_inside or bool(rights.speaks_for)),
        "form": form,
        "others": [each for each in versions_to_compare(version) if rights.may_read(each)],
        "is_overdue": version.review_on is not None
        and version.state == IN_FORCE
        and version.review_on < today(),
        "lines": lines_of(entries_about(version)[:MOST_LINES]) if rights.is_inside else [],
    }
    return render(request, "clusters/agreements/version.html", context, using="jinja2")
