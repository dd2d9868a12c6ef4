"""A county of small schools: the Small rural schools report's county, from its real register.

An officer brings the register of England in, finds her county's schools, sets a policy, has the
99 smallest primaries proposed in clusters, changes the policy, and compares.
"""

from __future__ import annotations

import pytest

from clusterwork.registry.models import Authority, Organisation, School
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
    officer.sees("Loaded: 20,185 schools were changed", seconds=120)
    Organisation.objects.get().authorities.add(Authority.objects.get(code="925"))


def find_a_school(officer) -> None:
    officer.open("/schools/")
    officer.look("schools")
    officer.fill("Name, town, postcode or number", "corby glen")
    officer.press("Show")
    officer.follow("Corby Glen Community Primary School")
    assert officer.heading == "Corby Glen Community Primary School"
    officer.look("school")


def test_a_county_of_small_schools(officer):
    officer.sign_in("olwen@county.example")
    officer.look("home-officer")
    bring_in_the_register(officer)
    assert School.objects.filter(authority__code="925").count() > 300
    find_a_school(officer)
