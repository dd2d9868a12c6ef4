"""The pages of school holidays."""

import pytest
from django.test import Client

from clusterwork.registry.models import Holiday, Organisation
from clusterwork.web.registry.tests.conftest import rutland, signed_in, words_of

pytestmark = pytest.mark.django_db
HALF_TERM = {
    "name": "Half-term",
    "name_cy": "",
    "start_on": "2027-02-15",
    "end_on": "2027-02-22",
}


def address(council: Organisation, page: str = "") -> str:
    return f"/schools/organisations/{council.pk}/holidays/{page}"


class TestTheListOfHolidays:
    def test_says_what_is_not_entered(self, officer: Client, council: Organisation) -> None:
        words = words_of(officer.get(address(council)))
        assert "No holidays are entered here yet." in words
        assert "Summer holiday" in words
        assert "Enter a year's holidays" in words

    def test_is_reached_from_the_organisation(self, officer: Client, council: Organisation) -> None:
        page = officer.get(f"/schools/organisations/{council.pk}/").content.decode()
        assert address(council) in page

    def test_offers_nothing_to_strangers(self, council: Organisation) -> None:
        other = signed_in("programme_officer", organisation=rutland(), local="other")
        assert "Enter one holiday" not in words_of(other.get(address(council)))
        assert other.post(address(council, "one/"), HALF_TERM).status_code == 403
        assert not Holiday.objects.exists()


class TestEnteringHolidays:
    def test_one(self, officer: Client, council: Organisation) -> None:
        answer = officer.post(address(council, "one/"), HALF_TERM, follow=True)
        assert "The holiday is entered." in words_of(answer)
        assert "15 February 2027" in words_of(answer)

    def test_keeps_what_was_typed_when_it_overlaps(
        self, officer: Client, council: Organisation
    ) -> None:
        officer.post(address(council, "one/"), HALF_TERM)
        again = officer.post(address(council, "one/"), {**HALF_TERM, "start_on": "2027-02-19"})
        assert "Some of these days are in another holiday already." in words_of(again)
        assert "2027-02-19" in again.content.decode()

    def test_a_year_starts_from_the_usual_dates(
        self, officer: Client, council: Organisation
    ) -> None:
        page = officer.get(address(council, "new/"))
        lines = page.context["form"].initial["lines"] if page.context else None
        words = words_of(page)
        assert "Christmas holiday, " in words
        assert lines is None or lines.count("\n") >= 4

    @pytest.mark.parametrize("between", [", ", ";", "\t"])
    def test_several_lines_at_once(
        self, officer: Client, council: Organisation, between: str
    ) -> None:
        lines = [
            between.join(["October half-term", "26/10/2026", "2/11/2026"]),
            "",
            between.join(["Christmas", "21/12/2026", "4/1/2027"]),
        ]
        answer = officer.post(address(council, "new/"), {"lines": "\n".join(lines)}, follow=True)
        assert "2 holidays are entered." in words_of(answer)
        assert Holiday.objects.count() == 2

    def test_says_which_line_cannot_be_read_and_saves_none(
        self, officer: Client, council: Organisation
    ) -> None:
        lines = "Half-term, 26/10/2026, 2/11/2026\nChristmas, 21/12/2026\nEaster, x, 3/4/2027"
        words = words_of(officer.post(address(council, "new/"), {"lines": lines}))
        assert "Line 2 cannot be read: Christmas, 21/12/2026." in words
        assert "Line 3 cannot be read" in words
        assert not Holiday.objects.exists()


class TestPuttingThemRight:
    def test_changes_and_removes(self, officer: Client, council: Organisation) -> None:
        officer.post(address(council, "one/"), HALF_TERM)
        held = Holiday.objects.get()
        changed = {**HALF_TERM, "end_on": "2027-02-24"}
        assert "is changed" in words_of(
            officer.post(f"/schools/holidays/{held.pk}/", changed, follow=True)
        )
        answer = officer.post(f"/schools/holidays/{held.pk}/remove/", follow=True)
        assert "The holiday is removed." in words_of(answer)
        assert not Holiday.objects.exists()

    def test_says_so_where_it_is_gone(self, officer: Client) -> None:
        assert officer.get("/schools/holidays/999/").status_code == 404
