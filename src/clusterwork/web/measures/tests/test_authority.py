"""An authority's figures on pages and in files, and the ways there."""

from __future__ import annotations

import pytest
from django.urls import reverse

from clusterwork.measures.tests.made import measure
from clusterwork.web.clusters.tests.conftest import client_of, words_of
from clusterwork.web.clusters.tests.conftest import (
    without_second_factor as without_second_factor,
)
from clusterwork.web.measures.tests.test_school import Place

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(db) -> Place:
    return Place()


def page(place, person, name="authority_figures", *args, **query) -> str:
    answer = client_of(person).get(reverse(name, args=[place.authority.pk, *args]), query)
    assert answer.status_code == 200
    return words_of(answer)


def file(place, person, **query) -> str:
    address = reverse("authority_figures_csv", args=[place.authority.pk])
    return b"".join(client_of(person).get(address, query).streaming_content).decode()


class TestAnAuthoritysPage:
    def test_says_what_will_be_there(self, place):
        words = page(place, place.officer)
        assert "There are no figures of the authority’s schools yet." in words

    def test_puts_all_schools_together_with_the_number_and_unit_of_count(self, place):
        place.published("60", denominator=10)
        place.published("90", school=place.outside, denominator=20)
        words = page(place, place.officer)
        assert "80" in words and "30" in words and "2 of 2" in words and "pupils" in words
        one = page(place, place.officer, "authority_measure", measure("ks2-rwm-expected").pk)
        assert "80% in 2024/25" in one and "Each school and each pupil is counted once." in one

    def test_hides_in_the_file_what_it_hides_on_the_page(self, place):
        place.entered("94.5")
        assert "94.5" not in page(place, place.officer)
        assert "94.5" not in file(place, place.officer) and ",c," in file(place, place.officer)

    def test_of_a_past_day_stops_at_it(self, place):
        place.published("60", denominator=10)
        words = page(place, place.officer, on="2025-01-01")
        assert "There are no figures of the authority’s schools yet." in words

    def test_of_a_measure_without_figures_leads_back(self, place):
        address = reverse("authority_measure", args=[place.authority.pk, measure().pk])
        assert client_of(place.head).get(address).status_code == 404

    def test_is_reached_from_home_the_organisation_and_the_clusters_page(self, place):
        place.published("60", denominator=10)
        address = reverse("authority_figures", args=[place.authority.pk])
        client = client_of(place.officer)
        organisation = reverse("organisation", args=[place.organisation.pk])
        for start in (reverse("home"), organisation):
            assert address in client.get(start).content.decode()
        told = measure("ks2-rwm-expected").pk
        start = reverse("cluster_measure", args=[place.cluster.pk, told])
        one = reverse("authority_measure", args=[place.authority.pk, told])
        assert one in client_of(place.head).get(start).content.decode()
