"""The map of one cluster says which dot is which school, with a mouse and without one."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from clusterwork.clusters.models import Cluster
from clusterwork.clusters.services.opening import ClusterPlan, PlannedSchool, open_clusters
from clusterwork.registry.models import Authority, School
from tests.journeys.people import a_person, an_organisation

pytestmark = pytest.mark.browser
PLACES = {"Alford": (53.26, 0.18), "Binbrook": (53.43, -0.18), "Caistor": (53.5, -0.32)}


@pytest.fixture
def wolds(transactional_db) -> Cluster:
    """Three schools of the Wolds in a cluster, with its officer."""
    today = timezone.localdate()
    county = Authority.objects.create(code="925", name="Lincolnshire", country="E")
    council = an_organisation("Lincolnshire")
    council.authorities.add(county)
    olwen = a_person("olwen@wolder.example", "Olwen", "programme_officer", organisation=council)
    schools = [
        School.objects.create(
            urn=urn, name=name, authority=county, phase="primary", latitude=north, longitude=east
        )
        for urn, (name, (north, east)) in enumerate(PLACES.items(), start=900_001)
    ]
    plan = ClusterPlan("Wolds", [PlannedSchool(each.pk) for each in schools])
    who = {"person": olwen, "day": today, "organisation": council}
    return open_clusters(**who, plans=[plan], start_on=today - dt.timedelta(days=9))[0]


def test_names_each_school_by_the_keyboard_and_under_the_mouse(visit, wolds):
    officer = visit()
    officer.sign_in("olwen@wolder.example")
    officer.open(f"/clusters/{wolds.pk}/")
    page = officer.page
    page.wait_for_selector("[data-idle]", timeout=60_000)
    choice = page.get_by_label("Show on the map")
    choice.focus()
    choice.select_option("Binbrook")
    card = page.locator(".maplibregl-popup")
    assert card.get_by_role("link", name="Binbrook").is_visible()
    assert choice.evaluate("each => each === document.activeElement")
    officer.check("a-clusters-map")
    tip = page.locator(".maplibregl-popup-tip").bounding_box()
    below = "maplibregl-popup-anchor-bottom" in card.get_attribute("class")
    dot = (tip["x"] + tip["width"] / 2, tip["y"] + (tip["height"] if below else 0))
    choice.select_option("All schools")
    assert card.count() == 0
    page.mouse.move(*dot)
    label = page.locator(".cw-map__label")
    label.wait_for()
    assert label.inner_text() == "Binbrook"
    page.mouse.move(0, 0)
    label.wait_for(state="detached")
