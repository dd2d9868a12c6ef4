"""A county, its officer, a programme and an exercise, made for a test."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from clusterwork.accounts.models import Person, Role
from clusterwork.clusters.models import Formation, Programme, Proposal
from clusterwork.clusters.services.formations import choose_schools, start_formation
from clusterwork.clusters.services.programmes import ProgrammeFacts, start_programme
from clusterwork.clusters.services.proposals import ask_for_proposal
from clusterwork.registry.models import Authority, Census, Organisation, School

TODAY = dt.date(2026, 11, 21)
FACTS = ProgrammeFacts("Small schools", "", dt.date(2027, 9, 1), None)


def organisation(name: str = "Lincolnshire", **facts: Any) -> Organisation:
    return Organisation.objects.create(kind="authority", name=name, **facts)


def authority(code: str = "925", name: str = "Lincolnshire") -> Authority:
    return Authority.objects.create(code=code, name=name, country="E")


def officer(of: Organisation, name: str = "Olwen") -> Person:
    person = Person.objects.create_user(f"{name.lower()}@example.org", "x" * 20, name=name)
    Role.objects.create(
        person=person, kind="programme_officer", organisation=of, start_on=dt.date(2020, 1, 1)
    )
    return person


def school(of: Authority, urn: int, name: str, **facts: Any) -> School:
    told = {"phase": "primary", "easting": 500_000, "northing": 350_000, **facts}
    return School.objects.create(urn=urn, name=name, authority=of, **told)


def schools(of: Authority, n: int, *, pupils: int = 80) -> list[School]:
    """`n` primaries at random places of a county of 20 by 20 km, the same each time."""
    places = random.Random(7)
    made = [
        School(
            urn=900_000 + i,
            name=f"Village {i:03} Primary School",
            authority=of,
            phase="primary",
            easting=500_000 + places.randrange(20_000),
            northing=330_000 + places.randrange(20_000),
            latitude=52.9 + places.random() / 2,
            longitude=-0.5 + places.random() / 2,
        )
        for i in range(n)
    ]
    for each in made:
        each.refresh_keys()
    School.objects.bulk_create(made)
    Census.objects.bulk_create(
        Census(school=each, year=2026, pupils=pupils + i, fsm_share=0.2)
        for i, each in enumerate(made)
    )
    return made


class County:
    """An organisation with its authority, officer, programme, exercise and chosen schools."""

    def __init__(self, n_schools: int = 12, kind: str = Formation.Kind.NEIGHBOURHOOD) -> None:
        self.authority = authority()
        self.organisation = organisation()
        self.organisation.authorities.add(self.authority)
        self.officer = officer(self.organisation)
        self.programme = start_programme(
            person=self.officer, day=TODAY, organisation=self.organisation, facts=FACTS
        )
        self.formation = start_formation(
            person=self.officer,
            day=TODAY,
            programme_pk=self.programme.pk,
            name="The smallest",
            kind=kind,
        )
        self.schools = schools(self.authority, n_schools)
        self.choose(*self.schools)

    def choose(self, *chosen: School) -> int:
        ids = [each.pk for each in chosen]
        return choose_schools(person=self.officer, day=TODAY, pk=self.formation.pk, school_ids=ids)

    def ask(self, *, policy: int = 1, seed: int = 1, time_limit_s: int = 30) -> Proposal:
        return ask_for_proposal(
            person=self.officer,
            day=TODAY,
            pk=self.formation.pk,
            policy_number=policy,
            seed=seed,
            time_limit_s=time_limit_s,
        )

    def set_policy(self, **changed: dict[str, Any]) -> int:
        """Saves a version with these sections changed; its number."""
        from clusterwork.clusters.services.programmes import save_policy

        last = Programme.objects.get(pk=self.programme.pk).policies.all()[0]
        mapping = {name: {**rules, **changed.get(name, {})} for name, rules in last.mapping.items()}
        saved = save_policy(
            person=self.officer,
            day=TODAY,
            pk=self.programme.pk,
            mapping=mapping,
            seen=last.number,
        )
        return saved.number
