"""Figures of a cluster and of an authority themselves: entering, seeing, correcting, files."""

from __future__ import annotations

import pytest
from django.urls import reverse

from clusterwork.measures.models import Figure
from clusterwork.measures.tests.made import measure
from clusterwork.web.clusters.tests.conftest import client_of, words_of
from clusterwork.web.clusters.tests.conftest import (
    without_second_factor as without_second_factor,
)
from clusterwork.web.measures.tests.test_school import Place

pytestmark = pytest.mark.django_db
TYPED = {"on": "2025-10-01", "written": "72", "source": "Our survey of October"}


@pytest.fixture
def place(db) -> Place:
    return Place()


def subject_of(place, kind):
    return place.cluster if kind == "cluster" else place.authority


def enter(place, kind="cluster", person=None, code="staff-confidence", **typed):
    args = [subject_of(place, kind).pk, measure(code).pk]
    address = reverse(f"{kind}_measure_enter", args=args)
    return client_of(person or place.officer).post(address, {**TYPED, **typed}, follow=True)


def own(place, person, kind="cluster", **query) -> str:
    address = reverse(f"{kind}_own_figures", args=[subject_of(place, kind).pk])
    return words_of(client_of(person).get(address, query))


@pytest.mark.parametrize("kind", ["cluster", "authority"])
class TestAFigureOfItself:
    def test_is_entered_with_its_date_source_and_who(self, place, kind):
        words = words_of(enter(place, kind))
        assert "The figure is kept. Everyone who has a role sees it." in words
        assert "72" in words and "Our survey of October" in words
        figure = Figure.objects.get()
        assert (figure.subject, figure.entered_by) == (subject_of(place, kind), place.officer)

    def test_is_asked_for_by_its_measure_first(self, place, kind):
        address = reverse(f"{kind}_figure_enter", args=[subject_of(place, kind).pk])
        told = {"measure": measure("staff-confidence").pk}
        answer = client_of(place.officer).post(address, told)
        assert answer["Location"].endswith(f"/figures/{told['measure']}/enter/")

    def test_keeps_the_earlier_value_when_it_is_corrected(self, place, kind):
        enter(place, kind)
        address = reverse("figure_correct", args=[Figure.objects.get().pk])
        told = {"written": "74", "because": "Two answers came late.", "source": "Our survey"}
        words = words_of(client_of(place.officer).post(address, told, follow=True))
        assert "Earlier values" in words and "72" in words and "Two answers came late." in words

    def test_stands_on_the_file_and_not_before_its_day(self, place, kind):
        enter(place, kind)
        address = reverse(f"{kind}_own_figures_csv", args=[subject_of(place, kind).pk])
        answer = client_of(place.officer).get(address)
        assert "Our survey of October" in b"".join(answer.streaming_content).decode()
        assert "72" not in own(place, place.officer, kind, on="2025-09-30")

    def test_is_refused_with_what_was_typed_kept(self, place, kind):
        words = enter(place, kind, written="172").content.decode()
        assert "This is not a percentage from 0 to 100" in words and 'value="172"' in words
        assert not Figure.objects.exists()

    def test_is_refused_where_it_tells_of_few_people(self, place, kind):
        words = words_of(enter(place, kind, written="50", denominator="6"))
        assert "This figure would tell of few people." in words
        assert not Figure.objects.exists()


class TestWhoEntersThem:
    def test_the_head_of_a_member_enters_for_the_cluster(self, place):
        assert "The figure is kept." in words_of(enter(place, person=place.head))
        assert "72" in own(place, place.outside_head)

    def test_nobody_from_outside_does(self, place):
        assert enter(place, person=place.outside_head).status_code == 403
        assert enter(place, "authority", person=place.head).status_code == 403

    def test_the_clusters_page_leads_there(self, place):
        address = reverse("cluster_figures", args=[place.cluster.pk])
        assert "Enter a figure of the cluster" in words_of(client_of(place.head).get(address))
        enter(place)
        words = words_of(client_of(place.outside_head).get(address))
        assert "See the figures of the cluster itself" in words
        assert "Enter a figure of the cluster" not in words

    def test_a_figure_of_the_authority_leads_back_only_to_those_who_may_go(self, place):
        enter(place, "authority")
        address = reverse("figure", args=[Figure.objects.get().pk])
        words = words_of(client_of(place.head).get(address))
        assert "Its own figures" in words and "What the school says of it" not in words
