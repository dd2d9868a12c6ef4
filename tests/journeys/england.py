"""England's schools with their real Key Stage 2 results, sizes and inspections, and a county of
small schools in clusters that are invented."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
from collections.abc import Iterator
from decimal import Decimal

from django.utils import timezone

from clusterwork.clusters.models import Cluster, Membership, Participation, Programme
from clusterwork.clusters.services.programmes import ProgrammeFacts, start_programme
from clusterwork.measures.models import Figure, Measure, Origin
from clusterwork.plans.models import Plan, Review, ReviewBody, Submission, Target
from clusterwork.registry.models import Assessment, Authority, Census, Grade, Scale, School
from tests.journeys.people import a_person, an_organisation
from tests.journeys.real_data import real

RWM = "ks2-rwm-expected"
LINCOLNSHIRE = "925"
BEGUN = dt.date(2017, 9, 1)
YEARS = (2016, 2017, 2018)
GRADES = ("Outstanding", "Good", "Requires improvement", "Satisfactory", "Inadequate")
BATCH = 5_000
N_CLUSTERS, A_CLUSTER = 12, 6


def rows_of(name: str) -> Iterator[dict[str, str]]:
    """The rows of an open file."""
    with gzip.open(real(name), "rt", encoding="utf-8-sig") as file:
        yield from csv.DictReader(file)


class England:
    """All primary schools of one national file that have results, and the county's programme."""

    def __init__(self) -> None:
        results = list(rows_of("ks2_england_2016_2019.csv.gz"))
        self.urns = {int(row["urn"]) for row in results}
        self.schools = self._schools()
        self._figures(results)
        self._censuses()
        self._inspections()
        self._county()

    def _schools(self) -> dict[int, School]:
        made: dict[int, School] = {}
        authorities: dict[str, Authority] = {}
        for row in rows_of("gias_england_20220425.csv.gz"):
            urn, code = int(row["URN"]), row["LA (code)"]
            if urn not in self.urns:
                continue
            if code not in authorities:
                authorities[code] = Authority.objects.create(
                    code=code, name=row["LA (name)"], country="E"
                )
            school = School(
                urn=urn,
                name=row["EstablishmentName"],
                authority=authorities[code],
                phase="primary",
                easting=int(row["Easting"] or 0) or None,
                northing=int(row["Northing"] or 0) or None,
            )
            school.refresh_keys()
            made[urn] = school
        School.objects.bulk_create(made.values(), batch_size=BATCH)
        self.lincolnshire = authorities[LINCOLNSHIRE]
        return made

    def _figures(self, results: list[dict[str, str]]) -> None:
        measure = Measure.objects.get(organisation=None, code=RWM)
        now = timezone.now()
        self.held: dict[int, set[int]] = {}
        found = []
        for row in results:
            school, value = self.schools.get(int(row["urn"])), row["ptrwm_exp"]
            if school is None or not value.replace(".", "").isdigit() or not row["telig"]:
                continue
            self.held.setdefault(int(row["urn"]), set()).add(int(row["year"]))
            found.append(
                Figure(
                    measure=measure,
                    school=school,
                    on=dt.date(int(row["year"]), 7, 31),
                    value=Decimal(value),
                    denominator=int(float(row["telig"])),
                    origin=Origin.UPLOAD,
                    is_public=True,
                    entered_at=now,
                )
            )
        Figure.objects.bulk_create(found, batch_size=BATCH)

    def _censuses(self) -> None:
        self.pupils: dict[int, int] = {}
        found = []
        for row in rows_of("census_england_201819.csv.gz"):
            urn = int(row["URN"]) if row["URN"].isdigit() else 0
            if urn in self.schools and row["NOR"].isdigit():
                self.pupils[urn] = int(row["NOR"])
                share = row["PNUMFSMEVER"]
                is_known = share.replace(".", "").isdigit()
                meals = min(1.0, float(share) / 100) if is_known else None
                school = self.schools[urn]
                found.append(
                    Census(school=school, year=2019, pupils=self.pupils[urn], fsm_share=meals)
                )
        Census.objects.bulk_create(found, batch_size=BATCH)

    def _inspections(self) -> None:
        scale = Scale.objects.create(code="ofsted", name="Ofsted: overall effectiveness")
        grades = {
            label: Grade.objects.create(scale=scale, code=label.lower(), label=label, position=n)
            for n, label in enumerate(GRADES)
        }
        found = {}
        for row in rows_of("ofsted_history_20200313.csv.gz"):
            school, grade = self.schools.get(int(row["urn"])), grades.get(row["rating"])
            if school and grade and row["inspection_date"]:
                on = dt.date.fromisoformat(row["inspection_date"])
                found[school.urn, on] = Assessment(school=school, scale=scale, grade=grade, on=on)
        Assessment.objects.bulk_create(found.values(), batch_size=BATCH)

    def _county(self) -> None:
        council = an_organisation("Lincolnshire County Council", colour="#1d70b8", is_welsh=True)
        council.authorities.set([self.lincolnshire])
        self.council = council
        self.officer = a_person(
            "olwen@lincs.example", "Olwen", "programme_officer", organisation=council
        )
        facts = ProgrammeFacts("Small schools together", "Ysgolion bach gyda’i gilydd", BEGUN, None)
        self.programme: Programme = start_programme(
            person=self.officer, day=timezone.localdate(), organisation=council, facts=facts
        )
        small = sorted(
            (
                school
                for urn, school in self.schools.items()
                if school.authority_id == self.lincolnshire.pk
                and self.pupils.get(urn, 999) <= 150
                and self.held.get(urn, set()) >= set(YEARS)
            ),
            key=lambda school: (school.easting or 0, school.northing or 0),
        )
        groups = [small[at * A_CLUSTER :][:A_CLUSTER] for at in range(N_CLUSTERS)]
        groups.sort(key=self._n_inspected, reverse=True)
        self.clusters = [self._cluster(number, some) for number, some in enumerate(groups, 1)]
        self.head = a_person("heledd@lincs.example", "Heledd", "headteacher", school=groups[0][0])
        self._plan(self.clusters[0])

    def _n_inspected(self, schools: list[School]) -> int:
        """How many inspections they had in the years of the results."""
        spell = (dt.date(2015, 9, 1), dt.date(2018, 8, 31))
        return Assessment.objects.filter(school__in=schools, on__range=spell).count()

    def _cluster(self, number: int, schools: list[School]) -> Cluster:
        cluster = Cluster.objects.create(
            organisation=self.council,
            working_name=f"Fen and Wold {number}",
            status="active",
            start_on=BEGUN,
        )
        for school in schools:
            Membership.objects.create(cluster=cluster, school=school, start_on=BEGUN)
        Participation.objects.create(programme=self.programme, cluster=cluster, start_on=BEGUN)
        return cluster

    def _plan(self, cluster: Cluster) -> None:
        """An approved plan with an aim, which was returned once."""
        plan = Plan.objects.create(
            cluster=cluster,
            title="Reading together",
            start_on=BEGUN,
            end_on=dt.date(2030, 9, 1),
        )
        Target.objects.create(
            plan=plan,
            measure=Measure.objects.get(organisation=None, code=RWM),
            group="all",
            baseline_value=61,
            baseline_on=dt.date(2017, 7, 31),
            baseline_source="Published results",
            wanted_value=70,
            wanted_on=dt.date(2020, 7, 31),
            horizon="medium",
        )
        Plan.objects.filter(pk=plan.pk).update(state="approved", approved_on=dt.date(2018, 1, 9))
        body = ReviewBody.objects.create(organisation=self.council, name="Officers")
        for number, state, on in ((1, "returned", (2017, 11, 20)), (2, "approved", (2018, 1, 9))):
            sent = Submission.objects.create(plan=plan, number=number, content={}, sha256="0" * 64)
            at = dt.datetime(*on, 12, tzinfo=dt.UTC)
            Review.objects.create(
                submission=sent, body=body, state=state, at=at, reasons="Say who leads on reading."
            )
