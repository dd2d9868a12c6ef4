"""Signing for a school: by signing in again, or with a copy of what was signed on paper."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.accounts.models import Person
from clusterwork.clusters.permissions.agreements import copy_for
from clusterwork.clusters.permissions.signing import ToSign, slot_for, slot_to_sign
from clusterwork.clusters.selectors.agreements import clauses_of
from clusterwork.clusters.services.agreements.copies import Upload, check_size
from clusterwork.clusters.services.agreements.loading import not_to_be_signed
from clusterwork.clusters.services.agreements.signing import (
    OnPaper,
    check_may_enter,
    sign,
    sign_by_copy,
)
from clusterwork.clusters.states.agreement import IN_FORCE, SIGNING
from clusterwork.kernel.errors import Problem
from clusterwork.web.clusters.agreements.forms.drafts import CopyForm
from clusterwork.web.clusters.agreements.frame import (
    agreement_link,
    called,
    seen_by,
    trail_to,
)
from clusterwork.web.clusters.agreements.proving import proof_for, use_up
from clusterwork.web.clusters.agreements.shown import words_shown
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.refusing import done_or_said
from clusterwork.web.formats import said
from clusterwork.web.guards import only, signed_in


@signed_in
@only("GET", "HEAD", "POST")
def agreement_sign(request: HttpRequest, pk: int, school: int, capacity: str) -> HttpResponse:
    """What she signs and for whom; on the press the sign-in asks who she is, and it is signed."""
    person, now = person_of(request), timezone.now()
    found = slot_to_sign(person, pk, school, capacity, today())
    if found.version.state not in (SIGNING, IN_FORCE):
        raise not_to_be_signed()
    if found.version.signatures.filter(school=found.school, capacity=capacity).exists():
        messages.warning(request, _("This is signed already."))
        return redirect(reverse("agreement", args=[pk]) + "#signed")
    form = forms.Form(request.POST if request.method == "POST" else None)
    if form.is_valid() and _signs(request, person, found, form):
        return redirect(reverse("agreement", args=[pk]) + "#signed")
    context = {
        **_context(found),
        "form": form,
        "sections": words_shown(clauses_of(found.version)),
        "now": now,
    }
    return render(request, "clusters/agreements/sign.html", context, using="jinja2")


def _signs(request: HttpRequest, person: Person, found: ToSign, form: forms.Form) -> bool:
    """Whether it is signed; a refusal stands on the form."""
    try:
        proof = proof_for(request, timezone.now())
    except Problem as problem:
        form.add_error(None, said(problem))
        return False
    done = done_or_said(
        form,
        None,
        lambda: sign(
            person=person,
            now=timezone.now(),
            version_pk=found.version.pk,
            school_pk=found.school.pk,
            capacity=found.capacity,
            proved_at=proof,
            link_for=agreement_link,
        ),
    )
    if not done:
        return False
    use_up(request, proof)
    messages.success(request, _("Signed for: %(schools)s.") % {"schools": found.serves})
    return True


@signed_in
@only("GET", "HEAD", "POST")
def agreement_copy(request: HttpRequest, pk: int, school: int, capacity: str) -> HttpResponse:
    """What was signed on paper is entered, with its copy."""
    person = person_of(request)
    found = slot_for(person, pk, school, capacity, today())
    check_may_enter(person, found.version, today())
    initial = {"name": found.holders[0] if found.holders else "", "signed_on": today()}
    form = CopyForm(request.POST or None, request.FILES or None, initial=initial)
    if form.is_valid():
        done = done_or_said(form, "file", lambda: _entered(form, person, found))
        if done:
            messages.success(request, _("Signed for: %(schools)s.") % {"schools": found.serves})
            return redirect(reverse("agreement", args=[pk]) + "#signed")
    context = {**_context(found), "form": form}
    return render(request, "clusters/agreements/copy.html", context, using="jinja2")


def _entered(form: CopyForm, person: Person, found: ToSign) -> object:
    told = form.cleaned_data
    check_size(told["file"].size)
    upload = Upload(told["file"].name, told["file"].read())
    return sign_by_copy(
        person=person,
        now=timezone.now(),
        version_pk=found.version.pk,
        school_pk=found.school.pk,
        capacity=found.capacity,
        paper=OnPaper(told["name"], told["signed_on"], upload),
        link_for=agreement_link,
    )


@signed_in
@require_safe
def signed_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """The file as it was uploaded, to be saved and never shown inside our own pages."""
    found = copy_for(person_of(request), pk, today())
    answer = HttpResponse(bytes(found.content), content_type=found.media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{_ascii(found.name)}"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def _ascii(name: str) -> str:
    return name.encode("ascii", "replace").decode().replace("?", "-")


def _context(found: ToSign) -> dict[str, object]:
    return {
        "found": found,
        "version": found.version,
        "cluster": found.version.agreement.cluster,
        "called_version": called(found.version),
        "trail_items": trail_to(found.version),
        "seen_by_words": seen_by(found.version),
    }
