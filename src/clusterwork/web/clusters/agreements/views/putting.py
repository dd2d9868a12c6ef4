"""Putting a draft to the schools, taking it back, withdrawing it, reminding."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterwork.clusters.permissions.agreements import version_to_put
from clusterwork.clusters.selectors.agreements import clauses_of
from clusterwork.clusters.services.agreements import putting, reminding
from clusterwork.web.clusters.agreements.frame import agreement_link, insiders, trail_to
from clusterwork.web.clusters.agreements.shown import signed_shown, to_do
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.refusing import done_or_said, done_or_told
from clusterwork.web.guards import only, signed_in


@signed_in
@only("GET", "HEAD", "POST")
def agreement_put(request: HttpRequest, pk: int) -> HttpResponse:
    """What will happen, who will sign; then the words are sealed and everybody is written to."""
    person = person_of(request)
    version = version_to_put(person, pk, today())
    form = forms.Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        done = done_or_said(
            form,
            None,
            lambda: putting.put_to_schools(
                person=person, now=timezone.now(), version_pk=pk, link_for=agreement_link
            ),
        )
        if done:
            messages.success(request, _put_words(done[1]))
            return redirect("agreement", pk)
    clauses = clauses_of(version)
    context = {
        "version": version,
        "cluster": version.agreement.cluster,
        "form": form,
        "todo": to_do(clauses),
        "signed": signed_shown(version, person, today()),
        "trail_items": trail_to(version),
        "seen_by_words": insiders(),
    }
    return render(request, "clusters/agreements/put.html", context, using="jinja2")


@signed_in
@only("POST")
def agreement_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft again."""
    version_to_put(person_of(request), pk, today())
    done = done_or_told(
        request,
        lambda: putting.take_back(person=person_of(request), day=today(), version_pk=pk),
    )
    if done:
        messages.success(request, _("The agreement is a draft again. Nobody can sign it now."))
    return redirect("agreement", pk)


@signed_in
@only("POST")
def agreement_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """It is given up."""
    version = version_to_put(person_of(request), pk, today())
    done = done_or_told(
        request,
        lambda: putting.withdraw(person=person_of(request), day=today(), version_pk=pk),
    )
    if done:
        messages.success(request, _("The agreement is withdrawn. Its words are kept."))
    return redirect("cluster_agreements", version.agreement.cluster_id)


@signed_in
@only("POST")
def agreement_remind(request: HttpRequest, pk: int) -> HttpResponse:
    """Writes to those who have not signed."""
    version_to_put(person_of(request), pk, today())
    n = done_or_told(
        request,
        lambda: reminding.remind(
            person=person_of(request),
            now=timezone.now(),
            version_pk=pk,
            link_for=agreement_link,
        ),
    )
    if n is not None:
        messages.success(request, _("Letters on their way: %(n)s.") % {"n": n})
    return redirect("agreement", pk)


def _put_words(n: int) -> str:
    said = ngettext(
        "The schools can sign now. One person was written to.",
        "The schools can sign now. %(n)s people were written to.",
        n,
    )
    return said % {"n": n}
