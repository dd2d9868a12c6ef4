"""Five small rural schools in a cluster of a programme, with what they said a year ago."""

from __future__ import annotations

import datetime as dt
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.utils import timezone

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import Appointment, Cluster, Programme
from clusterwork.clusters.services.appointing import AppointmentFacts
from clusterwork.clusters.services.appointments import appoint
from clusterwork.clusters.services.opening import ClusterPlan, PlannedSchool, open_clusters
from clusterwork.clusters.services.participations import take_in_all
from clusterwork.clusters.services.programmes import ProgrammeFacts, start_programme
from clusterwork.lookalike import build_county, write_county
from clusterwork.plans.models import Need, NeedsStatement
from clusterwork.plans.rules.years import year_of
from clusterwork.registry.models import Authority, Census, Organisation, School
from clusterwork.registry.services.imports import import_register
from clusterwork.registry.services.lists import load_census
from tests.journeys.a_region import apart
from tests.journeys.people import a_person, an_organisation

HEADS = ("Ann", "Bethan", "Carys", "Dilys", "Elin")
SMALL = 110  # pupils on roll
LATEST = 2026  # the last census of the invented county
LAST_YEAR = (
    ("priority", "literacy", "Boys’ writing in Years 3 and 4"),
    ("priority", "leadership", "Two of us do every job there is"),
)


@dataclass
class Five:
    """The cluster, its schools by name, their heads, its coordinator and the county's officer."""

    council: Organisation
    programme: Programme
    cluster: Cluster
    schools: list[School]
    heads: list[Person]
    coordinator: Person
    officer: Person

    @property
    def year(self) -> int:
        """The school year of today."""
        return year_of(timezone.localdate())


def after(days: int) -> dt.date:
    """The day so many days from today."""
    return timezone.localdate() + dt.timedelta(days=days)


def five_schools(*, language: str = "en-gb") -> Five:
    """Five small primaries near one another, and two more such clusters beside theirs."""
    today = timezone.localdate()
    with tempfile.TemporaryDirectory() as folder:
        write_county(build_county(seed=11), Path(folder))
        import_register(Path(folder, "schools.csv"), source="gias", by=None, today=today)
        for year in range(LATEST - 2, LATEST + 1):
            load_census(Path(folder, f"census_{year}.csv"), year=year, by=None, today=today)
    council = an_organisation(
        "Wolderland County Council",
        name_cy="Cyngor Sir Wolderland",
        colour="#1d70b8",
        is_welsh=True,
    )
    council.authorities.set(Authority.objects.all())
    olwen = a_person("olwen@wolder.example", "Olwen", "programme_officer", organisation=council)
    who = {"person": olwen, "day": today}
    facts = ProgrammeFacts("Small rural schools", "Ysgolion bach gwledig", after(-30), None)
    programme = start_programme(**who, organisation=council, facts=facts)
    groups = neighbourhoods(3, len(HEADS))
    names = ("Upper Wold", "Fen Edge", "Marsh Villages")
    plans = [
        ClusterPlan(name, [PlannedSchool(each.pk) for each in schools])
        for name, schools in zip(names, groups, strict=True)
    ]
    told = {"organisation": council, "plans": plans, "start_on": after(-400), "status": "active"}
    clusters = open_clusters(**who, **told)
    take_in_all(
        **who, pk=programme.pk, cluster_pks=[each.pk for each in clusters], start_on=after(-20)
    )
    schools = sorted(groups[0], key=lambda school: school.sort_key)
    heads = [
        a_person(f"{name.lower()}@wolder.example", f"{name} Head", "headteacher", school=school)
        for name, school in zip(HEADS, schools, strict=True)
    ]
    for person in heads:
        Person.objects.filter(pk=person.pk).update(language=language)
    cora = a_person("cora@wolder.example", "Cora Dean", "school_staff", school=schools[0])
    role = AppointmentFacts(
        Appointment.Role.COORDINATOR, "Cora Dean", today, email="cora@wolder.example"
    )
    appoint(**who, cluster_pk=clusters[0].pk, facts=role)
    said_last_year(schools[0])
    return Five(council, programme, clusters[0], schools, heads, cora, olwen)


def neighbourhoods(n: int, size: int) -> list[list[School]]:
    """`n` groups of `size` small primaries, each the first left with those nearest to it."""
    small = Census.objects.filter(year=LATEST, pupils__lte=SMALL).values("school")
    rows = School.objects.filter(phase="primary", status="open", easting__isnull=False)
    left = list(rows.filter(pk__in=small).order_by("pk"))
    found = []
    for _ in range(n):
        near = sorted(left, key=lambda each: (apart(left[0], each), each.pk))[:size]
        left = [each for each in left if each not in near]
        found.append(near)
    return found


def said_last_year(school: School) -> None:
    """Two priorities of the statement before this one."""
    now = timezone.now()
    made = NeedsStatement.objects.create(
        school=school,
        year=year_of(timezone.localdate()) - 1,
        state="sent",
        sent_at=now - dt.timedelta(days=300),
    )
    for place, (kind, area, text) in enumerate(LAST_YEAR):
        Need.objects.create(statement=made, kind=kind, area=area, text=text, place=place)
