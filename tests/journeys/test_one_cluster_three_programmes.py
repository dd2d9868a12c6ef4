"""One cluster in three programmes, at the same time and one after another.

Excellence Clusters, 2.2 and 3.2: "a number of key initiatives had impacted on the work and
relationships of local Clusters", each with its own schools, rules and years; a school that had
improved fell "below the 35 per cent level which was a prerequisite". A consortium runs three
programmes with the clusters of its region; one of the three lets a school be in one cluster only.
"""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from clusterwork.clusters.models import Cluster, Programme
from clusterwork.clusters.services.opening import ClusterPlan, PlannedSchool, open_clusters
from clusterwork.registry.models import Organisation, School
from tests.journeys.a_region import a_region, pyramids
from tests.journeys.people import a_person
from tests.journeys.visitor import SCREENS

pytestmark = pytest.mark.browser

YEAR = timezone.localdate().year
TODAY = timezone.localdate()
NAMES = ("Upper Usk", "Lower Usk")
IMPROVING, DIGITAL, FAITH = "Improving together", "Digital pioneers", "Faith schools together"


@pytest.fixture
def region(transactional_db, tmp_path) -> Organisation:
    return a_region(tmp_path)


@pytest.fixture
def officer(region, visit):
    """Keeps two pyramids, and a cluster of church schools that shares a school with the first."""
    person = a_person("olwen@region.example", "Olwen", "programme_officer", organisation=region)
    groups = pyramids(2, 5)
    church = [groups[0][1], *pyramids(3, 5)[2][1:3]]
    open_clusters(
        person=person,
        day=TODAY,
        organisation=region,
        plans=[
            ClusterPlan(name, [PlannedSchool(each.pk) for each in schools])
            for name, schools in zip((*NAMES, "Church schools"), (*groups, church), strict=True)
        ],
        start_on=dt.date(YEAR - 5, 9, 1),
        status="active",
    )
    a_person("nia@school.example", "Nia", "headteacher", school=groups[0][0])
    visitor = visit()
    visitor.sign_in("olwen@region.example")
    return visitor


def look_as_it_stands(officer, name: str) -> None:
    """A page with what was typed, which opening it again would lose."""
    officer.page.screenshot(path=SCREENS / f"{name}-en.png", full_page=True)
    officer.check(name, SCREENS / f"{name}-en-phone.png")


def shared_school() -> School:
    church = Cluster.objects.get(working_name="Church schools")
    usk = Cluster.objects.get(working_name="Upper Usk")
    mine = usk.memberships.values("school_id")
    return church.memberships.get(school__in=mine).school


def page_of(programme: str, name: str = "programme") -> str:
    return reverse(name, args=[Programme.objects.get(name=programme).pk])


def written(day: dt.date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def start(officer, name: str, starts: dt.date, ends: dt.date | None, first: dt.date | None) -> None:
    officer.open("/programmes/new")
    officer.fill("What is the programme called?", name)
    officer.fill("When does it start?", written(starts))
    officer.fill("When does it end?", written(ends) if ends else "")
    first_cycle = "When does its first cycle of plans and reports start?"
    officer.fill(first_cycle, written(first) if first else "")
    if name == IMPROVING:
        officer.tick("A school may be in one of its clusters only, at a time")
    officer.press("Start the programme")
    assert officer.heading == name


def start_three_programmes(officer) -> None:
    start(
        officer, IMPROVING, dt.date(YEAR - 2, 9, 1), dt.date(YEAR + 4, 8, 31),
        dt.date(YEAR - 1, 4, 1),
    )  # fmt: skip
    assert "less than five years" not in officer.page.locator("main").inner_text()
    began = dt.date(YEAR - 1, 9, 1)
    start(officer, DIGITAL, began, dt.date(YEAR + 2, 8, 31), began)
    officer.sees("The programme lasts less than five years: 36 months.")
    officer.sees("There is no lead-in before the first cycle.")
    officer.look("programme-warned")
    start(officer, FAITH, dt.date(YEAR - 1, 1, 1), None, None)


def give_each_its_policy(officer) -> None:
    for name, size in ((IMPROVING, "6"), (DIGITAL, "3"), (FAITH, "2")):
        officer.open(page_of(name, "policy_change"))
        officer.page.locator("[name=size_low]").fill(size)
        officer.page.locator("[name=best_size_low]").fill(size)
        officer.press("Save")
        officer.sees("Version 2 holds now.")


def take_in(officer, programme: str, clusters: tuple[str, ...], on: str, until: str = "") -> None:
    officer.open(page_of(programme, "programme_take_in"))
    for name in clusters:
        officer.tick(name)
    officer.fill("From which day do they take part?", on)
    officer.fill("Until which day?", until)
    officer.press("Take them in")


def take_clusters_into_programmes(officer) -> None:
    officer.open(page_of(IMPROVING, "programme_clusters"))
    officer.look("programme-clusters-empty")
    take_in(officer, IMPROVING, NAMES, f"{YEAR - 2}-09-01")
    officer.sees("2 clusters take part.")
    spring, summer = f"{YEAR - 1}-11-01", f"{YEAR}-01-31"
    take_in(officer, DIGITAL, ("Upper Usk",), spring, summer)
    officer.sees("No cluster takes part on this day.")
    take_in(officer, DIGITAL, ("Upper Usk", "Church schools"), f"{YEAR}-06-01")
    officer.sees("2 clusters take part.")
    take_in(officer, FAITH, ("Church schools", "Upper Usk"), f"{YEAR - 1}-01-01")
    officer.sees("2 clusters take part.")


def one_programme_refuses_a_second_cluster(officer) -> None:
    take_in(officer, IMPROVING, ("Church schools",), f"{YEAR}-01-01")
    officer.sees("These schools would be in two clusters of the programme at a time:")
    officer.sees(str(shared_school()))
    look_as_it_stands(officer, "programme-take-in-refused")
    officer.open(page_of(DIGITAL, "programme_change"))
    officer.tick("A school may be in one of its clusters only, at a time")
    officer.press("Save")
    officer.sees("This programme allows a school one cluster only: Digital pioneers.")
    officer.sees(str(shared_school()))
    look_as_it_stands(officer, "programme-change-refused")
    assert not Programme.objects.get(name=DIGITAL).one_cluster_a_school


def every_day_has_its_own_answer(officer) -> None:
    days = {
        f"{YEAR - 1}-10-15": ("No cluster takes part", "It takes part in 2 programmes."),
        f"{YEAR - 1}-12-15": ("One cluster takes part.", "It takes part in 3 programmes."),
        f"{YEAR}-03-01": ("No cluster takes part", "It takes part in 2 programmes."),
        f"{YEAR}-06-01": ("2 clusters take part.", "It takes part in 3 programmes."),
        f"{YEAR + 2}-09-01": ("No cluster takes part", "It takes part in 2 programmes."),
        f"{YEAR + 4}-09-01": ("No cluster takes part", "It takes part in one programme."),
    }
    cluster = Cluster.objects.get(working_name="Upper Usk")
    for day, (of_programme, of_cluster) in days.items():
        officer.open(page_of(DIGITAL, "programme_clusters") + f"?on={day}")
        officer.sees(of_programme)
        officer.open(reverse("cluster_programmes", args=[cluster.pk]) + f"?on={day}")
        officer.sees(of_cluster)
    officer.open(page_of(DIGITAL, "programme_clusters") + f"?on={YEAR - 1}-12-15")
    officer.sees("The past:")
    officer.look("programme-clusters-past")
    officer.open(reverse("cluster_programmes", args=[cluster.pk]))
    officer.sees("Version 2")
    officer.look("cluster-programmes")
    policy = re.compile("Version 2.*Digital pioneers")
    officer.page.get_by_role("link", name=policy).click()
    officer.sees("3 to")


def the_end_moves_what_lasts_until_it(officer) -> None:
    officer.open(page_of(IMPROVING, "programme_change"))
    officer.fill("When does it end?", f"31/8/{YEAR + 6}")
    officer.press("Save")
    officer.follow("All clusters, today and on other days")
    officer.sees(f"31 August {YEAR + 6}")
    officer.look("programme-clusters")


def say_what_matters_and_who_decides(officer) -> None:
    officer.follow("Priorities")
    officer.look("programme-priorities-empty")
    for text, welsh in (
        ("Reading across the curriculum", "Darllen ar draws y cwricwlwm"),
        ("Moving from primary to secondary", "Symud o'r cynradd i'r uwchradd"),
    ):
        officer.follow("Add a priority")
        officer.fill("What are the clusters to improve?", text)
        officer.fill("The same in Welsh", welsh)
        officer.press("Add the priority")
    officer.press("Move up")
    officer.look("programme-priorities")
    officer.follow("Groups")
    officer.follow("Make a group")
    officer.tick("Strategy group of heads")
    officer.fill("What is it called?", "Heads together")
    officer.press("Make the group")
    officer.follow("Add a member")
    officer.look("programme-member-new")
    officer.fill("Name", "Gwen Governor")
    officer.fill("For whom do they speak?", "The diocese")
    officer.fill("From which day?", f"{YEAR - 1}-09-01")
    officer.press("Add the member")
    officer.sees("One member.")
    officer.look("programme-groups")


def say_who_it_is_for(officer) -> None:
    officer.follow("Who it is for")
    officer.look("programme-eligibility-empty")
    officer.follow("State the facts")
    officer.look("programme-eligibility-form")
    officer.tick("Primary")
    officer.fill("Pupils, at most", "200")
    officer.fill("How near is just outside (pupils)?", "40")
    officer.press("Save the facts")
    officer.press("Check against the registry now")
    officer.sees("to be looked at")
    officer.sees("Just outside:")
    officer.look("programme-eligibility")
    officer.page.get_by_role("link", name=re.compile("^Look at it")).first.click()
    officer.look("programme-flag")
    officer.fill("What did you find, or decide?", "The hub of its pyramid: stays by agreement.")
    officer.press("I have looked at it")
    officer.sees("The school stays in the programme.")
    officer.sees("The hub of its pyramid: stays by agreement.")
    officer.follow("Overview")
    officer.look("programme-overview")


def a_head_reads_about_it(visit) -> None:
    head = visit(width=390)
    head.sign_in("nia@school.example")
    head.open("/programmes/")
    head.look("programmes-of-a-head")
    head.follow(IMPROVING)
    head.sees("2 clusters take part today.")
    assert "Who it is for" not in head.page.locator("main").inner_text()
    head.look("programme-of-a-head")
    head.follow("Groups")
    head.sees("Gwen Governor")


def test_one_cluster_three_programmes(officer, visit):
    start_three_programmes(officer)
    give_each_its_policy(officer)
    take_clusters_into_programmes(officer)
    one_programme_refuses_a_second_cluster(officer)
    every_day_has_its_own_answer(officer)
    the_end_moves_what_lasts_until_it(officer)
    say_what_matters_and_who_decides(officer)
    say_who_it_is_for(officer)
    a_head_reads_about_it(visit)
