"""Which partnership is the main one: the Denton and Harlaxton federation of Small rural schools.

On a phone a head says which of her school's partnerships is its home; then she reads how the
schools of the county work together (Figure 4) and takes the table with her as a file.
"""

from __future__ import annotations

import datetime as dt

import pytest

from clusterwork.clusters.models import Cluster, Membership, Standing
from clusterwork.registry.models import Affiliation, Authority, Census, Partnership, School
from tests.journeys.people import a_person, an_organisation

pytestmark = pytest.mark.browser

FORMED = dt.date(2012, 9, 1)
NAMES = (
    "Denton CofE School",
    "Harlaxton CofE School",
    "Great Ponton CofE School",
    "Ropsley School",
)


@pytest.fixture
def denton(visit) -> School:
    """Two schools share a head and a governing body; four are in the local cluster."""
    council = an_organisation("Lincolnshire County Council")
    county = Authority.objects.create(code="925", name="Lincolnshire", country="E")
    council.authorities.add(county)
    schools = [
        School.objects.create(urn=120_500 + n, name=name, authority=county, phase="primary")
        for n, name in enumerate(NAMES)
    ]
    local = Cluster.objects.create(
        organisation=council, working_name="Grantham villages", start_on=FORMED, status="active"
    )
    Standing.objects.create(cluster=local, start_on=FORMED, initiation="top_down")
    federation = Partnership.objects.create(kind="federation", name="Denton and Harlaxton")
    for n, school in enumerate(schools):
        Census.objects.create(school=school, year=2026, pupils=60 + 20 * n)
        Membership.objects.create(cluster=local, school=school, start_on=FORMED)
    for school in schools[:2]:
        Affiliation.objects.create(school=school, partnership=federation, start_on=FORMED)
    a_person("head@denton.example", "Head of Denton", "headteacher", school=schools[0])
    return schools[0]


def state_the_main_one(head, school: School) -> None:
    head.open(f"/schools/{school.pk}/partnerships/")
    head.sees("The school has not said which partnership is its main one.")
    head.follow("Say which is the main one")
    head.press("Continue")
    head.sees("Choose a partnership.")
    head.look("main-partnership")
    head.tick("Denton and Harlaxton (Federation, since 1 September 2012)")
    head.press("Continue")
    head.sees("2 of 4 answers are filled from what is known.")
    head.look("main-partnership-details")
    head.fill("When did the school sign a memorandum or agreement?", "31/13/2012")
    head.press("Save as the main partnership")
    head.sees("This is not a day.")
    head.fill("When did the school sign a memorandum or agreement?", "1/9/2012")
    head.press("Save as the main partnership")
    head.sees("It is noted.")


def add_another(head) -> None:
    head.follow("Add another partnership")
    head.tick("Another, by its name")
    head.press("Continue")
    head.fill("Name", "Belvoir teaching alliance")
    head.choose("Kind of partnership", "Alliance")
    head.fill("What for, in one line", "Trainee teachers")
    head.press("Save")
    head.sees("Belvoir teaching alliance")
    head.look("school-partnerships-said")


def test_which_partnership_is_the_main_one(visit, denton):
    head = visit(width=390)
    head.sign_in("head@denton.example")
    state_the_main_one(head, denton)
    add_another(head)

    head.open("/clusters/figures/")
    head.sees("Most common main partnership:")
    head.sees("Said by the school: 1; worked out from what is known: 3.")
    head.fill("Only schools of up to so many pupils", "110")
    head.press("Count these")
    head.sees("Hard partnership (2 of 3 schools)")
    head.look("clusters-tables")
    with head.page.expect_download() as taken:
        head.follow("This table as a CSV file")
    lines = taken.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert lines[5].startswith("Category 5: Hard partnership,2,1,1,1,")
    head.fill("Facts as at", "2012-08-31")
    head.press("Count these")
    head.sees("The past:")
