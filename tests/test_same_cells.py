"""A total is the same cell for the same reader on the page, in the file and by the API."""

from __future__ import annotations

import csv
import datetime as dt
import re
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import Cluster, Membership, Participation, Programme
from clusterwork.measures.models import Figure
from clusterwork.measures.services.figures import FigureFacts, enter_figure
from clusterwork.measures.tests.made import Place, head, measure
from clusterwork.registry.models import School
from clusterwork.web.measures.words import school_year, value_shown

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
LONG_AGO = dt.date(2024, 9, 1)
CODES = ("attendance", "ks2-rwm-expected", "exclusions-permanent")
Cells = dict[tuple[str, str], str]  # by what it is of, and the school year


class Beside(Place):
    """The same place with another cluster beside it, both in a programme, and figures."""

    def __init__(self) -> None:
        super().__init__()
        self.beside = Cluster.objects.create(
            organisation=self.organisation,
            working_name="Grantham",
            status="active",
            start_on=LONG_AGO,
        )
        Membership.objects.create(cluster=self.beside, school=self.outside, start_on=LONG_AGO)
        self.programme = Programme.objects.create(
            organisation=self.organisation, name="Together", starts_on=LONG_AGO
        )
        for cluster in (self.cluster, self.beside):
            Participation.objects.create(
                programme=self.programme, cluster=cluster, start_on=LONG_AGO
            )
        self.heads = {self.own: self.head, self.other: self.other_head,
                      self.outside: self.outside_head}  # fmt: skip
        for n, each in enumerate(self.heads):
            self.published(each, Decimal("61.5") + 7 * n, 20 + n)
            self.entered(each, "attendance", str(94.25 + n), 60 + n)
            self.entered(each, "exclusions-permanent", str(2 + n), None)

    def published(self, school: School, value: Decimal, n: int) -> None:
        Figure.objects.create(
            measure=measure("ks2-rwm-expected"), school=school, on=dt.date(2025, 7, 31),
            value=value, denominator=n, origin="upload", is_public=True,
            entered_at=timezone.now(),
        )  # fmt: skip

    def entered(self, school: School, code: str, written: str, n: int | None) -> None:
        for year in (2025, 2026):
            facts = FigureFacts(on=dt.date(year, 7, 31), written=written, denominator=n)
            enter_figure(
                person=self.heads[school], day=timezone.localdate(), now=timezone.now(),
                subject="school", subject_pk=school.pk, measure_pk=measure(code).pk, facts=facts,
            )  # fmt: skip


@pytest.fixture
def place() -> Beside:
    return Beside()


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    settings.SECOND_FACTOR_REQUIRED = False


def of(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client


def by_api(person: Person, path: str, **query: Any) -> Cells:
    """What the API says, in the words of a cell."""
    answer = of(person).get(f"/api/v1/{path}/totals", query)
    assert answer.status_code == 200, answer.content
    return {
        (row["of_name"] or "Similar clusters", school_year(row["year"])): row["symbol"]
        or value_shown(measure(row["measure_code"]), Decimal(str(row["value"])))
        for row in answer.json()["items"]
    }


def by_file(person: Person, name: str, pk: int, whose: str, **query: Any) -> Cells:
    """What the CSV file says; `whose` is the heading of whom a row is of."""
    answer = of(person).get(reverse(name, args=[pk]), query)
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = csv.DictReader(text.splitlines())
    return {(row[whose], row["School year"].lstrip("'")): row["Value"].lstrip("'") for row in rows}


def by_page(person: Person, name: str, *keys: int, **query: Any) -> Cells:
    """What the page's tables of lines by year say."""
    answer = of(person).get(reverse(name, args=keys), query)
    assert answer.status_code == 200
    found: Cells = {}
    for table in re.findall(r"<table.*?</table>", answer.content.decode(), re.DOTALL):
        heads, *rows = (
            [_words(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)]
            for row in re.findall(r"<tr.*?</tr>", table, re.DOTALL)
        )
        for row in rows:
            found |= {
                (row[0], year): cell
                for year, cell in zip(heads, row, strict=False)
                if re.fullmatch(r"\d{4}/\d{2}", year)
            }
    return found


def _words(cell: str) -> str:
    """The text of a cell up to a line break, after which its kind stands."""
    text = re.split(r"<br>", cell)[0]
    return " ".join(unescape(re.sub(r"<[^>]*>", "", text)).split())


def same(told: Cells, *others: Cells) -> None:
    """Every cell of the first stands so in the others."""
    assert told
    for each in others:
        assert {key: each.get(key) for key in told} == told


READERS = ("head", "other_head", "outside_head", "officer")


class TestATotal:
    @pytest.mark.parametrize("code", CODES)
    @pytest.mark.parametrize("reader", READERS)
    def test_of_a_cluster_and_those_beside_it(self, place, reader, code):
        person, found = getattr(place, reader), measure(code)
        same(
            by_api(person, f"clusters/{place.cluster.pk}", measure=code),
            by_page(person, "cluster_measure", place.cluster.pk, found.pk),
            by_file(person, "cluster_figures_csv", place.cluster.pk, "Of whom", measure=found.pk),
        )

    @pytest.mark.parametrize("code", CODES)
    @pytest.mark.parametrize("reader", ["head", "officer"])
    def test_of_a_programme_and_its_clusters(self, place, reader, code):
        person, found = getattr(place, reader), measure(code)
        told = by_api(person, f"programmes/{place.programme.pk}", measure=code)
        named = {
            ("All clusters together" if name == "Together" else name, year): cell
            for (name, year), cell in told.items()
        }
        same(
            named,
            by_page(person, "programme_figures", place.programme.pk, measure=found.pk),
            by_file(
                person, "programme_figures_csv", place.programme.pk, "Cluster", measure=found.pk
            ),
        )

    @pytest.mark.parametrize("code", CODES)
    @pytest.mark.parametrize("reader", ["head", "officer"])
    def test_of_an_authority(self, place, reader, code):
        person, found = getattr(place, reader), measure(code)
        told = by_api(person, f"authorities/{place.authority.pk}", measure=code)
        page = by_page(person, "cluster_measure", place.cluster.pk, found.pk)
        file = by_file(
            person, "authority_figures_csv", place.authority.pk, "Authority", measure=found.pk
        )
        same(told, page, file)

    def test_that_hides_hides_alike_whichever_is_asked_first(self, place):
        extra = School.objects.create(
            urn=129_999, authority=place.authority, name="Deeping", phase="primary"
        )
        place.heads[extra] = head(extra, "Dai")
        place.entered(extra, "attendance", "91", 4)
        told = by_api(place.officer, f"authorities/{place.authority.pk}", measure="attendance")
        for path in (f"clusters/{place.cluster.pk}", f"programmes/{place.programme.pk}"):
            told |= by_api(place.officer, path, measure="attendance")
        again = by_api(place.outside_head, f"clusters/{place.cluster.pk}", measure="attendance")
        same(again, told)
