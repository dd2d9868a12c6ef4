"""What somebody holds, and what is open in each cluster, so that a successor can take it over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import Appointment
from clusterwork.clusters.permissions import organisations_for
from clusterwork.clusters.permissions.clusters import may_run_cluster
from clusterwork.clusters.selectors.appointments import held_by, held_like
from clusterwork.clusters.selectors.handing_over import hand_over_list
from clusterwork.clusters.selectors.headships import headed_by_person
from clusterwork.clusters.services.appointments import hand_over_all
from clusterwork.kernel.errors import NotAllowed, NotThere
from clusterwork.kernel.messages import N_, Message
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.people.forms.appointments import HandOverAllForm, words_of
from clusterwork.web.clusters.people.wording import role_words
from clusterwork.web.clusters.refusing import done_or_said
from clusterwork.web.guards import only, signed_in

Role = Appointment.Role
MOST = 50


@signed_in
@require_safe
def hand_over(request: HttpRequest) -> HttpResponse:
    """Your own list."""
    person = person_of(request)
    context = {
        **listed(held_by(person, today()), today()),
        "headships": list(headed_by_person(person, today())),
        "whose": person.name,
        "is_own": True,
    }
    return render(request, "clusters/people/hand_over_list.html", context, using="jinja2")


@signed_in
@only("GET", "HEAD", "POST")
def hand_over_of(request: HttpRequest, pk: int) -> HttpResponse:
    """The list of whoever holds this appointment, for officers; and all of it to one successor."""
    person, day = person_of(request), today()
    appointment = appointment_for(person, pk, day)
    held = theirs(person, appointment, day)
    movable = [each for each in held if each.role != Role.CHAIR]
    form = HandOverAllForm(request.POST or None, held=movable, initial={"on": day})
    if form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("on", "name", "email")}
        done = done_or_said(
            form, "on", lambda: hand_over_all(person=person, day=day, pks=form.pks, **told)
        )
        if done:
            messages.success(request, _("Handed over: %(n)s.") % {"n": len(done)})
            return redirect("hand_over_of", done[0].pk)
    context = {
        **listed(held, day),
        "form": form if movable else None,
        "headships": headships_with(appointment, day),
        "whose": appointment.name,
        "is_own": appointment.person_id == person.pk,
    }
    return render(request, "clusters/people/hand_over_list.html", context, using="jinja2")


def appointment_for(person: Person, pk: int, day: dt.date) -> Appointment:
    """The appointment for its holder and the cluster's officers; `NotThere`, `NotAllowed`."""
    chain = Appointment.objects.select_related("cluster__organisation", "person")
    found = chain.filter(pk=pk).first()
    if found is None:
        raise NotThere(Message(N_("There is no such appointment.")))
    if found.person_id != person.pk and not may_run_cluster(person, found.cluster, day):
        raise NotAllowed(
            Message(N_("You cannot open this hand-over list.")),
            next_step=Message(
                N_("Whoever it is about can, and the programme officers of the cluster.")
            ),
        )
    return found


def theirs(person: Person, appointment: Appointment, day: dt.date) -> list[Appointment]:
    """What the holder holds; for officers only in their own clusters."""
    found: QuerySet[Appointment] = held_like(appointment, day)
    if appointment.person_id != person.pk:
        found = found.filter(cluster__organisation__in=organisations_for(person, day))
    return list(found[:MOST])


def headships_with(appointment: Appointment, day: dt.date) -> list[Any]:
    """The headships of the same person, where there is a sign-in to know them by."""
    return list(headed_by_person(appointment.person, day)) if appointment.person else []


def listed(held: Sequence[Appointment] | QuerySet[Appointment], day: dt.date) -> dict[str, Any]:
    """What the page shows of the appointments."""
    groups = hand_over_list(list(held[:MOST]), day)
    return {
        "groups": groups,
        "today": day,
        "n_held": sum(len(group.held) for group in groups),
        "words_of": words_of,
        "role_words": role_words,
    }
