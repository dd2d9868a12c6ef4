"""A head names who prepares or sends for her school."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from clusterwork.accounts.models import Delegation, Role
from clusterwork.accounts.selectors.delegations import delegations_on, headed_by
from clusterwork.accounts.selectors.roles import staff_on
from clusterwork.accounts.services.delegations import end_delegation, name_person
from clusterwork.audit.selectors import entries_about
from clusterwork.kernel.errors import NotAllowed, Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.models import School
from clusterwork.web.accounts.forms.people import NameForm
from clusterwork.web.accounts.links import full
from clusterwork.web.accounts.reader import person_of
from clusterwork.web.formats import said
from clusterwork.web.guards import needs_role, only
from clusterwork.web.records import lines_of

heads = needs_role(Role.Kind.HEADTEACHER)
TRAIL = ("accounts.name_person", "accounts.end_delegation")


@heads
@only("GET", "POST")
def delegates(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is named for a school that you head; on POST one more."""
    school, me, today = school_here(request, pk), person_of(request), timezone.localdate()
    staff = staff_on(school, today).exclude(pk=me.pk)
    form = NameForm(request.POST or None, school=school, people=staff)
    if request.method == "POST" and form.is_valid():
        try:
            return name(request, school, form)
        except Problem as problem:
            form.add_error(None, said(problem))
    context = {
        "school": school,
        "form": form,
        "named": delegations_on(school, today),
        "n_staff": staff.count(),
        "entries": lines_of(entries_about(school).filter(verb__in=TRAIL)[:50]),
    }
    return render(request, "accounts/delegates.html", context, using="jinja2")


def name(request: HttpRequest, school: School, form: NameForm) -> HttpResponse:
    """Names the person of the valid form. Raises the problems of `name_person`."""
    values, today = form.cleaned_data, timezone.localdate()
    last_on: dt.date | None = values["last_on"]
    name_person(
        school=school,
        person=values["person"],
        may_prepare=True,
        may_send=values["what"] == "send",
        start_on=today,
        end_on=last_on + dt.timedelta(days=1) if last_on else None,
        by=person_of(request),
        today=today,
        link=full("home", language=values["person"].language),
    )
    messages.success(request, _("Named: %(person)s") % {"person": values["person"]})
    return redirect("delegates", school.pk)


@heads
@only("POST")
def delegate_end(request: HttpRequest, pk: int) -> HttpResponse:
    """From today the person is no longer named."""
    found = Delegation.objects.filter(pk=pk).first()
    if found is None:
        raise not_mine()
    school = school_here(request, found.school_id)
    end_delegation(delegation=found, by=person_of(request), today=timezone.localdate())
    messages.success(request, _("No longer named: %(person)s") % {"person": found.person})
    return redirect("delegates", school.pk)


def school_here(request: HttpRequest, pk: int) -> School:
    """The school, if the reader heads it."""
    found = headed_by(person_of(request), timezone.localdate()).filter(pk=pk).first()
    if found is None:
        raise not_mine()
    return found


def not_mine() -> NotAllowed:
    """Somebody else's school, or none."""
    return NotAllowed(
        Message(N_("Only the headteacher names who prepares or sends for a school.")),
        next_step=Message(N_("Ask the headteacher.")),
    )
