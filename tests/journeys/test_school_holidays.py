"""An officer enters the school holidays of a year, starting from where they usually lie."""

from __future__ import annotations

import pytest

from clusterwork.registry.models import Holiday
from tests.journeys.people import a_person, an_organisation

pytestmark = pytest.mark.browser


@pytest.fixture
def officer(visit):
    county = an_organisation("Lincolnshire County Council", is_welsh=True)
    a_person("olwen@county.example", "Olwen", "programme_officer", organisation=county)
    visitor = visit(script=False)
    visitor.sign_in("olwen@county.example")
    visitor.open(f"/schools/organisations/{county.pk}/")
    return visitor


def test_a_year_of_holidays(officer):
    officer.follow("School holidays")
    officer.sees("No holidays are entered here yet.")
    officer.follow("Enter a year's holidays")
    lines = officer.page.get_by_label("Holidays", exact=True).input_value().splitlines()
    officer.fill("Holidays", "\n".join([*lines, "Training day, tomorrow, 3/9/2027"]))
    officer.press("Save the holidays")
    officer.sees(f"Line {len(lines) + 1} cannot be read: Training day, tomorrow, 3/9/2027.")
    officer.fill("Holidays", "\n".join(lines))
    officer.press("Save the holidays")
    officer.sees(f"{len(lines)} holidays are entered.")
    assert Holiday.objects.count() == len(lines)
    officer.page.get_by_role("link", name="Change").first.click()
    officer.fill("Name", "Summer")
    officer.press("Save the holiday")
    officer.sees("The holiday is changed.")


def test_the_pages_of_holidays(visit):
    county = an_organisation("Lincolnshire County Council", is_welsh=True)
    a_person("olwen@county.example", "Olwen", "programme_officer", organisation=county)
    officer = visit()
    officer.sign_in("olwen@county.example")
    officer.open(f"/schools/organisations/{county.pk}/holidays/")
    officer.look("holidays-empty")
    officer.follow("Enter a year's holidays")
    officer.look("holidays-new")
    officer.press("Save the holidays")
    officer.look("holidays")
    officer.page.get_by_role("link", name="Change").first.click()
    officer.look("holiday-change")
