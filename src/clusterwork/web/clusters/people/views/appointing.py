"""Appointing, ending, handing over and correcting: one thing a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.clusters.models import Appointment, Cluster
from clusterwork.clusters.permissions import may_run_cluster
from clusterwork.clusters.permissions.appointments import (
    BY_SCHOOL,
    appointment_to_change,
    cluster_to_appoint_in,
    schools_to_appoint_for,
)
from clusterwork.clusters.selectors.memberships import memberships_ever, memberships_on
from clusterwork.clusters.services import appointments
from clusterwork.registry.models import School
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.cluster.frame import trail
from clusterwork.web.clusters.cluster.stepping import Step, taken
from clusterwork.web.clusters.people.forms.appointments import (
    AppointForm,
    EndForm,
    HandOverForm,
    words_of,
)
from clusterwork.web.clusters.people.wording import role_words, seen_by_workers
from clusterwork.web.guards import only, signed_in

FIELD = "start_on"


def to_people(cluster: Cluster) -> Callable[[Any], str]:
    """The page to go to when something is done."""
    return lambda _done: reverse("cluster_people", args=[cluster.pk])


@signed_in
@only("GET", "HEAD", "POST")
def appoint(request: HttpRequest, pk: int, role: str) -> HttpResponse:
    """Somebody takes a role of the cluster."""
    person, day = person_of(request), today()
    cluster = cluster_to_appoint_in(person, pk, role, day)
    form = AppointForm(
        request.POST or None,
        role=role,
        schools=schools_for(request, cluster, role),
        initial={"start_on": day, "school": request.GET.get("school")},
    )
    step = Step(
        template="clusters/people/appoint.html",
        form=form,
        act=lambda: appointments.appoint(person=person, day=day, cluster_pk=pk, facts=form.facts),
        said=_("The appointment is written down."),
        then=to_people(cluster),
        at=FIELD,
        context={"role": role, "role_words": role_words(role)},
        seen_by=seen_by_workers(),
    )
    return taken(request, cluster, step)


def schools_for(request: HttpRequest, cluster: Cluster, role: str) -> list[School]:
    """The schools that the viewer may choose for this role: the members of today or to come."""
    person, day = person_of(request), today()
    if role in BY_SCHOOL and not may_run_cluster(person, cluster, day):
        return schools_to_appoint_for(person, cluster, day)
    held = memberships_on(day).filter(cluster=cluster) | cluster.memberships.filter(
        start_on__gt=day
    )
    return list(School.objects.filter(pk__in=held.values("school_id")))


@signed_in
@require_safe
def appointment(request: HttpRequest, pk: int) -> HttpResponse:
    """What can be done to an appointment."""
    found = appointment_to_change(person_of(request), pk, today())
    context = {
        "cluster": found.cluster,
        "appointment": found,
        "held": words_of(found),
        "trail_items": trail(found.cluster),
        "seen_by_words": seen_by_workers(),
    }
    return render(request, "clusters/people/appointment.html", context, using="jinja2")


@signed_in
@only("GET", "HEAD", "POST")
def appointment_end(request: HttpRequest, pk: int) -> HttpResponse:
    """The role is vacant from a day on."""
    person, day = person_of(request), today()
    found = appointment_to_change(person, pk, day)
    form = EndForm(request.POST or None, initial={"on": day})
    step = _step(
        found,
        "end",
        form,
        lambda: appointments.end_appointment(person=person, day=day, pk=pk, **form.cleaned_data),
        _("The end of the appointment is written down."),
        "on",
    )
    return taken(request, found.cluster, step)


@signed_in
@only("GET", "HEAD", "POST")
def appointment_hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody else takes the role over on a day."""
    person, day = person_of(request), today()
    found = appointment_to_change(person, pk, day)
    is_chair = found.role == Appointment.Role.CHAIR
    form = HandOverForm(
        request.POST or None,
        schools=schools_for(request, found.cluster, found.role) if is_chair else [],
        initial={"on": day, "school": found.school},
    )
    step = _step(
        found,
        "hand_over",
        form,
        lambda: appointments.hand_over(person=person, day=day, pk=pk, **form.cleaned_data),
        _("The role is handed over."),
        "on",
    )
    return taken(request, found.cluster, step)


@signed_in
@only("GET", "HEAD", "POST")
def appointment_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """What was entered wrongly is put right."""
    person, day = person_of(request), today()
    found = appointment_to_change(person, pk, day)
    names = ("name", "email", "school", "strand", "start_on", "end_on")
    ever = School.objects.filter(pk__in=memberships_ever(found.cluster).values("school_id"))
    mine = schools_for(request, found.cluster, found.role) if found.role in BY_SCHOOL else ever
    form = AppointForm(
        request.POST or None,
        role=found.role,
        schools=list(mine),
        initial={name: getattr(found, name) for name in names},
    )
    step = _step(
        found,
        "correct",
        form,
        lambda: appointments.correct_appointment(person=person, day=day, pk=pk, facts=form.facts),
        _("The appointment is corrected. The history keeps what was entered before."),
        FIELD,
    )
    return taken(request, found.cluster, step)


@signed_in
@only("POST")
def appointment_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """An appointment that never was is removed."""
    person, day = person_of(request), today()
    cluster = appointment_to_change(person, pk, day).cluster
    appointments.take_back_appointment(person=person, day=day, pk=pk)
    messages.success(request, _("The appointment is removed."))
    return redirect("cluster_people", cluster.pk)


def _step(
    found: Appointment, name: str, form: forms.Form, act: Callable[[], Any], said: str, field: str
) -> Step:
    return Step(
        template=f"clusters/people/{name}.html",
        form=form,
        act=act,
        said=said,
        then=to_people(found.cluster),
        at=field,
        context={"appointment": found, "held": words_of(found)},
        seen_by=seen_by_workers(),
    )
