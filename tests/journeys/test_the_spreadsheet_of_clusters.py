"""The spreadsheet of thirty-five clusters: nine mistakes, each put right by its row.

The EAS clusters report's thirty-five clusters, one about each school that teaches to sixteen in
the region's real register, with their primaries, since years between 2011 and 2018.
"""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.utils import timezone

from clusterwork.clusters.models import Appointment, Cluster, Membership, Programme
from clusterwork.clusters.selectors.memberships import memberships_on
from clusterwork.registry.models import Authority, OrganisationKind, School, SchoolLink
from clusterwork.registry.services.imports import import_register
from tests.journeys.clusters_of_a_region import (
    MOVED_ON,
    as_workbook,
    spreadsheet,
    with_nine_mistakes,
)
from tests.journeys.people import a_person, an_organisation
from tests.journeys.real_data import real

pytestmark = [pytest.mark.browser, pytest.mark.real_data]

# What the page says of each mistake, and in which column of the officer's own sheet.
SAID = {
    "near name": ("School", "has this name.*Nearest: "),
    "closed": ("URN", "The school has closed: Hen Ysgol .*31 August 2018.*Pengam Primary"),
    "no date": ("From", "This is not a date"),
    "backwards": ("Until", "The end must come after the start"),
    "second chair": ("Chair", "Two chairs on one day. The other: Chair 8"),
    "word": ("Part", "Known are: core, lead, contributing"),
    "other beginning": ("Cluster since", "Another row of the same cluster says otherwise"),
    "twice": ("From", "It is in the cluster twice for part of the time"),
    "two clusters": ("URN", "one cluster at a time. Programme: Pyramids"),
}


@pytest.fixture
def officer(visit):
    """Somebody in the consortium, with a programme that allows a school one cluster."""
    file = real("wales_sewales_schools.csv.gz")
    import_register(file, source="wales", by=None, today=timezone.localdate())
    region = an_organisation(
        "Education Achievement Service", kind=OrganisationKind.CONSORTIUM, is_welsh=True
    )
    region.authorities.set(Authority.objects.all())
    Programme.objects.create(
        organisation=region,
        name="Pyramids",
        starts_on=dt.date(2011, 9, 1),
        one_cluster_a_school=True,
    )
    a_closed_school()
    a_person("olwen@region.example", "Olwen", "programme_officer", organisation=region)
    visitor = visit()
    visitor.sign_in("olwen@region.example")
    return visitor


def a_closed_school() -> None:
    School.objects.create(
        authority=Authority.objects.get(code="676"),
        welsh_number="6762001",
        name="Hen Ysgol Pengam",
        phase="primary",
        status="closed",
        closed_on=dt.date(2018, 8, 31),
    )
    SchoolLink.objects.create(
        number="6762001", other_number="6762058", other_name="Pengam Primary", kind="successor"
    )


def upload(officer, file) -> None:
    officer.open("/clusters/")
    officer.follow("Bring clusters in from a spreadsheet")
    officer.attach("Spreadsheet", file)
    officer.press("Upload and see what would change")


def row_of(officer, line: int):
    return officer.page.locator("tr", has=officer.page.get_by_role("rowheader", name=str(line)))


def test_the_spreadsheet_of_thirty_five_clusters(officer, tmp_path):
    right = spreadsheet()
    wrong, line = with_nine_mistakes(right)
    officer.open("/clusters/arriving/")
    officer.look("clusters-arriving")

    upload(officer, as_workbook(wrong, tmp_path / "Clusters 2026.xlsx"))
    officer.sees("9 rows cannot be taken.")
    for what, (column, words) in SAID.items():
        told = row_of(officer, line[what]).first.inner_text()
        assert column in told and re.search(words, told, re.DOTALL), f"{what}: {told}"
    officer.look("clusters-arrival-mistakes")
    assert not Cluster.objects.exists()
    officer.press("Put the file aside and change nothing")
    officer.sees("The file was put aside. The clusters are as they were.")

    upload(officer, as_workbook(right, tmp_path / "Clusters 2026 mended.xlsx"))
    officer.sees(re.compile(rf"Rows read\s*{len(right)}"))
    officer.sees("Bring in 35 clusters")
    officer.look("clusters-arrival-good")
    officer.press("Bring in 35 clusters")
    officer.sees("The clusters of the file are brought in.")
    assert (Cluster.objects.count(), Membership.objects.count()) == (35, len(right))
    assert Appointment.objects.filter(role="chair").count() == 35

    officer.open("/clusters/")
    officer.sees("35 clusters.")
    officer.look("clusters-brought-in")
    look_at_the_past(officer, right)
    the_same_file_again(officer, right, tmp_path)


def look_at_the_past(officer, rows) -> None:
    """Who was in a cluster on the day before some went to another, and on that day."""
    began = [row["Cluster since"] for row in rows if row.get("Cluster")]
    officer.open("/clusters/?on=2012-01-01")
    officer.sees(f"{sum(day <= dt.date(2012, 1, 1) for day in began)} clusters.")
    left = sum(1 for row in rows if row.get("Until") == MOVED_ON)
    came = sum(1 for row in rows if row.get("From") == MOVED_ON)
    before = memberships_on(MOVED_ON - dt.timedelta(days=1)).count()
    assert memberships_on(MOVED_ON).count() == before - left + came


def the_same_file_again(officer, rows, tmp_path) -> None:
    upload(officer, as_workbook(rows, tmp_path / "Again.xlsx"))
    officer.sees("Nothing would change: all of this is held already.")
    later = [dict(row) for row in rows]
    later[1].update({"Until": dt.date(2025, 9, 1), "Why left": "Too far away"})
    upload(officer, as_workbook(later, tmp_path / "Next year.xlsx"))
    officer.sees("One change is of the past.")
    officer.look("clusters-arrival-past")
    officer.tick("Change what is held of days that are past. Changes: 1")
    officer.press("Make 1 change")
    officer.sees("Brought in, with one change.")
    ended = Membership.objects.get(reason="Too far away")
    assert (ended.end_on, ended.ended_by) == (dt.date(2025, 9, 1), "left")
