"""The list of schools says how many, narrows, sorts, pages and leaves as CSV."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client
from django.urls import reverse

from clusterwork.accounts.models import Person
from clusterwork.kernel.formulas import harmless
from clusterwork.registry.models import Authority, Census, School
from clusterwork.web.registry.tests.conftest import make_school, words_of

pytestmark = pytest.mark.django_db


def names_in(client: Client, address: str) -> list[str]:
    page = client.get(address).content.decode()
    return [html.unescape(name) for name in re.findall(r'<th scope="row".*?<a .*?>(.*?)</a>', page)]


def csv_of(client: Client, address: str) -> list[str]:
    return b"".join(client.get(address)).decode("utf-8-sig").splitlines()


class TestTheList:
    def test_says_how_many_of_how_many_by_what(
        self, head_of_denton: Client, harlaxton: School
    ) -> None:
        text = words_of(head_of_denton.get("/schools/?q=denton&phase=primary"))
        assert "1 of 2 schools. Search: denton. Phase: Primary." in text

    def test_each_filter_is_a_link_without_it(
        self, head_of_denton: Client, harlaxton: School
    ) -> None:
        page = head_of_denton.get("/schools/?q=denton&phase=primary").content.decode()
        assert 'href="/schools/?phase=primary"' in page
        assert 'href="/schools/?q=denton"' in page

    def test_officers_come_from_it_to_files_of_figures_and_measures(self, officer, denton) -> None:
        page = officer.get("/schools/").content.decode()
        assert 'href="/schools/figures/files/"' in page and 'href="/schools/measures/"' in page

    def test_the_nearest_stand_first(self, head_of_denton: Client, harlaxton: School) -> None:
        address = "/schools/?near=NG32+1HT&km=5"
        found = names_in(head_of_denton, address)
        assert found == [harlaxton.name, "Denton CofE School"]
        assert "1.8" in words_of(head_of_denton.get(address))

    def test_a_place_that_nobody_knows_is_said_and_has_no_schools(
        self, head_of_denton: Client, harlaxton: School
    ) -> None:
        answer = head_of_denton.get("/schools/?near=ZZ99+9ZZ")
        assert "No school has this postcode or number." in words_of(answer)
        assert "0 of 2 schools." in words_of(answer)
        assert "Take off this filter" not in words_of(answer)
        assert len(csv_of(head_of_denton, "/schools/schools.csv?near=ZZ99+9ZZ")) == 1

    def test_only_authorities_with_schools_are_offered(self, head_of_denton: Client) -> None:
        Authority.objects.create(code="857", name="Rutland", country="E")
        page = head_of_denton.get("/schools/").content.decode()
        assert 'value="925"' in page
        assert 'value="857"' not in page

    def test_what_cannot_be_understood_is_said(self, head_of_denton: Client) -> None:
        answer = head_of_denton.get("/schools/?authority=nowhere&phase=kitchen&km=far&page=x")
        assert answer.status_code == 200
        assert "There is a problem" in words_of(answer)

    def test_sorts_both_ways(self, head_of_denton: Client, harlaxton: School) -> None:
        down = names_in(head_of_denton, "/schools/?sort=-name")
        assert down == list(reversed(names_in(head_of_denton, "/schools/?sort=name")))

    def test_welsh_pages_follow_the_welsh_alphabet(
        self, head_of_denton: Client, lincolnshire: Authority
    ) -> None:
        for number, name in enumerate(("Ysgol Dyffryn", "Ysgol Ddewi", "Ysgol Dwyran")):
            make_school(lincolnshire, 900_000 + number, name)
        found = names_in(head_of_denton, "/cy/schools/?q=ysgol")
        assert found == ["Ysgol Dwyran", "Ysgol Dyffryn", "Ysgol Ddewi"]

    def test_fifty_a_page(self, head_of_denton: Client, lincolnshire: Authority) -> None:
        for number in range(60):
            make_school(lincolnshire, 910_000 + number, f"Village {number}")
        assert len(names_in(head_of_denton, "/schools/")) == 50
        assert len(names_in(head_of_denton, "/schools/?page=2")) == 11

    def test_what_is_left_out_between_pages_is_no_link(
        self, head_of_denton: Client, lincolnshire: Authority
    ) -> None:
        School.objects.bulk_create(
            School(urn=n, name=str(n), authority=lincolnshire, phase="primary")
            for n in range(950_000, 950_400)
        )
        page = head_of_denton.get("/schools/").content.decode()
        assert "govuk-pagination__item--ellipsis" in page
        assert re.findall(r"[?&;]page=([^\"&]+)", page) == ["1", "2", "9", "2"]

    def test_an_empty_register_says_what_to_do(self, officer: Client) -> None:
        page = officer.get("/schools/")
        assert "No schools yet." in words_of(page)
        assert reverse("import_new") in page.content.decode()

    def test_nobody_sees_it_without_signing_in(self, denton: School) -> None:
        answer = Client().get("/schools/")
        assert answer.status_code == 302
        assert "/account/login/" in answer["Location"]


class TestAsCsv:
    def test_has_the_rows_of_the_list(self, head_of_denton: Client, harlaxton: School) -> None:
        Census.objects.create(school=harlaxton, year=2022, pupils=197)
        header, row = csv_of(head_of_denton, "/schools/schools.csv?q=harlaxton")
        assert header.startswith("Name,Welsh name,URN")
        assert row.startswith(f"{harlaxton.name},,120525,")
        assert row.endswith(",197")

    def test_no_name_becomes_a_formula(
        self, head_of_denton: Client, lincolnshire: Authority
    ) -> None:
        make_school(lincolnshire, 920_000, '=HYPERLINK("http://example.org")')
        row = csv_of(head_of_denton, "/schools/schools.csv?q=hyperlink")[1]
        assert row.startswith("\"'=HYPERLINK(")

    @pytest.mark.parametrize("cell", ["-", "-12.5", 12, "Denton", ""])
    def test_numbers_and_dashes_stay(self, cell: object) -> None:
        assert harmless(cell) == cell

    @pytest.mark.parametrize("cell", ["=1+1", "@SUM(A1)", "+1+cmd|' /C calc'!A0", "-2+3", "\tx"])
    def test_formulas_are_made_text(self, cell: str) -> None:
        assert harmless(cell) == f"'{cell}"

    def test_nor_does_whatever_is_written_by_its_name(self) -> None:
        assert harmless(School(name="=1+1")) == "'=1+1"
        assert harmless(Person(name="@SUM(A1)")) == "'@SUM(A1)"


class TestQueries:
    def test_few_however_many_schools(
        self,
        head_of_denton: Client,
        lincolnshire: Authority,
        django_assert_max_num_queries: object,
    ) -> None:
        schools = [
            make_school(lincolnshire, 930_000 + number, f"Village {number}") for number in range(80)
        ]
        Census.objects.bulk_create(
            Census(school=school, year=year, pupils=year) for school in schools for year in (1, 2)
        )
        with django_assert_max_num_queries(15):  # type: ignore[operator]
            head_of_denton.get("/schools/?q=village&authority=925&phase=primary&status=open")


@pytest.mark.parametrize("field", ["q", "near", "authority", "phase"])
def test_a_null_character_is_no_trouble(officer: Client, denton: School, field: str) -> None:
    assert officer.get(f"/schools/?{field}=den%00ton").status_code == 200
