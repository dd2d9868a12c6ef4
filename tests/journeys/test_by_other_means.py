"""The same work by other means: without JavaScript on a phone, and by the keyboard alone."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import pytest
from django.utils import timezone

from clusterwork.lookalike import build_county, write_county
from clusterwork.registry.models import Authority, Census, School
from clusterwork.registry.services import lists
from clusterwork.registry.services.imports import import_register
from tests.journeys.people import a_person, an_organisation

pytestmark = pytest.mark.browser


@pytest.fixture
def county(transactional_db):
    """The invented county, with an officer and a head."""
    today = timezone.localdate()
    with tempfile.TemporaryDirectory() as folder:
        write_county(build_county(seed=3), Path(folder))
        import_register(Path(folder, "schools.csv"), source="gias", by=None, today=today)
        lists.load_partnerships(Path(folder, "partnerships.csv"), by=None, today=today)
        lists.load_flows(Path(folder, "flows.csv"), by=None, today=today)
    council = an_organisation("Wolderland County Council")
    council.authorities.set(Authority.objects.all())
    a_person("olwen@wolder.example", "Olwen", "programme_officer", organisation=council)
    smallest = Census.objects.filter(school__phase="primary").order_by("pupils").first().school
    a_person("hana@wolder.example", "Hana", "headteacher", school=smallest)
    return smallest


def test_an_officer_forms_clusters_without_javascript_on_a_phone(visit, county):
    officer = visit(script=False, width=320)
    officer.sign_in("olwen@wolder.example")
    officer.open("/programmes/new")
    officer.fill("What is the programme called?", "Together")
    officer.fill("When does it start?", "1/9/2027")
    officer.press("Start the programme")
    officer.follow("Form clusters")
    officer.fill("What is this exercise called?", "Small primaries")
    officer.press("Continue")
    officer.follow("Choose schools by facts")
    officer.page.get_by_label(re.compile(r"^\s*Primary \(")).check()
    officer.fill("Pupils, at most", "80")
    officer.press("Show the schools that fit")
    officer.press(re.compile("^Add"))
    officer.follow("Propose clusters")
    officer.fill("Seconds at most", "5")
    officer.press("Propose clusters")
    look_until_it_is_done(officer)
    assert officer.page.locator(".cw-map").is_hidden()
    officer.follow("Cluster 1")
    officer.sees("Why each school is here")
    assert "js-enabled" not in (officer.page.locator("body").get_attribute("class") or "")


def look_until_it_is_done(officer) -> None:
    for _ in range(60):
        if officer.page.get_by_role("link", name="Cluster 1", exact=True).count():
            return
        officer.page.wait_for_timeout(1000)
        officer.page.reload()
    raise AssertionError(officer.page.locator("main").inner_text())


def test_a_head_reads_her_school_by_keyboard_alone(visit, county: School):
    head = visit()
    keys = head.page.keyboard
    head.open("/account/login/")
    keys.press("Tab")
    assert focused(head) == "Skip to main content"
    keys.press("Enter")
    keys.press("Tab")
    keys.type("hana@wolder.example")
    keys.press("Tab")
    keys.type("a long enough secret")
    keys.press("Enter")
    head.sees("One thing waits for you")
    tab_to(head, county.name)
    keys.press("Enter")
    assert head.heading == county.name
    tab_to(head, "Partnerships")
    keys.press("Enter")
    head.look("school-partnerships")
    head.open("/schools/")
    assert "Import" not in head.page.locator("main").inner_text()


def focused(visitor) -> str:
    return visitor.page.evaluate("document.activeElement.innerText.trim()")


def tab_to(visitor, text: str) -> None:
    for _ in range(40):
        visitor.page.keyboard.press("Tab")
        if focused(visitor) == text:
            return
    raise AssertionError(f"no tab stop says: {text}")
