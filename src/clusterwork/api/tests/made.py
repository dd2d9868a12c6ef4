"""A county with a cluster in a programme, and people who ask."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from clusterwork.accounts.models import Person, Role
from clusterwork.accounts.services.api_tokens import make_api_token
from clusterwork.clusters.models import Appointment, Cluster, Membership, Participation
from clusterwork.clusters.tests.made import County

LONG_AGO = dt.date(2020, 9, 1)


class Asked:
    """One cluster of three schools since 2020, of which the third left in 2022."""

    def __init__(self) -> None:
        self.county = County(n_schools=4)
        self.cluster = Cluster.objects.create(
            organisation=self.county.organisation,
            working_name="Wold",
            status="active",
            start_on=LONG_AGO,
        )
        ends = (None, None, dt.date(2022, 9, 1))
        for school, end in zip(self.county.schools[:3], ends, strict=True):
            self.join(school, end)
        Participation.objects.create(
            cluster=self.cluster, programme=self.county.programme, start_on=LONG_AGO
        )
        Appointment.objects.create(
            cluster=self.cluster,
            role="chair",
            name="Ann",
            school=self.county.schools[0],
            start_on=LONG_AGO,
        )

    def join(self, school, end) -> None:
        Membership.objects.create(
            cluster=self.cluster,
            school=school,
            part="contributing",
            contributes="mathematics",
            start_on=LONG_AGO,
            end_on=end,
        )

    def head(self, number: int) -> Person:
        person = Person.objects.create_user(f"head{number}@example.org", "x" * 20, name="Head")
        Role.objects.create(
            person=person,
            kind="headteacher",
            school=self.county.schools[number],
            start_on=LONG_AGO,
        )
        return person


def key_of(person: Person, *, holds: dt.timedelta = dt.timedelta(days=1)) -> dict[str, str]:
    """The header with a new key of the person."""
    _, key = make_api_token(person=person, name="test", holds=holds, now=timezone.now())
    return {"Authorization": f"Bearer {key}"}
