"""The catalogue: finding a measure, reading it, and an organisation's own."""

from __future__ import annotations

import pytest
from django.urls import reverse

from clusterwork.measures.models import Measure
from clusterwork.measures.tests.made import measure
from clusterwork.web.clusters.tests.conftest import client_of, words_of
from clusterwork.web.clusters.tests.conftest import (
    without_second_factor as without_second_factor,
)
from clusterwork.web.measures.tests.test_school import Place

pytestmark = pytest.mark.django_db
NEW = {
    "name": "Reading age", "code": "reading-age", "unit": "points", "counts": "pupils",
    "direction": "higher", "way": "weighted", "covers": "day", "decimals": "1",
    "breakdowns": ["boys"], "codes": ["x"],
}  # fmt: skip


@pytest.fixture
def place(db) -> Place:
    return Place()


def read(person, **query) -> str:
    return words_of(client_of(person).get(reverse("measures"), query))


def add(place, person=None, **typed):
    told = {"organisation": place.organisation.pk, **NEW, **typed}
    return client_of(person or place.officer).post(reverse("measure_new"), told, follow=True)


class TestTheCatalogue:
    def test_is_narrowed_by_unit_of_count_and_words(self, place):
        assert "Attendance" in read(place.head, q="attend")
        assert "Attendance" not in read(place.head, q="attend", counts="posts")

    def test_leaves_out_what_has_ended_unless_asked(self, place):
        ended = Measure.objects.filter(ended_on__isnull=False).first()
        assert ended is not None
        assert str(ended) not in read(place.head, q=ended.name)
        assert str(ended) in read(place.head, q=ended.name, ended="ended")

    def test_says_what_codes_stand_for(self, place):
        address = reverse("measure", args=[measure("ks2-rwm-expected").pk])
        words = words_of(client_of(place.head).get(address))
        assert "Nobody was counted" in words and "A code is neither zero nor missing." in words


class TestAnOrganisationsOwnMeasure:
    def test_is_added_and_found_by_its_schools(self, place):
        words = words_of(add(place))
        assert "The measure is added." in words and "Change this measure" in words
        assert "Reading age" in read(place.head, whose="own")
        assert Measure.objects.get(code="reading-age").breakdowns == ["all", "boys"]

    def test_is_changed_by_its_officers_alone(self, place):
        add(place)
        own = Measure.objects.get(code="reading-age")
        address = reverse("measure_change", args=[own.pk])
        told = {**NEW, "name": "Reading age in months"}
        words = words_of(client_of(place.officer).post(address, told, follow=True))
        assert "Reading age in months" in words
        assert client_of(place.head).get(address).status_code == 403
        shipped = reverse("measure_change", args=[measure().pk])
        assert client_of(place.officer).get(shipped).status_code == 403

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({"name": ""}, "Enter what the measure is called."),
            ({"code": "two words"}, "Use letters, figures and hyphens only"),
            ({"unit": ""}, "Something is missing here: Unit"),
            ({"code": "attendance"}, "code"),
            ({"least": "5", "most": "1"}, "There is a problem"),
        ],
    )
    def test_is_refused_with_what_to_do(self, place, typed, said):
        answer = add(place, **typed)
        assert said in words_of(answer) and "There is a problem" in words_of(answer)
        assert not Measure.objects.filter(organisation=place.organisation).exists()
