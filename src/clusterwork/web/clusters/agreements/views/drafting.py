"""Writing a draft: clauses picked, blanks filled, own clauses, words changed, order."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from clusterwork.clusters.models import AgreementVersion
from clusterwork.clusters.permissions.agreements import clause_to_draft, version_to_draft
from clusterwork.clusters.rules.agreements.blanks import blanks_in
from clusterwork.clusters.selectors.agreements import by_section, clauses_of, library_of
from clusterwork.clusters.selectors.known_blanks import kept_blanks, known_blanks
from clusterwork.clusters.services.agreements import drafting
from clusterwork.clusters.services.agreements.library import digest
from clusterwork.clusters.services.agreements.loading import words_are_sealed
from clusterwork.clusters.states.agreement import DRAFT
from clusterwork.web.clusters.agreements.forms.clauses import PickForm, WordsForm
from clusterwork.web.clusters.agreements.forms.drafts import AboutForm, BlanksForm
from clusterwork.web.clusters.agreements.frame import insiders, trail_to
from clusterwork.web.clusters.agreements.shown import clauses_read
from clusterwork.web.clusters.agreements.views.library import WORDS, as_it_stands
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.refusing import done_or_said, done_or_told
from clusterwork.web.guards import only, signed_in

CLAUSE = tuple(name for name in WORDS if name != "required")


@signed_in
@only("GET", "HEAD", "POST")
def agreement_pick(request: HttpRequest, pk: int) -> HttpResponse:
    """Which clauses of the library the draft has; all are offered ticked to one that has none."""
    version = draft_of(request, pk)
    agreement = version.agreement
    library = library_of(agreement.cluster.organisation, agreement.kind)
    held = [each.clause_id for each in clauses_of(version) if each.clause_id]
    ticked = held or [each.pk for each in library if not version.varies_id]
    typed = request.POST if request.method == "POST" else None
    form = PickForm(typed, offered=library, initial={"clauses": ticked})
    if form.is_valid():
        done = done_or_said(
            form,
            None,
            lambda: drafting.pick_clauses(
                person=person_of(request),
                day=today(),
                version_pk=pk,
                clause_pks=form.cleaned_data["clauses"],
            ),
        )
        if done:
            return _next(request, version, _("The clauses are chosen."))
    more = {
        "sections": by_section(library),
        "chosen": form.chosen,
        "texts": clauses_read(version, library, today()),
    }
    return _page(request, "pick", version, form, more)


@signed_in
@only("GET", "HEAD", "POST")
def agreement_blanks(request: HttpRequest, pk: int) -> HttpResponse:
    """The blanks of all clauses at once, filled as far as they are known."""
    version = draft_of(request, pk)
    clauses = clauses_of(version)
    names = blanks_in(*(text for each in clauses for text in (each.text, each.text_cy)))
    known = known_blanks(version, today()) | kept_blanks(clauses)
    welsh = version.agreement.cluster.organisation.is_welsh
    form = BlanksForm(request.POST or None, names=names, known=known, welsh=welsh)
    if form.is_valid():
        done = done_or_said(
            form,
            None,
            lambda: drafting.fill_blanks(
                person=person_of(request), day=today(), version_pk=pk, values=form.values
            ),
        )
        if done:
            return _next(request, version, _("The blanks are saved."))
    held = [name for name in names if name in known]
    more = {
        "n": len(names),
        "n_filled": len(held),
        "to_fill": form.fields_of([name for name in names if name not in known]),
        "filled": form.fields_of(held),
    }
    return _page(request, "blanks", version, form, more)


@signed_in
@only("GET", "HEAD", "POST")
def agreement_about(request: HttpRequest, pk: int) -> HttpResponse:
    """The day of review, and what changes, and why."""
    version = draft_of(request, pk)
    initial = {"review_on": version.review_on, "because": version.because}
    form = AboutForm(request.POST or None, initial=initial)
    if form.is_valid():
        done = done_or_said(
            form,
            "review_on",
            lambda: drafting.say_about(
                person=person_of(request), day=today(), version_pk=pk, **form.cleaned_data
            ),
        )
        if done:
            return _next(request, version, _("Saved."))
    return _page(request, "about", version, form)


@signed_in
@only("GET", "HEAD", "POST")
def agreement_own(request: HttpRequest, pk: int) -> HttpResponse:
    """A clause of the cluster's own."""
    version = draft_of(request, pk)
    welsh = version.agreement.cluster.organisation.is_welsh
    form = WordsForm(request.POST or None, welsh=welsh, initial={"section": "other"})
    if form.is_valid():
        done = done_or_said(
            form,
            "text",
            lambda: drafting.add_own_clause(
                person=person_of(request), day=today(), version_pk=pk, words=form.words
            ),
        )
        if done:
            return _next(request, version, _("The clause is added."), f"#clause-{done.pk}")
    return _page(request, "own", version, form)


@signed_in
@only("GET", "HEAD", "POST")
def agreement_clause(request: HttpRequest, pk: int) -> HttpResponse:
    """The words of one clause are changed; a stale save shows both."""
    clause = clause_to_draft(person_of(request), pk, today())
    version = draft_of(request, clause.version_id)
    initial = {**{name: getattr(clause, name) for name in CLAUSE}, "seen": digest(clause)}
    welsh = version.agreement.cluster.organisation.is_welsh
    form = WordsForm(request.POST or None, welsh=welsh, kept=clause, initial=initial)
    if form.is_valid():
        done = done_or_said(
            form,
            "text",
            lambda: drafting.change_own_words(
                person=person_of(request),
                day=today(),
                pk=pk,
                words=form.words,
                seen=form.cleaned_data["seen"],
            ),
        )
        if done:
            return _next(request, version, _("The clause is saved."), f"#clause-{pk}")
    more = {"clause": clause, "theirs": as_it_stands(form, clause)}
    return _page(request, "clause_words", version, form, more)


@signed_in
@only("POST")
def agreement_move(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up or down."""
    clause = clause_to_draft(person_of(request), pk, today())
    up = request.POST.get("way") == "up"
    done_or_told(
        request,
        lambda: drafting.move_in_draft(person=person_of(request), day=today(), pk=pk, up=up),
    )
    return redirect(reverse("agreement", args=[clause.version_id]) + f"#clause-{pk}")


@signed_in
@only("POST")
def agreement_out(request: HttpRequest, pk: int) -> HttpResponse:
    """The clause is taken out of the draft."""
    clause = clause_to_draft(person_of(request), pk, today())
    done = done_or_told(
        request, lambda: drafting.take_clause_out(person=person_of(request), day=today(), pk=pk)
    )
    if done:
        messages.success(request, _("Taken out: %(title)s") % {"title": clause.title})
    return redirect("agreement", clause.version_id)


def draft_of(request: HttpRequest, pk: int) -> AgreementVersion:
    """The draft for those who write it. Raises `WordsAreSealed` for what is one no more."""
    version = version_to_draft(person_of(request), pk, today())
    if version.state != DRAFT:
        raise words_are_sealed()
    return version


def _next(
    request: HttpRequest, version: AgreementVersion, said: str, anchor: str = ""
) -> HttpResponse:
    messages.success(request, said)
    return redirect(reverse("agreement", args=[version.pk]) + anchor)


def _page(
    request: HttpRequest,
    name: str,
    version: AgreementVersion,
    form: forms.Form,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    context = {
        "version": version,
        "cluster": version.agreement.cluster,
        "form": form,
        "trail_items": trail_to(version),
        "seen_by_words": insiders(),
        **(more or {}),
    }
    return render(request, f"clusters/agreements/{name}.html", context, using="jinja2")
