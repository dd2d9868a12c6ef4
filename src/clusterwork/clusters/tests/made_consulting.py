"""An exercise whose schools have heads, is asked first, and is put to them; made for a test."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from clusterwork.accounts.models import Delegation, Person, Role
from clusterwork.clusters.models import Answer, AskedSchool, Asking, Round
from clusterwork.clusters.services.answers import answer_place
from clusterwork.clusters.services.asking import Line, answer_asking, open_asking
from clusterwork.clusters.services.rounds import publish_round
from clusterwork.clusters.tests.invented import proposal_made
from clusterwork.clusters.tests.made import TODAY, County
from clusterwork.registry.models import School

# A Monday in term; the closing dates leave three school weeks and lie before Christmas.
OPENED = dt.date(2026, 11, 23)
CLOSES = dt.date(2026, 12, 15)
SOON = dt.date(2026, 12, 3)


def at(day: dt.date, hour: int = 12) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day, hour, tzinfo=dt.UTC)


def link(token: str, language: str) -> str:
    return f"http://test/{language}/{token}"


def head_of(school: School, name: str = "") -> Person:
    local = name or f"head{school.pk}"
    person = Person.objects.filter(email=f"{local}@example.org").first()
    person = person or Person.objects.create_user(f"{local}@example.org", "x" * 20, name=local)
    Role.objects.create(
        person=person, kind="headteacher", school=school, start_on=dt.date(2020, 1, 1)
    )
    return person


def named_by(head: Person, school: School, name: str = "Deputy", **may: Any) -> Person:
    person = Person.objects.create_user(f"{name.lower()}@example.org", "x" * 20, name=name)
    told = {"may_prepare": True, "may_send": True, **may}
    Delegation.objects.create(
        school=school, named_by=head, person=person, start_on=TODAY - dt.timedelta(days=9), **told
    )
    return person


class Consulted(County):
    """A county whose first three schools have a head each."""

    def __init__(self, n_schools: int = 12) -> None:
        super().__init__(n_schools)
        self.heads = [head_of(each) for each in self.schools[:3]]

    def ask_first(self, closes_on: dt.date = SOON) -> Asking:
        return open_asking(
            person=self.officer, now=at(OPENED), pk=self.formation.pk, closes_on=closes_on,
            link_for=link,
        )  # fmt: skip

    def asked(self, asking: Asking, at_school: int = 0) -> AskedSchool:
        return asking.asked.get(school=self.schools[at_school])

    def wish(
        self, asking: Asking, kind: str, other: int | str, at_school: int = 0, **facts: Any
    ) -> AskedSchool:
        lines = [self.line(kind, other, **facts)]
        return self.say(asking, lines, at_school)

    def line(self, kind: str, other: int | str, **facts: Any) -> Line:
        if isinstance(other, str):
            return Line(kind, None, other, **facts)
        return Line(kind, self.schools[other], **facts)

    def say(self, asking: Asking, lines: Sequence[Line], at_school: int = 0) -> AskedSchool:
        return answer_asking(
            person=self.heads[at_school], now=at(OPENED), pk=self.asked(asking, at_school).pk,
            lines=lines,
        )  # fmt: skip

    def put(self, proposal: Any = None, now: dt.date = OPENED, **facts: Any) -> Round:
        proposal = proposal or proposal_made(self)
        told = {"closes_on": CLOSES, "message": "Tell us what you think.", **facts}
        return publish_round(
            person=self.officer, now=at(now), pk=proposal.pk, link_for=link, **told
        )

    def answer(
        self, found: Round, kind: str, at_school: int = 0, day: dt.date = OPENED, **facts: Any
    ) -> Answer:
        return answer_place(
            person=self.heads[at_school],
            now=at(day),
            round_pk=found.pk,
            school_pk=self.schools[at_school].pk,
            kind=kind,
            **facts,
        )
