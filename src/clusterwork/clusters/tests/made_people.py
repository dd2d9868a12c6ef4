"""A cluster with its schools, their heads and whoever else a test of people needs."""

from __future__ import annotations

import datetime as dt
from typing import Any

from clusterwork.accounts.models import Person, Role
from clusterwork.clusters.models import Appointment, Rota
from clusterwork.clusters.services.appointing import AppointmentFacts
from clusterwork.clusters.services.appointments import appoint
from clusterwork.clusters.services.rotas import start_rota
from clusterwork.clusters.tests.made import TODAY
from clusterwork.clusters.tests.made_clusters import BEGUN, Clusters
from clusterwork.registry.models import School

AUTUMN = dt.date(2026, 9, 1)


def day(number: int) -> dt.date:
    """The day `number` days after today."""
    return TODAY + dt.timedelta(days=number)


def a_person(name: str, kind: str = "", **where: Any) -> Person:
    """Somebody with a sign-in, and perhaps a role."""
    email = f"{name.lower().replace(' ', '.')}@example.org"
    person = Person.objects.create_user(email, "x" * 20, name=name)
    if kind:
        Role.objects.create(person=person, kind=kind, start_on=dt.date(2020, 1, 1), **where)
    return person


class Six(Clusters):
    """A cluster of six schools, another of the other two, and the head of the first school."""

    def __init__(self) -> None:
        super().__init__(8)
        self.six = self.schools[:6]
        self.cluster = self.open("Wolds", self.six)
        self.other = self.open("Fens", self.schools[6:])
        self.head = a_person("Hana Jones", "headteacher", school=self.six[0])
        self.as_head: dict[str, Any] = {"person": self.head, "day": TODAY}

    def appoint(self, role: str, name: str = "Ann Lee", **told: Any) -> Appointment:
        """By the officer, from today on unless told."""
        who = {name: told.pop(name) for name in ("person", "day") if name in told}
        facts = AppointmentFacts(**{"role": role, "name": name, "start_on": TODAY, **told})
        return appoint(**{**self.who, **who}, cluster_pk=self.cluster.pk, facts=facts)

    def chair(self, school: School | None = None, **told: Any) -> Appointment:
        return self.appoint(Appointment.Role.CHAIR, school=school or self.six[0], **told)

    def rota(self, *schools: School, unit: str = Rota.Unit.MEETING, **told: Any) -> Rota:
        facts = {"start_on": AUTUMN, "schools": schools or self.six, **told}
        return start_rota(**self.who, cluster_pk=self.cluster.pk, unit=unit, **facts)


__all__ = ["AUTUMN", "BEGUN", "TODAY", "Six", "a_person", "day"]
