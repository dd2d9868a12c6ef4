"""Special schools of two authorities that form a cluster themselves, made for a test."""

from __future__ import annotations

import datetime as dt
from typing import Any

from clusterwork.accounts.models import Person, Role
from clusterwork.clusters.models import Founding
from clusterwork.clusters.services.founding import invite_school, start_founding
from clusterwork.clusters.services.founding_answers import answer_founding
from clusterwork.clusters.services.founding_letters import Links
from clusterwork.clusters.services.recognition import ask_for_recognition
from clusterwork.clusters.tests.made import TODAY, authority, officer, organisation, school
from clusterwork.notify.models import Letter
from clusterwork.notify.seal import unseal
from clusterwork.registry.models import School

NOW = dt.datetime.combine(TODAY, dt.time(10), tzinfo=dt.UTC)
LONG_AGO = dt.date(2020, 1, 1)
LINKS = Links(
    answer=lambda token, language: f"/answer/{token}",
    founding=lambda pk, language: f"/founding/{pk}",
    cluster=lambda pk, language: f"/cluster/{pk}",
)
PURPOSE = "Moderate together and compare how our pupils get on."


def head_of(of: School, name: str) -> Person:
    person = Person.objects.create_user(f"{name.lower()}@example.org", "x" * 20, name=name)
    Role.objects.create(person=person, kind="headteacher", school=of, start_on=LONG_AGO)
    return person


class Region:
    """A consortium, its officer, and four special schools of which three have a head here."""

    def __init__(self, day: dt.date = TODAY) -> None:
        self.day = day
        self.now = dt.datetime.combine(day, dt.time(10), tzinfo=dt.UTC)
        caerphilly, torfaen = authority("676", "Caerphilly"), authority("678", "Torfaen")
        self.consortium = organisation("Education Achievement Service")
        self.consortium.authorities.set([caerphilly, torfaen])
        self.officer = officer(self.consortium)
        self.trinity, self.crownbridge, self.bryn, self.closed = (
            school(area, 900_001 + i, name, phase="special", **facts)
            for i, (area, name, facts) in enumerate(
                [
                    (caerphilly, "Trinity Fields School", {}),
                    (torfaen, "Crownbridge Special School", {}),
                    (torfaen, "Bryn Derw", {}),
                    (torfaen, "Mounton House", {"status": "closed", "closed_on": LONG_AGO}),
                ]
            )
        )
        self.head = head_of(self.trinity, "Tegwen")
        self.other_head = head_of(self.crownbridge, "Carys")
        self.founding = start_founding(
            person=self.head,
            day=day,
            now=self.now,
            school=self.trinity,
            organisation=self.consortium,
            working_name="Gwent special schools",
            purpose=PURPOSE,
        )

    @property
    def asked(self) -> dict[str, Any]:
        return {"person": self.head, "day": self.day, "now": self.now, "pk": self.founding.pk}

    def invite(self, invited: School, **other: Any) -> Any:
        asked = {**self.asked, "school_pk": invited.pk, "links": LINKS, **other}
        return invite_school(**asked)

    def answer(self, of: School, by: Person, reply: str = "joins", **other: Any) -> Any:
        words = {"reply": reply, "seen": self.founding.purpose_number, **other}
        return answer_founding(**{**self.asked, "person": by, "school_pk": of.pk, **words})

    def ask(self) -> Founding:
        return ask_for_recognition(**self.asked, links=LINKS)

    def gather(self) -> None:
        """Crownbridge is invited and joins."""
        self.invite(self.crownbridge)
        self.answer(self.crownbridge, self.other_head)

    def decide(self) -> dict[str, Any]:
        return {**self.asked, "person": self.officer, "links": LINKS}


def token_to(person: Person) -> str:
    """What the link in the last letter to the person carries."""
    letter = Letter.objects.filter(person_id=person.pk).latest("pk")
    return unseal(letter.sealed)["link"].removeprefix("/answer/")
