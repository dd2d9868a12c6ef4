"""Six schools of a county that decide together, each with its head, and their coordinator."""

from __future__ import annotations

import datetime as dt
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.utils import timezone

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import Appointment, Cluster
from clusterwork.clusters.services.appointing import AppointmentFacts
from clusterwork.clusters.services.appointments import appoint
from clusterwork.clusters.services.opening import ClusterPlan, PlannedSchool, open_clusters
from clusterwork.lookalike import build_county, write_county
from clusterwork.registry.models import Authority, Organisation, School
from clusterwork.registry.services.imports import import_register
from tests.journeys.people import a_person, an_organisation

HEADS = ("Ann", "Bethan", "Carys", "Dilys", "Elin", "Ffion")


@dataclass
class Deciders:
    """The cluster with its people."""

    council: Organisation
    cluster: Cluster
    schools: list[School]
    heads: list[Person]
    officer: Person


def after(days: int) -> dt.date:
    """The day so many days from today."""
    return timezone.localdate() + dt.timedelta(days=days)


def six_schools() -> Deciders:
    """An invented county's first six primaries, in a cluster for a year."""
    today = timezone.localdate()
    with tempfile.TemporaryDirectory() as folder:
        write_county(build_county(seed=5), Path(folder))
        import_register(Path(folder, "schools.csv"), source="gias", by=None, today=today)
    council = an_organisation("Wolderland County Council", colour="#1d70b8", is_welsh=True)
    council.authorities.set(Authority.objects.all())
    olwen = a_person("olwen@wolder.example", "Olwen", "programme_officer", organisation=council)
    found = School.objects.filter(phase="primary", status="open").order_by("pk")[: len(HEADS)]
    schools = sorted(found, key=lambda school: school.sort_key)
    heads = [
        a_person(f"{name.lower()}@wolder.example", f"{name} Head", "headteacher", school=school)
        for name, school in zip(HEADS, schools, strict=True)
    ]
    plan = ClusterPlan("South Wolds", [PlannedSchool(school.pk) for school in schools])
    who = {"person": olwen, "day": today}
    told = {"organisation": council, "plans": [plan], "start_on": after(-400), "status": "active"}
    cluster = open_clusters(**who, **told)[0]
    chair = AppointmentFacts(
        Appointment.Role.CHAIR,
        "Ann Head",
        after(-200),
        email="ann@wolder.example",
        school=schools[0],
    )
    appoint(**who, cluster_pk=cluster.pk, facts=chair)
    return Deciders(council, cluster, schools, heads, olwen)
