"""Totals by the API: put together as on the pages, with their denominators, and hidden alike."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clusterwork.api.routes.totals import rounded
from clusterwork.api.tests.made import key_of
from clusterwork.clusters.models import Participation, Programme
from clusterwork.clusters.tests.made_people import a_person
from clusterwork.measures.models import Figure, Measure
from clusterwork.measures.tests.made import Place, measure

pytestmark = pytest.mark.django_db
CODE = "ks2-rwm-expected"


class Placed(Place):
    """The same place, in a programme."""

    def __init__(self) -> None:
        super().__init__()
        self.programme = Programme.objects.create(
            organisation=self.organisation, name="Together", starts_on=dt.date(2024, 9, 1)
        )
        Participation.objects.create(
            programme=self.programme, cluster=self.cluster, start_on=dt.date(2024, 9, 1)
        )

    @property
    def paths(self) -> tuple[str, str, str]:
        return (
            f"clusters/{self.cluster.pk}/totals",
            f"programmes/{self.programme.pk}/totals",
            f"authorities/{self.authority.pk}/totals",
        )

    def published(self, value, n, *, school=None, code=CODE, year=2026) -> Figure:
        return Figure.objects.create(
            measure=measure(code), school=school or self.own, on=dt.date(year, 7, 31),
            value=Decimal(value), denominator=n, origin="upload", is_public=True,
            entered_at=timezone.now(),
        )  # fmt: skip


@pytest.fixture
def place() -> Placed:
    return Placed()


def ask(path, person, **query):
    return Client().get(f"/api/v1/{path}", query, headers=key_of(person))


def get(path, person, **query):
    answer = ask(path, person, **query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def row_of(told, of, year=2026):
    (row,) = (each for each in told["items"] if (each["of"], each["year"]) == (of, year))
    return row


class TestATotal:
    def test_says_what_was_counted_and_how_it_was_put_together(self, place):
        place.published("60", 10)
        place.published("90", 20, school=place.other)
        row = row_of(get(place.paths[0], place.head, measure=CODE), "cluster")
        assert (row["value"], row["symbol"]) == (80.0, "")
        assert (row["put_together"], row["counts"], row["denominator"]) == (
            "numbers", "pupils", 30
        )  # fmt: skip
        assert (row["schools_in"], row["schools"]) == (2, 2)

    def test_that_hides_tells_neither_value_nor_number(self, place):
        place.enter("94.5", denominator=60)
        for path, of in zip(place.paths, ("cluster", "programme", "authority"), strict=True):
            row = row_of(get(path, place.officer, measure="attendance"), of)
            assert (row["value"], row["denominator"], row["symbol"]) == (None, None, "c")

    def test_of_figures_that_came_later_is_not_of_the_day(self, place):
        place.published("60", 10)
        path = place.paths[0]
        assert get(path, place.head, on="2026-07-30")["count"] == 0
        assert get(path, place.head)["count"] > 0

    def test_is_of_the_years_asked_for(self, place):
        place.published("60", 10, year=2025)
        place.published("70", 10, year=2026)
        for path in place.paths:
            told = get(path, place.head, measure=CODE, year=2025)["items"]
            assert {row["year"] for row in told} == {2023, 2024, 2025}
            latest = get(path, place.head, measure=CODE)["items"]
            assert {row["year"] for row in latest} == {2024, 2025, 2026}

    def test_of_a_measure_without_figures_is_none(self, place):
        for path in place.paths:
            assert get(path, place.head, measure="attendance")["count"] == 0
            assert get(path, place.head)["count"] == 0

    def test_comes_in_pages(self, place):
        place.published("60", 10)
        told = get(place.paths[0], place.head, size=2, page=2)
        assert (len(told["items"]), told["page"]) == (2, 2)
        assert told["count"] > 4

    @pytest.mark.parametrize("query", [{"year": 20}, {"measure": "\x00"}, {"group": "girls"}])
    def test_is_not_told_of_what_nobody_can_ask(self, place, query):
        for path in place.paths:
            assert ask(path, place.head, **query).status_code == 422

    def test_is_rounded_as_on_the_pages(self):
        told = [rounded(Decimal(each), 1) for each in ("0.25", "0.35", "12.3456")]
        assert told == [0.2, 0.4, 12.3]

    def test_asks_the_database_few_times_however_much_there_is(self, place):
        usual = Measure.objects.filter(unit="percent", covers="school_year", started_on=None)
        codes = usual.filter(ended_on=None, is_public=True).values_list("code", flat=True)
        assert len(codes) > 3
        for code in codes:
            for year in (2024, 2025, 2026):
                for school in place.schools:
                    place.published("60", 10, school=school, code=code, year=year)
        place.enter("94.5", denominator=60)
        header = key_of(place.head)
        for path in place.paths:
            with CaptureQueriesContext(connection) as asked:
                told = Client().get(f"/api/v1/{path}", headers=header).json()
            assert told["count"] > 3
            own = [query for query in asked if "SAVEPOINT" not in query["sql"]]
            assert len(own) <= 30, path


class TestWhoIsToldThem:
    def test_of_a_cluster_everybody_with_a_role(self, place):
        path = place.paths[0]
        assert ask(path, place.outside_head).status_code == 200
        assert ask(path, a_person("Nobody")).status_code == 403

    def test_of_a_programme_those_who_are_in_it(self, place):
        path = place.paths[1]
        assert ask(path, place.head).status_code == 200
        assert ask(path, place.outside_head).status_code == 403

    def test_of_an_authority_those_who_are_in_it(self, place):
        path = place.paths[2]
        assert ask(path, place.outside_head).status_code == 200
        assert ask(path, a_person("Nobody")).status_code == 403


class TestAuthorities:
    def test_are_found_by_the_code_that_schools_carry(self, place):
        (row,) = get("authorities", place.head, code=place.authority.code)["items"]
        assert (row["id"], row["name"]) == (place.authority.pk, place.authority.name)
        assert get("authorities", place.head, code="nothing")["count"] == 0
