"""Figures by the API: the published ones, one's own, and what was released; nothing else."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from clusterwork.api.tests.made import key_of
from clusterwork.measures.models import Figure, Measure, Told
from clusterwork.measures.services.releases import release_figures
from clusterwork.measures.tests.made import NOW, TODAY, Place, measure

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Place:
    return Place()


def get(path, person, **query):
    answer = Client().get(f"/api/v1/{path}", query, headers=key_of(person))
    assert answer.status_code == 200, answer.content
    return answer.json()


class TestFigures:
    def test_of_a_school_are_its_own_until_it_releases_them(self, place):
        figure = place.enter("94.5", denominator=60)
        (row,) = get("figures", place.head)["items"]
        assert (row["value"], row["denominator"], row["measure_code"]) == (94.5, 60, "attendance")
        assert get("figures", place.other_head)["count"] == 0
        assert get("figures", place.officer)["count"] == 0
        release_figures(
            person=place.head, day=TODAY, now=NOW, school_pk=place.own.pk,
            cluster_pk=place.cluster.pk, measure_pk=figure.measure_id,
        )  # fmt: skip
        assert get("figures", place.other_head)["count"] == 0  # until totals have been weighed
        Told.objects.create(measure_id=figure.measure_id, year=2026, figures=[figure.pk])
        assert get("figures", place.other_head)["count"] == 1
        assert get("figures", place.outside_head)["count"] == 0

    def test_that_are_published_are_everybodys(self, place):
        Figure.objects.create(
            measure=measure("ks2-rwm-expected"), school=place.own, on=timezone.localdate(),
            code="SUPP", origin="upload", is_public=True, entered_at=NOW,
        )  # fmt: skip
        (row,) = get("figures", place.outside_head, cluster=place.cluster.pk)["items"]
        assert (row["value"], row["code"], row["symbol"]) == (None, "SUPP", "c")

    def test_are_narrowed_by_school_measure_and_day(self, place):
        figure = place.enter("94.5")
        for query, n in (
            ({"school": place.own.pk}, 1),
            ({"school": place.other.pk}, 0),
            ({"measure": "attendance", "group": "all"}, 1),
            ({"measure": "no-such"}, 0),
            ({"since": figure.on.isoformat()}, 1),
            ({"until": "2020-01-01"}, 0),
        ):
            assert get("figures", place.head, **query)["count"] == n, query


class TestMeasures:
    def test_are_those_that_ship_and_ones_own(self, place):
        found = get("measures", place.head, code="attendance")
        assert found["items"][0]["unit"] == "percent"
        assert get("measures", place.head)["count"] == Measure.objects.count()
