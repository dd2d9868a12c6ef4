"""An organisation's library of clauses: the list, and one clause added or changed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.clusters.models import AgreementKind, Clause
from clusterwork.clusters.permissions.agreements import clause_to_keep, library_to_keep
from clusterwork.clusters.rules.agreements.blanks import blanks_in
from clusterwork.clusters.selectors.agreements import offered
from clusterwork.clusters.services.agreements import library
from clusterwork.clusters.services.agreements.library import digest
from clusterwork.clusters.starter import STARTER
from clusterwork.kernel.errors import NotThere
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.models import Organisation
from clusterwork.web.clusters.agreements.forms.clauses import WordsForm
from clusterwork.web.clusters.agreements.forms.drafts import label_of
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.refusing import done_or_said, done_or_told
from clusterwork.web.guards import only, signed_in

WORDS = ("section", "title", "title_cy", "text", "text_cy", "required")


@signed_in
@require_safe
def clauses(request: HttpRequest, pk: int) -> HttpResponse:
    """The clauses of both agreements in their order, and those that are withdrawn."""
    organisation = library_to_keep(person_of(request), pk, today())
    withdrawn = Clause.objects.filter(organisation=organisation, withdrawn_at__isnull=False)
    lists = [
        {
            "kind": kind,
            "clauses": list(offered(organisation, kind)),
            "n_shipped": len(STARTER[kind]),
        }
        for kind in AgreementKind
    ]
    held = [each for one in lists for each in one["clauses"]]  # type: ignore[attr-defined]
    names = blanks_in(*(text for each in held for text in (each.text, each.text_cy)))
    context = {
        **frame(organisation),
        "lists": lists,
        "withdrawn": list(withdrawn),
        "blanks": [(name, label_of(name)) for name in names],
    }
    return render(request, "clusters/agreements/clauses.html", context, using="jinja2")


@signed_in
@only("POST")
def take_over(request: HttpRequest, pk: int) -> HttpResponse:
    """The shipped clauses become the organisation's own."""
    kind = kind_of(request.POST.get("kind", AgreementKind.MEMORANDUM))
    made = done_or_told(
        request,
        lambda: library.take_over_starter(
            person=person_of(request), day=today(), organisation_pk=pk, kind=kind
        ),
    )
    if made:
        messages.success(request, _("Clauses taken over: %(n)s.") % {"n": len(made)})
    return redirect("clauses", pk)


@signed_in
@only("GET", "HEAD", "POST")
def clause_new(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """A clause is added to the library."""
    kind = kind_of(kind)
    organisation = library_to_keep(person_of(request), pk, today())
    form = WordsForm(request.POST or None, welsh=organisation.is_welsh, library=True)
    if form.is_valid():
        made = done_or_said(
            form,
            "text",
            lambda: library.add_clause(
                person=person_of(request),
                day=today(),
                organisation_pk=pk,
                kind=kind,
                words=form.words,
                required=form.cleaned_data["required"],
            ),
        )
        if made:
            messages.success(request, _("The clause is added."))
            return redirect("clauses", pk)
    context = {**frame(organisation), "form": form, "kind": AgreementKind(kind), "clause": None}
    return render(request, "clusters/agreements/clause.html", context, using="jinja2")


@signed_in
@only("GET", "HEAD", "POST")
def clause_change(request: HttpRequest, pk: int) -> HttpResponse:
    """The words of a clause are changed; a stale save shows both."""
    found = clause_to_keep(person_of(request), pk, today())
    organisation = found.organisation
    initial = {**{name: getattr(found, name) for name in WORDS}, "seen": digest(found)}
    form = WordsForm(
        request.POST or None,
        welsh=organisation.is_welsh,
        library=True,
        kept=found,
        initial=initial,
    )
    if form.is_valid():
        done = done_or_said(
            form,
            "text",
            lambda: library.change_clause(
                person=person_of(request),
                day=today(),
                pk=pk,
                words=form.words,
                required=form.cleaned_data["required"],
                seen=form.cleaned_data["seen"],
            ),
        )
        if done:
            messages.success(request, _("The clause is saved. Agreements keep their own words."))
            return redirect("clauses", organisation.pk)
    context = {
        **frame(organisation),
        "form": form,
        "kind": AgreementKind(found.kind),
        "clause": found,
        "theirs": as_it_stands(form, found),
    }
    return render(request, "clusters/agreements/clause.html", context, using="jinja2")


def as_it_stands(form: WordsForm, found: Any) -> Any:
    """The words that somebody else has saved meanwhile, with their new mark; None otherwise."""
    if not form.is_bound or form.data.get("seen") == digest(found):
        return None
    form.data = {**form.data.dict(), "seen": digest(found)}  # type: ignore[attr-defined]
    return found


@signed_in
@only("POST")
def clause_move(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up or down."""
    up = request.POST.get("way") == "up"
    moved = library.move_clause(person=person_of(request), day=today(), pk=pk, up=up)
    return redirect(reverse("clauses", args=[moved.organisation_id]) + f"#clause-{pk}")


@signed_in
@only("POST")
def clause_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """It is offered no more."""
    found = library.withdraw_clause(
        person=person_of(request), now=timezone.now(), day=today(), pk=pk
    )
    messages.success(request, _("The clause is withdrawn. Agreements that have it keep it."))
    return redirect("clauses", found.organisation_id)


@signed_in
@only("POST")
def clause_offer(request: HttpRequest, pk: int) -> HttpResponse:
    """It is offered again."""
    found = library.offer_again(person=person_of(request), day=today(), pk=pk)
    messages.success(request, _("The clause is offered again."))
    return redirect("clauses", found.organisation_id)


def kind_of(kind: str) -> str:
    """The kind in an address. Raises `NotThere`."""
    if kind not in AgreementKind.values:
        raise NotThere(Message(N_("There is no such kind of agreement.")))
    return kind


def frame(organisation: Organisation) -> dict[str, Any]:
    """What stands on every page of the library."""
    return {
        "organisation": organisation,
        "seen_by_words": _("programme officers. Organisation: %(organisation)s")
        % {"organisation": organisation},
    }
