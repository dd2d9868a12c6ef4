"""A region with five authorities: the EAS clusters report's region, from its real register.

The officer of the consortium reads Welsh. English-medium, Welsh-medium and Catholic pyramids are
proposed together; Welsh-medium primaries without a secondary of their language in their authority
go to one across the border; special schools stay outside, and the page says so of each.
"""

from __future__ import annotations

import re

import pytest
from django.utils import timezone
from django.utils.translation import gettext, override

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import ProposedPlace
from clusterwork.registry.models import Authority, OrganisationKind
from clusterwork.registry.services.imports import import_register
from tests.journeys.people import a_person, an_organisation
from tests.journeys.real_data import real

pytestmark = [pytest.mark.browser, pytest.mark.real_data]


@pytest.fixture
def officer(visit):
    """Somebody whose language is Welsh, in a consortium of five authorities."""
    file = real("wales_sewales_schools.csv.gz")
    import_register(file, source="wales", by=None, today=timezone.localdate())
    region = an_organisation(
        "Education Achievement Service",
        kind=OrganisationKind.CONSORTIUM,
        name_cy="Gwasanaeth Cyflawni Addysg",
        is_welsh=True,
    )
    region.authorities.set(Authority.objects.all())
    person = a_person("olwen@rhanbarth.example", "Olwen", "programme_officer", organisation=region)
    Person.objects.filter(pk=person.pk).update(language=Person.Language.WELSH)
    return visit()


def cy(text: str) -> str:
    """How the page says it in Welsh."""
    with override("cy"):
        return gettext(text)


def start_a_programme(officer) -> None:
    officer.open("/cy/programmes/new")
    officer.fill(cy("What is the programme called?"), "Pyramids 2027")
    officer.fill(cy("When does it start?"), "1/9/2027")
    officer.press(cy("Start the programme"))
    assert "Pyramids 2027" in officer.heading


def choose_every_school(officer) -> None:
    officer.follow(cy("Form clusters"))
    officer.fill(cy("What is this exercise called?"), "Pob ysgol")
    officer.tick(cy("Pyramids"))
    officer.press(cy("Continue"))
    officer.follow(cy("Choose schools by facts"))
    officer.press(cy("Show the schools that fit"))
    officer.press(re.compile(r"\b233\b"))
    officer.sees("233")


def propose(officer) -> None:
    officer.follow(cy("Propose clusters"))
    officer.fill(cy("Seconds at most"), "15")
    officer.press(cy("Propose clusters"))
    officer.page.wait_for_selector("[data-idle]", timeout=90_000)


def place_of(name: str) -> ProposedPlace:
    return ProposedPlace.objects.select_related("cluster__hub").get(school__name=name)


def test_a_region_with_five_authorities(officer):
    officer.sign_in("olwen@rhanbarth.example")
    assert "/cy/" in officer.page.url
    start_a_programme(officer)
    choose_every_school(officer)
    propose(officer)
    officer.look("proposal-pyramids")

    welsh_medium = place_of("Ysgol Gyfun Cwm Rhymni").cluster
    assert welsh_medium.n_schools == 12
    across_the_border = place_of("Ysgol Gymraeg Brohelyg").cluster
    assert across_the_border.hub.name == "Ysgol Gyfun Gwynllyw"
    assert characters_in(place_of("St. Joseph's R.C. High School").cluster) == {"Roman Catholic"}
    for all_through in ("Idris Davies School 3 to 18", "Abertillery Learning Community"):
        assert place_of(all_through).cluster.hub.name == all_through

    left_out = place_of("Trinity Fields School")
    assert left_out.cluster is None
    officer.open(f"/programmes/proposals/{left_out.proposal_id}/schools/{left_out.school_id}")
    officer.sees("Special schools and referral units stand outside pyramids")
    officer.look("proposed-place-none")


def characters_in(cluster) -> set[str]:
    return {place.school.religious_character for place in cluster.places.select_related("school")}
