"""Appointing people in a cluster, ending, handing over and correcting it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils.translation import override

from clusterwork.accounts.models import Person
from clusterwork.accounts.selectors.people import person_by_email
from clusterwork.audit.services import record
from clusterwork.clusters.models import Appointment, Cluster
from clusterwork.clusters.permissions.appointments import (
    appointment_to_change,
    check_may_appoint,
    cluster_to_appoint_in,
)
from clusterwork.clusters.services.appointing import (
    AppointmentFacts,
    check_facts,
    check_rota,
    role_taken,
)
from clusterwork.clusters.services.refusals import EndsBeforeItStarts, in_words
from clusterwork.kernel.errors import NotThere, Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.models import School

ONE_AT_A_TIME = (
    "appointment_one_chair",
    "appointment_one_link_adviser",
    "appointment_one_link_person",
    "appointment_one_chair_of_governors",
)


class AlreadyEnded(Problem):
    """The appointment ends earlier than asked for."""


@transaction.atomic
def appoint(
    *, person: Person, day: dt.date, cluster_pk: int, facts: AppointmentFacts
) -> Appointment:
    """Somebody in a role from a day on. Raises `NotThere`, `NotAllowed`, `NotItsTurn` and what
    `check_facts` raises."""
    cluster = cluster_to_appoint_in(person, cluster_pk, facts.role, day)
    facts = facts.tidy()
    check_may_appoint(person, cluster, facts.role, facts.school, day)
    _lock(cluster)
    check_rota(person, cluster, facts, day)
    check_facts(cluster, facts)
    appointment = _kept(Appointment(cluster=cluster, **_columns(facts)))
    _record(
        person, appointment, "appointment.begin", N_("Appointed: %(role)s, %(name)s, from %(day)s.")
    )
    return appointment


@transaction.atomic
def end_appointment(
    *, person: Person, day: dt.date, pk: int, on: dt.date, reason: str = ""
) -> Appointment:
    """The appointment with its end. Raises `NotThere`, `NotAllowed`, `EndsBeforeItStarts`,
    `AlreadyEnded`."""
    appointment = _locked(person, day, pk)
    _check_end(appointment, on)
    appointment.end_on, appointment.reason = on, reason
    appointment.save()
    _record(
        person, appointment, "appointment.end", N_("Ended: %(role)s, %(name)s, on %(day)s."), on
    )
    return appointment


@transaction.atomic
def hand_over(
    *,
    person: Person,
    day: dt.date,
    pk: int,
    on: dt.date,
    name: str,
    email: str = "",
    school: School | None = None,
    reason: str = "",
) -> Appointment:
    """The successor's appointment: the old ends and the new begins on the same day.

    Without a `school` the successor stands for the same one. Raises what `end_appointment` and
    `appoint` raise; then nothing has changed.
    """
    old = end_appointment(person=person, day=day, pk=pk, on=on, reason=reason)
    facts = AppointmentFacts(
        role=old.role,
        name=name,
        start_on=on,
        email=email,
        school=school or old.school,
        strand=old.strand,
    )
    return appoint(person=person, day=day, cluster_pk=old.cluster_id, facts=facts)


@transaction.atomic
def hand_over_all(
    *, person: Person, day: dt.date, pks: list[int], on: dt.date, name: str, email: str = ""
) -> list[Appointment]:
    """One successor for several appointments. Raises what `hand_over` raises; then none is."""
    return [hand_over(person=person, day=day, pk=pk, on=on, name=name, email=email) for pk in pks]


@transaction.atomic
def correct_appointment(
    *, person: Person, day: dt.date, pk: int, facts: AppointmentFacts
) -> Appointment:
    """The appointment as it truly was; its role stays. Raises what `appoint` raises."""
    appointment = _locked(person, day, pk)
    before = _plain(appointment)
    facts = replace(facts, role=appointment.role).tidy()
    check_may_appoint(person, appointment.cluster, facts.role, facts.school, day)
    if (facts.school, facts.start_on) != (appointment.school, appointment.start_on):
        check_rota(person, appointment.cluster, facts, day)
    check_facts(appointment.cluster, facts, but=pk)
    for column, value in _columns(facts).items():
        setattr(appointment, column, value)
    _kept(appointment)
    _record(
        person,
        appointment,
        "appointment.correct",
        N_("Corrected: %(role)s, %(name)s, from %(day)s."),
        details={"before": before, "after": _plain(appointment)},
    )
    return appointment


@transaction.atomic
def take_back_appointment(*, person: Person, day: dt.date, pk: int) -> None:
    """Removes an appointment that never was. Raises `NotThere`, `NotAllowed`."""
    appointment = _locked(person, day, pk)
    _record(
        person,
        appointment,
        "appointment.take_back",
        N_("Removed, because it never was: %(role)s, %(name)s, from %(day)s."),
        details={"before": _plain(appointment)},
    )
    appointment.delete()


def _lock(cluster: Cluster) -> None:
    Cluster.objects.select_for_update().get(pk=cluster.pk)  # one check at a time


def _locked(person: Person, day: dt.date, pk: int) -> Appointment:
    """The appointment with nobody else changing it; `NotThere` where it was taken back."""
    cluster = appointment_to_change(person, pk, day).cluster
    _lock(cluster)
    found = Appointment.objects.select_for_update(of=("self",)).filter(pk=pk)
    appointment = found.select_related("cluster__organisation", "school").first()
    if appointment is None:
        raise NotThere(Message(N_("There is no such appointment.")))
    return appointment


def _check_end(appointment: Appointment, on: dt.date) -> None:
    if on <= appointment.start_on:
        raise EndsBeforeItStarts(
            Message(N_("The end is not after the start.")),
            why=Message(N_("It starts on %(day)s."), {"day": appointment.start_on.isoformat()}),
            next_step=Message(N_("Enter a later day, or remove it if it never was.")),
        )
    if appointment.end_on is not None and appointment.end_on < on:
        raise AlreadyEnded(
            Message(N_("This appointment ends earlier.")),
            why=Message(N_("It ends on %(day)s."), {"day": appointment.end_on.isoformat()}),
            next_step=Message(N_("Enter that day or an earlier one, or correct the appointment.")),
        )


def _columns(facts: AppointmentFacts) -> dict[str, Any]:
    """The columns of the model; whoever has a sign-in under the address is linked."""
    person = person_by_email(facts.email) if facts.email else None
    return {**vars(facts), "person": person, "name": facts.name or str(person or "")}


def _kept(appointment: Appointment) -> Appointment:
    """Saved, or the problem for what the database refuses."""
    with in_words(dict.fromkeys(ONE_AT_A_TIME, role_taken)):
        appointment.save()
    return appointment


def _plain(appointment: Appointment) -> dict[str, str]:
    names = ("name", "email", "school_id", "strand", "start_on", "end_on", "reason")
    return {name: str(getattr(appointment, name) or "") for name in names}


def english_role(role: str) -> str:
    """The label of a role as the catalogue knows it; whoever shows it looks it up."""
    with override("en-gb"):
        return str(Appointment.Role(role).label)


def _record(
    person: Person | None,
    appointment: Appointment,
    verb: str,
    text: str,
    on: dt.date | None = None,
    details: Mapping[str, Any] | None = None,
) -> None:
    """On the cluster's record."""
    params = {
        "role": english_role(appointment.role),
        "name": appointment.name,
        "day": (on or appointment.start_on).isoformat(),
    }
    record(
        actor=person,
        verb=verb,
        subject=appointment.cluster,
        summary=Message(text, params),
        details={"appointment": appointment.pk, **(details or {})},
    )
