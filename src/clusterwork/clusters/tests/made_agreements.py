"""A cluster of five schools with heads, chairs of governors and a chair, and its agreements."""

from __future__ import annotations

import datetime as dt
from typing import Any

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import AgreementVersion, Appointment, SealedClause
from clusterwork.clusters.rules.agreements.blanks import blanks_in
from clusterwork.clusters.selectors.agreements import clauses_of, library_of
from clusterwork.clusters.services.agreements.drafting import (
    fill_blanks,
    pick_clauses,
    say_about,
)
from clusterwork.clusters.services.agreements.library import take_over_starter
from clusterwork.clusters.services.agreements.putting import put_to_schools
from clusterwork.clusters.services.agreements.signing import sign
from clusterwork.clusters.services.agreements.starting import start_version
from clusterwork.clusters.services.appointing import AppointmentFacts
from clusterwork.clusters.services.appointments import appoint
from clusterwork.clusters.tests.made import TODAY
from clusterwork.clusters.tests.made_clusters import Clusters
from clusterwork.clusters.tests.made_people import a_person
from clusterwork.registry.models import Affiliation, Partnership, School

NOW = dt.datetime.combine(TODAY, dt.time(10), tzinfo=dt.UTC)
UNTIL_REVIEW = dt.timedelta(280)


def link_for(pk: int, language: str) -> str:
    return f"/{language}/agreements/{pk}/"


def later(days: int) -> dt.datetime:
    """The same hour so many days after today."""
    return NOW + dt.timedelta(days)


class Five(Clusters):
    """Five maintained schools in a cluster, each with a head and a chair of governors, and the
    library that its organisation has taken over. `bare` leaves the library empty."""

    def __init__(self, *, bare: bool = False) -> None:
        super().__init__(6)
        self.five = self.schools[:5]
        self.cluster = self.open("Wolds", self.five)
        self.heads = [self._of(n, "headteacher", "Head") for n in range(6)]
        self.governors = [self._of(n, "chair_of_governors", "Governor") for n in range(6)]
        self.chair = self.heads[0]
        self.as_chair: dict[str, Any] = {"person": self.chair, "day": TODAY}
        if not bare:
            for kind in ("memorandum", "data_sharing"):
                take_over_starter(**self.who, organisation_pk=self.organisation.pk, kind=kind)

    def _of(self, n: int, kind: str, name: str) -> Person:
        return a_person(f"{name} {n}", kind, school=self.schools[n])

    def appoint(self, role: str, name: str, **told: Any) -> Appointment:
        facts = AppointmentFacts(**{"role": role, "name": name, "start_on": TODAY, **told})
        return appoint(**self.who, cluster_pk=self.cluster.pk, facts=facts)

    def group(self, kind: str, *schools: School, **facts: Any) -> Partnership:
        """A federation or a trust of these schools."""
        made = Partnership.objects.create(kind=kind, name=f"The {kind}", **facts)
        for each in schools:
            Affiliation.objects.create(school=each, partnership=made)
        return made

    def draft(self, kind: str = "memorandum") -> AgreementVersion:
        """A draft with every clause of the library."""
        version = start_version(**self.as_chair, cluster_pk=self.cluster.pk, kind=kind)
        if not version.clauses.exists():
            pks = [each.pk for each in library_of(self.organisation, kind)]
            pick_clauses(**self.as_chair, version_pk=version.pk, clause_pks=pks)
        return version

    def filled(self, kind: str = "memorandum") -> AgreementVersion:
        """A draft without a blank."""
        version = self.draft(kind)
        review = self.as_chair["day"] + UNTIL_REVIEW
        say_about(**self.as_chair, version_pk=version.pk, review_on=review)
        names = {n for each in clauses_of(version) for n in blanks_in(each.text, each.text_cy)}
        held = {name for each in clauses_of(version) for name in each.blanks}
        values = {name: (f"Some {name}", "") for name in names - held}
        fill_blanks(**self.as_chair, version_pk=version.pk, values=values)
        return version

    def put(self, kind: str = "memorandum", now: dt.datetime = NOW) -> AgreementVersion:
        """A version that the schools can sign."""
        version = self.filled(kind)
        return self.put_it(version, now)

    def put_it(self, version: AgreementVersion, now: dt.datetime = NOW) -> AgreementVersion:
        who = {"person": self.chair, "now": now, "link_for": link_for}
        return put_to_schools(**who, version_pk=version.pk)[0]

    def sign(self, version: AgreementVersion, person: Person, n: int, capacity: str,
             now: dt.datetime = NOW, **told: Any) -> list[Any]:  # fmt: skip
        """`person` signs for school `n`, having just signed in again."""
        facts = {"proved_at": now, "link_for": link_for, **told}
        return sign(
            person=person,
            now=now,
            version_pk=version.pk,
            school_pk=self.schools[n].pk,
            capacity=capacity,
            **facts,
        )

    def sign_for(self, version: AgreementVersion, n: int, now: dt.datetime = NOW) -> None:
        """Head and chair of governors of school `n`."""
        self.sign(version, self.heads[n], n, "head", now)
        self.sign(version, self.governors[n], n, "governors", now)

    def sign_all(self, version: AgreementVersion, now: dt.datetime = NOW) -> AgreementVersion:
        for n in range(5):
            self.sign_for(version, n, now)
        version.refresh_from_db()
        return version


def clause_of(version: AgreementVersion, section: str) -> SealedClause:
    """The first clause of a section."""
    return version.clauses.filter(section=section)[0]
