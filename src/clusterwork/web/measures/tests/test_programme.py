"""A programme's figures: clusters side by side, sorted, hidden alike on the page and in files."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from clusterwork.clusters.models import Participation
from clusterwork.clusters.services.programmes import ProgrammeFacts, start_programme
from clusterwork.clusters.tests.made import TODAY
from clusterwork.clusters.tests.made_clusters import BEGUN
from clusterwork.measures.tests.made import measure
from clusterwork.web.clusters.tests.conftest import client_of, words_of
from clusterwork.web.clusters.tests.conftest import (
    without_second_factor as without_second_factor,
)
from clusterwork.web.measures.tests.test_school import Place as Made

pytestmark = pytest.mark.django_db


class Place(Made):
    """The same place, whose cluster takes part in a programme."""

    def __init__(self) -> None:
        super().__init__()
        facts = ProgrammeFacts("Together", "", dt.date(2024, 9, 1), None)
        self.programme = start_programme(
            person=self.officer, day=TODAY, organisation=self.organisation, facts=facts
        )
        Participation.objects.create(programme=self.programme, cluster=self.cluster, start_on=BEGUN)

    def read(self, person, **query) -> str:
        address = reverse("programme_figures", args=[self.programme.pk])
        answer = client_of(person).get(address, query)
        assert answer.status_code == 200
        return words_of(answer)

    def file(self, person, **query) -> str:
        address = reverse("programme_figures_csv", args=[self.programme.pk])
        return b"".join(client_of(person).get(address, query).streaming_content).decode()


@pytest.fixture
def place(db) -> Place:
    return Place()


class TestAProgrammesFigures:
    def test_say_what_will_be_there(self, place):
        words = place.read(place.officer)
        assert "There are no figures of the programme’s schools yet." in words

    def test_put_the_schools_of_each_cluster_together(self, place):
        place.published("60", denominator=10)
        place.published("90", school=place.other, denominator=20)
        words = place.read(place.officer)
        assert "80" in words and "Sleaford" in words and "All clusters together" in words
        assert "Published nationally" in words
        assert "80" in place.file(place.officer)

    def test_hide_in_the_file_what_they_hide_on_the_page(self, place):
        place.entered("94.5")
        assert "94.5" not in place.read(place.officer)
        assert "94.5" not in place.file(place.officer)
        assert ",c," in place.file(place.officer)

    def test_show_the_measure_that_is_asked_for(self, place):
        place.published("60", denominator=10)
        place.entered("94.5")
        words = place.read(place.officer, measure=measure("ks2-rwm-expected").pk, sort="-2025")
        assert "60" in words

    def test_are_for_those_who_may_read_about_the_programme(self, place):
        address = reverse("programme_figures", args=[place.programme.pk])
        assert client_of(place.head).get(address).status_code == 200
        assert client_of(place.outside_head).get(address).status_code == 403
