"""A county of small schools: the Small rural schools report's county, from its real register.

An officer brings the register of England in, finds her county's schools, sets a policy, has the
99 smallest primaries proposed in clusters, changes the policy, and compares.
"""

from __future__ import annotations

import re

import pytest

from clusterwork.registry.imports.boundaries import read as read_boundaries
from clusterwork.registry.models import Authority, Census, Organisation, School
from clusterwork.registry.services.boundaries import keep_boundaries
from tests.journeys.people import a_person, an_organisation
from tests.journeys.real_data import real

pytestmark = [pytest.mark.browser, pytest.mark.real_data]


@pytest.fixture
def officer(visit):
    """An officer of a county whose register is still empty."""
    county = an_organisation("Lincolnshire County Council", colour="#1d70b8", is_welsh=True)
    a_person("olwen@county.example", "Olwen Officer", "programme_officer", organisation=county)
    return visit()


def bring_in_the_register(officer) -> None:
    officer.open("/schools/")
    officer.look("schools-empty")
    officer.follow("Import a school register")
    officer.look("import-new")
    officer.attach("File", real("gias_england_20220425.csv.gz"))
    officer.fill("Facts as at", "2022-04-25")
    officer.press("Upload and see what would change")
    officer.sees("20,185 schools would change", seconds=120)
    officer.look("import-staged")
    officer.press("Load")
    officer.sees("Loaded: 20,185 schools.", seconds=120)
    keep_boundaries(read_boundaries(real("la_boundaries.geojson")))
    Organisation.objects.get().authorities.add(Authority.objects.get(code="925"))


def find_a_school(officer) -> None:
    officer.open("/schools/")
    officer.look("schools")
    officer.fill("Name, place, postcode or number", "corby glen")
    officer.press("Find schools")
    officer.follow("Corby Glen Community Primary School")
    assert officer.heading == "Corby Glen Community Primary School"
    officer.look("school")


def start_a_programme(officer) -> None:
    officer.follow("Programmes")
    officer.look("programmes-empty")
    officer.follow("Start a programme")
    officer.look("programme-new")
    officer.fill("What is the programme called?", "Small schools together")
    officer.fill("When does it start?", "1/9/2027")
    officer.press("Start the programme")
    assert "Small schools together" in officer.heading
    officer.look("programme")


def choose_the_smallest_primaries(officer) -> None:
    officer.follow("Form clusters")
    officer.look("formation-new")
    officer.fill("What is this exercise called?", "The smallest primaries")
    officer.press("Continue")
    officer.follow("Choose schools by facts")
    officer.tick("Primary (280)")
    most, n = the_smallest_about_99()
    officer.fill("Pupils, at most", str(most))
    officer.press("Show the schools that fit")
    officer.look("choose-by-facts")
    officer.press(re.compile("^Add"))
    officer.sees(f"{n} schools take part")
    officer.look("chosen-schools")


def the_smallest_about_99() -> tuple[int, int]:
    """The report followed 99 small primaries: the roll of the 99th, and how many have no more."""
    primaries = Census.objects.filter(school__authority__code="925", school__phase="primary")
    rolls = sorted(primaries.exclude(pupils=None).values_list("pupils", flat=True))
    return rolls[98], sum(roll <= rolls[98] for roll in rolls)


def propose(officer) -> None:
    officer.follow("Propose clusters")
    officer.look("propose")
    officer.fill("Seconds at most", "10")
    officer.press("Propose clusters")
    officer.sees(re.compile("clusters? of"), seconds=90)


def read_the_proposal(officer) -> None:
    officer.page.wait_for_selector("[data-idle]")
    officer.look("proposal")
    officer.page.wait_for_selector("[data-idle]")
    officer.picture("readme", top="main", height=1270)
    officer.follow("Cluster 1")
    officer.sees("Why each school is here")
    officer.look("proposed-cluster")
    officer.follow("Rules and costs")
    officer.look("proposal-rules")
    officer.follow("To print")
    officer.look("proposal-print")


def change_the_policy(officer) -> None:
    officer.follow("Small schools together")
    officer.follow("Change the policy")
    officer.look("policy-change")
    officer.fill("Price of a school outside the best size", "many")
    officer.press("Save the policy")
    officer.sees("This is not a number.")
    officer.fill("Price of a school outside the best size", "5")
    officer.fill("The longest journey", "5")
    officer.press("Save the policy")
    officer.sees("Version 2 holds now.")
    officer.look("policy")


def compare(officer) -> None:
    officer.follow("Overview")
    officer.follow("The smallest primaries")
    officer.look("formation")
    officer.follow("Propose again")
    officer.fill("Seconds at most", "10")
    officer.press("Propose clusters")
    officer.sees(re.compile("clusters? of"), seconds=90)
    officer.follow("Compare it with another")
    officer.sees("would be elsewhere")
    officer.look("compare")


def test_a_county_of_small_schools(officer):
    officer.sign_in("olwen@county.example")
    officer.look("home-officer")
    bring_in_the_register(officer)
    assert School.objects.filter(authority__code="925").count() > 300
    find_a_school(officer)
    start_a_programme(officer)
    choose_the_smallest_primaries(officer)
    propose(officer)
    read_the_proposal(officer)
    change_the_policy(officer)
    compare(officer)
