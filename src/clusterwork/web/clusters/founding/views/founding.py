"""A cluster that schools form: begin it, see it, word its purpose, ask, take it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.accounts.services.limits import count
from clusterwork.clusters.models import Founding
from clusterwork.clusters.permissions import schools_to_send_for
from clusterwork.clusters.permissions.clusters import may_run_cluster
from clusterwork.clusters.permissions.founding import founding_for, founding_to_lead, may_lead
from clusterwork.clusters.services.founding import (
    change_purpose,
    start_founding,
    withdraw_founding,
)
from clusterwork.clusters.services.recognition import ask_for_recognition
from clusterwork.clusters.states.founding import ASKED, GATHERING, OPEN, RETURNED
from clusterwork.kernel.errors import NotAllowed
from clusterwork.kernel.messages import N_, Message
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.founding.forms import FoundingForm, PurposeForm
from clusterwork.web.clusters.founding.links import LINKS
from clusterwork.web.clusters.founding.shown import frame, rows_of, stage, task_list, trail
from clusterwork.web.clusters.refusing import done_or_said
from clusterwork.web.guards import only, signed_in


@signed_in
@only("GET", "HEAD", "POST")
def founding_new(request: HttpRequest) -> HttpResponse:
    """A head begins: working name, purpose, whom to ask."""
    schools = schools_to_send_for(person_of(request), today())
    if not schools.exists():
        raise NotAllowed(
            Message(N_("You cannot begin to form a cluster.")),
            next_step=Message(
                N_("The headteacher of a school can, and whoever she has named to send for her.")
            ),
        )
    form = FoundingForm(request.POST or None, schools=schools)
    if form.is_valid():
        begun = done_or_said(
            form,
            "working_name",
            lambda: start_founding(
                person=person_of(request), day=today(), now=timezone.now(), **form.facts
            ),
        )
        if begun:
            messages.success(request, _("It has begun. Now invite schools."))
            return redirect("founding_invite", begun.pk)
    context = {"form": form, "trail_items": trail()}
    return render(request, "clusters/founding/new.html", context, using="jinja2")


@signed_in
@require_safe
def founding(request: HttpRequest, pk: int) -> HttpResponse:
    """Who was invited, what they answered, what comes next."""
    person = person_of(request)
    found = founding_for(person, pk, today())
    rows = rows_of(found, today())
    leads = may_lead(person, found, today())
    context = {
        **frame(found),
        "rows": rows,
        "stage": stage(found, rows),
        "steps": task_list(found, rows) if leads and found.state in (GATHERING, RETURNED) else [],
        "leads": leads,
        "may_gather": leads and found.state in (GATHERING, RETURNED),
        "may_withdraw": leads and found.state in OPEN,
        "may_decide": found.state == ASKED and may_run_cluster(person, found.cluster, today()),
        "overlapping": [row for row in rows if row.overlaps],
    }
    return render(request, "clusters/founding/founding.html", context, using="jinja2")


@signed_in
@only("GET", "HEAD", "POST")
def founding_purpose(request: HttpRequest, pk: int) -> HttpResponse:
    """Another wording; the schools that had joined are asked again."""
    found = founding_to_lead(person_of(request), pk, today())
    form = PurposeForm(request.POST or None, initial={"purpose": found.purpose})
    if form.is_valid():
        changed = done_or_said(form, "purpose", lambda: _changed(request, pk, form))
        if changed:
            messages.success(request, _("The purpose is worded like this now."))
            return redirect("founding", pk)
    n_joined = found.schools.filter(reply="joins", is_founder=False).count()
    context = {**frame(found), "form": form, "n_joined": n_joined}
    return render(request, "clusters/founding/purpose.html", context, using="jinja2")


def _changed(request: HttpRequest, pk: int, form: PurposeForm) -> Founding:
    """The founding with its purpose as typed; every change writes to the schools that joined."""
    person, now = person_of(request), timezone.now()
    count("founding_purpose", person.pk, now=now)
    return change_purpose(
        person=person, day=today(), now=now, pk=pk, links=LINKS, **form.cleaned_data
    )


@signed_in
@only("GET", "HEAD", "POST")
def founding_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """What is sent, once more; then it is sent."""
    found = founding_to_lead(person_of(request), pk, today())
    if request.method == "POST":
        ask_for_recognition(
            person=person_of(request), day=today(), now=timezone.now(), pk=pk, links=LINKS
        )
        messages.success(request, _("It is sent. Its programme officers decide next."))
        return redirect("founding", pk)
    context = {**frame(found), "rows": rows_of(found, today())}
    return render(request, "clusters/founding/ask.html", context, using="jinja2")


@signed_in
@only("GET", "HEAD", "POST")
def founding_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks once more, then takes the whole back."""
    found = founding_to_lead(person_of(request), pk, today())
    if request.method == "POST":
        withdraw_founding(person=person_of(request), day=today(), pk=pk)
        messages.success(request, _("It is taken back, and the schools are told."))
        return redirect("founding", pk)
    return render(request, "clusters/founding/withdraw.html", frame(found), using="jinja2")
