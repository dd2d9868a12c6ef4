"""Decisions made beforehand."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from clusterwork.accounts.models import Role
from clusterwork.clusters.permissions import formation_for
from clusterwork.clusters.selectors.formations import locks_of
from clusterwork.clusters.services.locks import add_lock, remove_lock
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.forms.formations import LockForm
from clusterwork.web.clusters.frame import formation_frame
from clusterwork.web.clusters.refusing import done_or_said
from clusterwork.web.guards import needs_role, only


@needs_role(Role.Kind.PROGRAMME_OFFICER)
@only("GET", "HEAD", "POST")
def locks(request: HttpRequest, pk: int) -> HttpResponse:
    """The decisions so far, and a form for one more."""
    formation = formation_for(person_of(request), pk, today())
    form = LockForm(request.POST or None, formation=formation)
    if form.is_valid():
        added = done_or_said(
            form,
            "other",
            lambda: add_lock(person=person_of(request), day=today(), pk=pk, **form.cleaned_data),
        )
        if added:
            messages.success(request, _("The decision has been noted."))
            return redirect("locks", pk)
    context = {
        **formation_frame(formation, "locks"),
        "form": form,
        "locks": locks_of(formation),
        "n_chosen": formation.chosen.count(),
    }
    return render(request, "clusters/locks.html", context, using="jinja2")


@needs_role(Role.Kind.PROGRAMME_OFFICER)
@only("POST")
def lock_remove(request: HttpRequest, pk: int, lock: int) -> HttpResponse:
    """Takes a decision back."""
    remove_lock(person=person_of(request), day=today(), pk=pk, lock_pk=lock)
    messages.success(request, _("The decision has been taken back."))
    return redirect("locks", pk)
