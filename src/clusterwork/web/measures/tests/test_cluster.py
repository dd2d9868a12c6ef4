"""A cluster's figures: totals, each school's own only where it may be seen, the same in files."""

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


def page(place, person, name="cluster_measure", *args, **query) -> str:
    if name == "cluster_measure":
        args = (measure(*args).pk,)
    address = reverse(name, args=[place.cluster.pk, *args])
    answer = client_of(person).get(address, query)
    assert answer.status_code == 200
    return words_of(answer)


def file(place, person, **query) -> str:
    address = reverse("cluster_figures_csv", args=[place.cluster.pk])
    answer = client_of(person).get(address, query)
    return b"".join(answer.streaming_content).decode()


class TestAClustersFigures:
    def test_say_what_will_be_there(self, place):
        words = page(place, place.head, "cluster_figures")
        assert "There are no figures of the cluster’s schools yet." in words

    def test_put_published_figures_together_by_the_numbers_counted(self, place):
        place.published("60", denominator=10)
        place.published("90", school=place.other, denominator=20)
        words = page(place, place.officer, "cluster_figures")
        assert "Figures of the schools together on one measure." in words
        assert "80" in words and "2 of 2" in words and "Nationally" in words

    def test_name_no_change_where_a_school_has_no_figure(self, place):
        place.published("60", denominator=10)
        place.published("90", school=place.other, denominator=20)
        words = page(place, place.head, "cluster_measure", "ks2-rwm-expected")
        assert "80% in 2024/25" in words and "From " not in words.split("80%")[0][-40:]

    def test_hide_a_total_from_which_the_only_other_school_follows(self, place):
        place.entered("94.5")
        words = page(place, place.other_head)
        assert "No total can be told" in words and "not released" in words
        assert "94.5" not in words

    def test_show_the_head_her_own_and_others_what_is_released(self, place):
        place.entered("94.5")
        assert "94.5" in page(place, place.head)
        place.release()
        assert "94.5" in page(place, place.other_head)

    def test_are_the_same_in_the_file(self, place):
        place.entered("94.5")
        mine, others = file(place, place.head), file(place, place.other_head)
        assert "94.5" in mine and "94.5" not in others and "not released" in others

    def test_of_a_past_day_stop_at_it(self, place):
        place.entered("94.5")
        words = page(place, place.head, "cluster_figures", on="2025-01-01")
        assert "There are no figures of the cluster’s schools yet." in words

    def test_of_a_measure_without_figures_lead_back(self, place):
        address = reverse("cluster_measure", args=[place.cluster.pk, measure().pk])
        assert client_of(place.head).get(address).status_code == 404
