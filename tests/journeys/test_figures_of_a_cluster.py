"""Figures of a cluster: an officer brings published results in, a head corrects, says why, and
releases what only her school knows; until then the cluster sees totals.

"No one's pointing fingers" (EAS 4.3.5): a school's own figures are its own until its head says
otherwise, while published results are public anyway and say so.
"""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import re
from pathlib import Path

import pytest
from django.utils import timezone

from clusterwork.clusters.models import (
    Agreement,
    AgreementKind,
    AgreementVersion,
    Cluster,
    Membership,
    Participation,
)
from clusterwork.clusters.services.programmes import ProgrammeFacts, start_programme
from clusterwork.measures.models import Figure, Measure, Origin
from clusterwork.registry.models import Authority, School
from tests.journeys.people import a_person, an_organisation
from tests.journeys.real_data import real

pytestmark = [pytest.mark.browser, pytest.mark.real_data]

BEGUN = dt.date(2015, 9, 1)
NAMES = ("Ancaster", "Barkston", "Caythorpe", "Denton", "Edenham", "Fulbeck")


@pytest.fixture
def results(tmp_path) -> Path:
    """The rows of the first six schools of the published file that have all four years."""
    rows: dict[str, list[dict[str, str]]] = {}
    with gzip.open(real("ks2_england_2016_2019.csv.gz"), "rt", encoding="utf-8") as file:
        reader = csv.DictReader(file)
        for row in reader:
            rows.setdefault(row["urn"], []).append(row)
            six = [urn for urn, own in rows.items() if len(own) == 4][: len(NAMES)]
            if len(six) == len(NAMES):
                break
    path = tmp_path / "ks2.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, reader.fieldnames)
        writer.writeheader()
        writer.writerows(row for urn in six for row in rows[urn])
    return path


@pytest.fixture
def fen(transactional_db, results) -> Cluster:
    """Six schools in a cluster with a data-sharing agreement, in a programme."""
    urns = sorted({line.split(",")[0] for line in results.read_text().splitlines()[1:]})
    council = an_organisation("Wolderland County Council", colour="#1d70b8", is_welsh=True)
    authority = Authority.objects.create(code="991", name="Wolderland", country="E")
    council.authorities.set([authority])
    olwen = a_person("olwen@wolder.example", "Olwen", "programme_officer", organisation=council)
    cluster = Cluster.objects.create(
        organisation=council, working_name="South Wolds", status="active", start_on=BEGUN
    )
    for urn, name in zip(urns, NAMES, strict=True):
        school = School.objects.create(
            urn=int(urn), name=f"{name} Primary School", authority=authority, phase="primary"
        )
        Membership.objects.create(cluster=cluster, school=school, start_on=BEGUN)
        a_person(f"{name.lower()}@wolder.example", f"{name} Head", "headteacher", school=school)
    agreement = Agreement.objects.create(cluster=cluster, kind=AgreementKind.DATA_SHARING)
    AgreementVersion.objects.create(
        agreement=agreement,
        number=1,
        state=AgreementVersion.State.IN_FORCE,
        in_force_on=dt.date(2025, 9, 1),
    )
    facts = ProgrammeFacts("Together", "Gyda’n gilydd", BEGUN, None)
    day = dt.date(2026, 9, 1)
    programme = start_programme(person=olwen, day=day, organisation=council, facts=facts)
    Participation.objects.create(programme=programme, cluster=cluster, start_on=BEGUN)
    return cluster


def the_officer_uploads(officer, results: Path) -> None:
    officer.open("/schools/measures/")
    officer.look("measures")
    officer.follow("Key Stage 2, expected standard: reading, writing and mathematics")
    officer.look("measure")
    officer.open("/schools/figures/files/")
    officer.follow("Upload a file")
    officer.look("figures-upload")
    officer.tick("Key Stage 2 results (England, performance tables)")
    officer.attach("File", results)
    officer.press("Read the file")
    officer.sees(re.compile(r"[\d,]+ figures would be loaded. Nothing is changed yet."))
    officer.look("figures-staged")
    officer.press("Load")
    officer.sees("The figures of the file are loaded.")
    officer.open("/schools/figures/files/")
    officer.look("figures-files")


def the_head_enters_and_comments(head, school: School) -> None:
    attendance = Measure.objects.get(organisation=None, code="attendance")
    head.open(f"/schools/{school.pk}/figures/")
    head.sees("All of them are published nationally.")
    head.look("school-figures")
    head.follow("Enter a figure")
    head.choose("Measure", str(attendance))
    head.press("Continue")
    head.choose("School year", "2024/25")
    head.fill("Value", "194.5")
    head.press("Keep the figure")
    head.sees("This is not a percentage from 0 to 100: 194.5.")
    head.check("figure-enter")  # a page that answers what was sent is not loaded anew
    head.fill("Value", "94.5")
    head.fill("Number counted", "61")
    head.press("Keep the figure")
    head.sees("The figure is kept, and seen by your school alone.")
    head.look("school-measure")
    head.follow("2024/25")
    head.follow("Correct this figure")
    head.look("figure-correct")
    head.fill("Value", "95.1")
    head.fill("Why it is corrected", "Two pupils were counted twice.")
    head.press("Correct the figure")
    head.sees("The figure is corrected. The earlier value is kept.")
    head.fill("Your comment", "A week was lost to flooding in February.")
    head.press("Add the comment")
    head.sees("Your comment stands beside the figure.")
    head.look("figure")


def the_cluster_sees_totals(other, cluster: Cluster) -> None:
    other.open(f"/clusters/{cluster.pk}/figures/")
    other.sees("Figures of the schools together")
    other.look("cluster-figures")
    attendance = Measure.objects.get(organisation=None, code="attendance")
    other.open(f"/clusters/{cluster.pk}/figures/{attendance.pk}/")
    other.sees("not released")
    assert "95.1" not in other.page.locator("main").inner_text()
    other.look("cluster-measure-hidden")


def the_head_releases(head, cluster: Cluster) -> None:
    head.open("/")
    head.sees("Look at your school’s new figures and release them")
    head.follow("Look at your school’s new figures")
    head.look("release-choose")
    head.press("Look at what others will see")
    head.sees("Tick at least one measure, or release all figures.")
    head.page.get_by_label(re.compile("Attendance: ")).check()
    head.press("Look at what others will see")
    head.sees("What others will see")
    head.check("release-check")
    head.picture("release-check", top="main", height=900)
    head.press("Release one figure to the cluster")
    head.sees("The figures are released: South Wolds")
    head.look("school-figures-released")


def the_cluster_sees_each(other, cluster: Cluster) -> None:
    rwm = Measure.objects.get(organisation=None, code="ks2-rwm-expected")
    attendance = Measure.objects.get(organisation=None, code="attendance")
    other.open(f"/clusters/{cluster.pk}/figures/{attendance.pk}/")
    other.sees("95.1")
    other.open(f"/clusters/{cluster.pk}/figures/{rwm.pk}/")
    other.sees("6 of 6")
    other.look("cluster-measure")


def the_officer_looks_over_the_programme(officer) -> None:
    officer.open("/programmes/")
    officer.follow("Together")
    officer.page.locator(".cw-sub-navigation").get_by_role("link", name="Figures").click()
    officer.sees("All clusters together")
    officer.look("programme-figures")


def the_officer_looks_over_the_authority(officer) -> None:
    officer.open("/")
    officer.follow("Wolderland")
    officer.sees("Totals put together the authority’s schools")
    officer.look("authority-figures")
    officer.follow("Key Stage 2, expected standard: reading, writing and mathematics")
    officer.sees("6 of 6")
    officer.look("authority-measure")


def the_cluster_enters_a_figure_of_its_own(head, cluster: Cluster) -> None:
    confidence = Measure.objects.get(organisation=None, code="staff-confidence")
    head.open(f"/clusters/{cluster.pk}/figures/")
    head.follow("Enter a figure of the cluster")
    head.look("cluster-figure-choose")
    head.choose("Measure", str(confidence))
    head.press("Continue")
    head.fill("Day", "2025-10-01")
    head.fill("Value", "50")
    head.fill("Number counted", "6")
    head.press("Keep the figure")
    head.sees("This figure would tell of few people.")
    head.check("cluster-figure-refused")
    head.fill("Number counted", "60")
    head.fill("Source", "Our survey of October")
    head.press("Keep the figure")
    head.sees("One figure of the cluster itself.")
    head.look("cluster-own-figures")


def the_officer_adds_words(officer) -> None:
    officer.open("/schools/measures/")
    officer.follow("Groups and codes")
    officer.look("measure-words")
    officer.follow("Add a code")
    officer.look("figure-code-new")
    officer.fill("Name", "Absent on the day")
    officer.fill("Code in files", "99")
    officer.choose("What it stands for", "Not available")
    officer.press("Add the code")
    officer.sees("This code would be read as a number: 99.")
    officer.fill("Code in files", "ABS")
    officer.press("Add the code")
    officer.sees("The code is added.")


def test_figures_of_a_cluster(visit, fen, results):
    officer, head, other = visit(), visit(), visit()
    first = fen.memberships.order_by("school__name").first().school
    officer.sign_in("olwen@wolder.example")
    the_officer_uploads(officer, results)
    assert Figure.objects.filter(is_public=True).count() > 300
    head.sign_in("ancaster@wolder.example")
    the_head_enters_and_comments(head, first)
    other.sign_in("barkston@wolder.example")
    the_cluster_sees_totals(other, fen)
    the_head_releases(head, fen)
    the_cluster_sees_each(other, fen)
    the_officer_looks_over_the_programme(officer)


def test_figures_of_the_authority_and_of_the_cluster_itself(visit, fen):
    rwm = Measure.objects.get(organisation=None, code="ks2-rwm-expected")
    for n, school in enumerate(School.objects.order_by("pk")):
        Figure.objects.create(
            measure=rwm, school=school, on=dt.date(2025, 7, 31), value=60 + n, denominator=20,
            is_public=True, origin=Origin.UPLOAD, entered_at=timezone.now(),
        )  # fmt: skip
    officer, head = visit(), visit()
    officer.sign_in("olwen@wolder.example")
    the_officer_looks_over_the_authority(officer)
    the_officer_adds_words(officer)
    head.sign_in("ancaster@wolder.example")
    the_cluster_enters_a_figure_of_its_own(head, fen)
