"""A county whose schools have figures, with a head, made for a test."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from clusterwork.accounts.models import Person, Role
from clusterwork.clusters.models import Cluster, Membership
from clusterwork.clusters.tests.made import TODAY, authority, officer, organisation, school
from clusterwork.measures.models import Figure, Measure
from clusterwork.measures.services.figures import FigureFacts, enter_figure
from clusterwork.registry.models import School

NOW = dt.datetime(2026, 11, 21, 10, 0, tzinfo=dt.UTC)
YEAR_END = dt.date(2026, 7, 31)
__all__ = ["NOW", "TODAY", "YEAR_END"]


def head(of: School, name: str = "Heledd") -> Person:
    person = Person.objects.create_user(f"{name.lower()}@example.org", "x" * 20, name=name)
    Role.objects.create(person=person, kind="headteacher", school=of, start_on=dt.date(2020, 1, 1))
    return person


def measure(code: str = "attendance") -> Measure:
    return Measure.objects.get(organisation=None, code=code)


def own_measure(of: Any, **facts: Any) -> Measure:
    told = {
        "code": "reading-age",
        "name": "Reading age",
        "unit": "points",
        "counts": "pupils",
        "direction": "higher",
        "way": "weighted",
        "covers": "day",
        "least": Decimal(0),
        "most": Decimal(200),
        "decimals": 1,
        "breakdowns": ["all", "boys", "girls"],
        "codes": ["x"],
        **facts,
    }
    return Measure.objects.create(organisation=of, **told)


class Place:
    """An authority with its organisation and officer; two schools in one cluster, one in none."""

    def __init__(self) -> None:
        self.authority = authority()
        self.organisation = organisation()
        self.organisation.authorities.add(self.authority)
        self.officer = officer(self.organisation)
        self.schools = [
            school(self.authority, 120_000 + n, name)
            for n, name in enumerate(("Ancaster", "Barkston", "Caythorpe"))
        ]
        self.own, self.other, self.outside = self.schools
        self.head = head(self.own)
        self.other_head = head(self.other, "Olive")
        self.outside_head = head(self.outside, "Oona")
        self.cluster = Cluster.objects.create(
            organisation=self.organisation,
            working_name="Sleaford",
            status="active",
            start_on=dt.date(2024, 9, 1),
        )
        for each in (self.own, self.other):
            Membership.objects.create(
                cluster=self.cluster, school=each, start_on=dt.date(2024, 9, 1)
            )

    def enter(self, written: str = "94.5", **facts: Any) -> Figure:
        """A figure of the head's own school, entered by her."""
        told: dict[str, Any] = {"on": YEAR_END, "written": written, **facts}
        code = told.pop("measure", "attendance")
        return enter_figure(
            person=told.pop("person", self.head),
            day=TODAY,
            now=NOW,
            subject="school",
            subject_pk=told.pop("school", self.own).pk,
            measure_pk=measure(code).pk,
            facts=FigureFacts(**told),
        )
