"""A school joins, a school closes, two clusters merge, one splits; what earlier days say stays.

The EAS clusters report's region: "the clusters had been in existence for between four and fifteen
years", and in that time schools came and went. An officer keeps four of them.
"""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.utils import timezone

from clusterwork.clusters.models import Cluster, Lineage
from clusterwork.clusters.selectors.memberships import school_ids_in
from clusterwork.clusters.services.opening import ClusterPlan, PlannedSchool, open_clusters
from clusterwork.registry.models import Authority, Organisation, Phase, School
from tests.journeys.a_region import a_region, pyramids
from tests.journeys.people import a_person

pytestmark = pytest.mark.browser

BEGAN, EARLIER = dt.date(2018, 9, 1), dt.date(2020, 1, 15)
NAMES = ("Upper Usk", "Lower Usk", "Ebbw", "Sirhowy")


@pytest.fixture
def region(transactional_db, tmp_path) -> Organisation:
    return a_region(tmp_path)


@pytest.fixture
def officer(region, visit):
    """Keeps four clusters of seven schools each, at work since 2018."""
    person = a_person("olwen@region.example", "Olwen", "programme_officer", organisation=region)
    open_clusters(
        person=person,
        day=timezone.localdate(),
        organisation=region,
        plans=[
            ClusterPlan(name, [PlannedSchool(each.pk) for each in schools])
            for name, schools in zip(NAMES, pyramids(4, 6), strict=True)
        ],
        start_on=BEGAN,
        status="active",
    )
    a_closed_school()
    visitor = visit()
    visitor.sign_in("olwen@region.example")
    return visitor


def a_closed_school() -> None:
    School.objects.create(
        authority=Authority.objects.order_by("code")[0],
        welsh_number="6799999",
        name="Hen Ysgol y Bont",
        phase=Phase.PRIMARY,
        status="closed",
        closed_on=dt.date(2016, 8, 31),
    )


def address_of(name: str) -> str:
    return f"/clusters/{Cluster.objects.get(working_name=name).pk}/"


def free_school() -> School:
    """A primary that is in none of the clusters."""
    taken = School.objects.filter(pk__in=[pk for name in NAMES for pk in ids_in(name, BEGAN)])
    return School.objects.filter(phase=Phase.PRIMARY, status="open").exclude(pk__in=taken)[0]


def ids_in(name: str, day: dt.date) -> set[int]:
    cluster = Cluster.objects.get(working_name=name)
    return {pk for pk in school_ids_in(cluster, day) if pk}


def earlier_pages(officer) -> dict[str, str]:
    """What the pages of an earlier day say, word for word."""
    said = {}
    for name in NAMES:
        for part in ("", "members/", "standing/"):
            officer.open(f"{address_of(name)}{part}?on={EARLIER}")
            said[f"{name} {part}"] = words_on(officer.page)
    officer.open(f"/clusters/?on={EARLIER}")
    said["all"] = words_on(officer.page)
    return said


def words_on(page) -> str:
    """All that the page says, but for the map, which draws itself, and what one may filter by."""
    words = page.evaluate(
        """() => {
            const main = document.querySelector("main").cloneNode(true);
            for (const each of main.querySelectorAll("#map, .cw-map__choice, form")) each.remove();
            return main.textContent;
        }"""
    )
    return " ".join(words.split())


def look_at_what_there_is(officer) -> None:
    officer.follow("Clusters")
    officer.sees("4 clusters.")
    officer.look("clusters")
    officer.follow("Upper Usk")
    officer.sees("At work since 1 September 2018, with 7 schools.")
    officer.page.wait_for_selector("[data-idle]", timeout=60_000)
    officer.look("cluster")
    officer.follow("How it stands")
    officer.look("cluster-standing-empty")
    officer.follow("Describe how it stands")
    officer.look("cluster-standing-change")
    for role, name in (
        ("radio", "^Voluntary:"),
        ("radio", "^2. Informal local"),
        ("checkbox", "^Pedagogic:"),
    ):
        officer.page.get_by_role(role, name=re.compile(name)).check()
    officer.fill("Who to ring: name", "Mair at the council")
    officer.fill("Telephone", "01633 000000")
    officer.press("Save how it stands from that day")
    officer.sees("Described so since")
    officer.look("cluster-standing")


def a_school_joins(officer) -> None:
    school = free_school()
    officer.follow("Members")
    officer.look("cluster-members")
    officer.follow("Add a school")
    search = "Find the school by name, place, postcode or number"
    officer.fill(search, "Hen Ysgol y Bont")
    officer.press("Search")
    officer.press("Add the school to the cluster")
    officer.sees("The school has closed: Hen Ysgol y Bont. It closed on: 31 August 2016.")
    officer.fill(search, school.welsh_number)
    officer.press("Search")
    officer.fill("From which day?", "2017-09-01")
    officer.press("Add the school to the cluster")
    officer.sees("The dates reach beyond the life of the cluster.")
    officer.fill("From which day?", "2025-09-01")
    officer.press("Add the school to the cluster")
    officer.sees("8 schools as at")
    officer.open(f"{address_of('Upper Usk')}members/add-school?q={school.welsh_number}")
    officer.sees("In a cluster today already.")
    officer.press("Add the school to the cluster")
    officer.sees("It is already in this cluster for part of that time")
    assert len(ids_in("Upper Usk", timezone.localdate())) == 8


def a_school_closes(officer) -> None:
    officer.open(f"{address_of('Lower Usk')}members/")
    officer.page.get_by_role("link", name=re.compile(r"^Change\s?:")).nth(1).click()
    officer.look("cluster-member")
    officer.follow("The school has ended")
    officer.look("cluster-school-ends")
    officer.tick("It closed")
    officer.fill("From which day is that so?", "2026-08-31")
    officer.press("End its memberships on that day")
    officer.sees("Earlier members")
    officer.sees("The school closed")
    officer.look("cluster-members-earlier")


def two_merge(officer) -> None:
    officer.open(address_of("Ebbw"))
    officer.follow("Change the members")
    officer.follow("Merge it with other clusters")
    officer.press("Show what would happen")
    officer.sees("Choose at least one other cluster.")
    officer.sees("Write a working name for the new cluster.")
    officer.look("cluster-merge")
    officer.tick("Sirhowy")
    officer.fill("Working name of the new cluster", "Western Valleys")
    officer.fill("From which day are they one?", "2026-09-01")
    officer.press("Show what would happen")
    officer.sees("One cluster from 1 September 2026: Western Valleys. 14 members.")
    officer.look("cluster-merge-preview")
    officer.press("Merge them and close 2 clusters")
    officer.sees("Came out of a merger on 1 September 2026. Before: Ebbw, Sirhowy")
    officer.look("cluster-merged")
    itself = f"{address_of('Western Valleys')}merge?other=1&into=new&working_name=X&on=2026-10-01"
    pk = Cluster.objects.get(working_name="Western Valleys").pk
    officer.open(itself.replace("other=1", f"other={pk}"))
    officer.sees("One cannot merge with itself.")


def one_splits(officer) -> None:
    officer.open(f"{address_of('Upper Usk')}members/")
    officer.follow("Split it into several clusters")
    officer.fill("Working name of new cluster 1", "Usk East")
    officer.press("Continue: place the members")
    officer.sees("a split makes two at least")
    officer.look("cluster-split")
    officer.fill("Working name of new cluster 2", "Usk West")
    officer.fill("From which day?", "2026-09-01")
    officer.press("Continue: place the members")
    rows = officer.page.locator("tbody tr")
    assert rows.count() == 8
    officer.look("cluster-split-place")
    for n in range(7):
        rows.nth(n).get_by_role("radio").nth(n % 2).check()
    officer.press("Split the cluster on that day")
    officer.sees("Choose where it goes.")
    rows.nth(7).get_by_role("radio").nth(1).check()
    officer.press("Split the cluster on that day")
    officer.sees("Split on 1 September 2026. After: Usk East, Usk West")
    officer.sees("Closed on 1 September 2026.")


def its_history_says_it(officer) -> None:
    officer.follow("History")
    officer.sees("Split the cluster. From: 1 September 2026. Into: Usk East, Usk West.")
    officer.sees("Joined the cluster")
    officer.look("cluster-history")


def its_schools_say_it(officer) -> None:
    school = School.objects.get(pk=min(ids_in("Western Valleys", timezone.localdate())))
    officer.open(f"/schools/{school.pk}/")
    officer.sees("Clusters today: Western Valleys (Core)")
    officer.look("school-in-a-cluster")
    officer.open(f"/schools/{school.pk}/?on={EARLIER}")
    officer.sees(re.compile(r"Clusters then:\s+(Ebbw|Sirhowy) \(Core\)"))
    officer.open(f"/schools/{school.pk}/partnerships/")
    officer.sees("The cluster merged")
    officer.look("school-clusters-over-time")


def other_pages(officer) -> None:
    """What the story does not need, and an officer does."""
    west = address_of("Usk West")
    for name, path in (
        ("cluster-new", "/clusters/new"),
        ("cluster-status", f"{west}status/"),
        ("cluster-close", f"{west}status/close"),
        ("cluster-names", f"{west}names"),
        ("cluster-mini", f"{west}mini-cluster"),
        ("cluster-earlier", f"{address_of('Ebbw')}?on={EARLIER}"),
    ):
        officer.open(path)
        officer.look(name)
    row = Cluster.objects.get(working_name="Usk West").memberships.all()[0]
    for name in ("part", "leave", "drop", "correct", "take-back"):
        officer.open(f"/clusters/memberships/{row.pk}/{name}")
        officer.look(f"cluster-member-{name}")


def test_clusters_change(officer):
    look_at_what_there_is(officer)
    before = earlier_pages(officer)
    officer.open(address_of("Upper Usk"))
    a_school_joins(officer)
    a_school_closes(officer)
    two_merge(officer)
    one_splits(officer)
    its_history_says_it(officer)
    its_schools_say_it(officer)
    for page, words in earlier_pages(officer).items():
        assert words.split(". ") == before[page].split(". "), page
    assert Lineage.objects.count() == 4
    other_pages(officer)
    officer.open("/clusters/")
    officer.sees("4 of 7 clusters.")


def test_a_head_names_the_cluster_on_a_phone(region, visit, officer):
    school = School.objects.get(pk=min(ids_in("Ebbw", BEGAN)))
    a_person("mair@school.example", "Mair", "headteacher", school=school)
    head = visit(width=320, script=False)
    head.sign_in("mair@school.example")
    head.open("/clusters/")
    head.sees("One cluster.")
    head.follow("Ebbw")
    head.follow("Its schools choose a name.")
    head.fill("The name that its schools chose", "Together along the Ebbw")
    head.fill("The same in Welsh", "Gyda’n gilydd ar lan Ebwy")
    head.fill("From which day does it have this name?", "2030-01-01")
    head.press("Save the name")
    head.sees("That day has not come yet.")
    head.fill("From which day does it have this name?", str(timezone.localdate()))
    head.press("Save the name")
    assert head.heading == "Together along the Ebbw"
    head.open(f"{address_of('Ebbw')}?on={EARLIER}")
    assert head.heading == "Ebbw"
