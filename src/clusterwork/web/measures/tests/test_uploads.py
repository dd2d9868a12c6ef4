"""Files of figures: what would change, what cannot be taken, loading and putting aside."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from clusterwork.measures.models import Figure, Upload
from clusterwork.web.clusters.tests.conftest import client_of, words_of
from clusterwork.web.clusters.tests.conftest import (
    without_second_factor as without_second_factor,
)
from clusterwork.web.measures.tests.test_school import Place

pytestmark = pytest.mark.django_db
HEADER = "measure,school_number,year,value,denominator"
GOOD = "attendance,120000,2025,94.5,60"
BAD = "attendance,120001,2025,101,60"


@pytest.fixture
def place(db, settings, tmp_path) -> Place:
    settings.MEDIA_ROOT = tmp_path
    return Place()


def sent(place, *rows, person=None, **typed):
    text = "\n".join((HEADER, *rows, ""))
    told = {
        "organisation": place.organisation.pk,
        "layout": "long",
        "file": SimpleUploadedFile("figures.csv", text.encode()),
        **typed,
    }
    client = client_of(person or place.officer)
    return client.post(reverse("figure_upload_new"), told, follow=True)


def act(place, name, **typed):
    address = reverse(name, args=[Upload.objects.get().pk])
    return client_of(place.officer).post(address, typed, follow=True)


class TestAFileOfFigures:
    def test_shows_what_would_change_and_changes_nothing(self, place):
        words = words_of(sent(place, GOOD))
        assert "One figure would be loaded. Nothing is changed yet." in words
        assert "Load one figure" in words and "Ancaster" in words and "94" in words
        assert not Figure.objects.exists()

    def test_is_loaded_when_confirmed(self, place):
        sent(place, GOOD)
        words = words_of(act(place, "figure_upload_confirm"))
        assert "The figures of the file are loaded." in words and "Loaded: one figure." in words
        figure = Figure.objects.get()
        assert (figure.value, figure.school, figure.is_public) == (
            Decimal("94.5"), place.own, False,
        )  # fmt: skip

    def test_shows_a_correction_beside_what_stands_now(self, place):
        place.entered("90")
        words = words_of(sent(place, GOOD))
        assert "Corrected (1)" in words and "90" in words

    def test_lists_rows_that_cannot_be_taken_with_line_value_why_and_what_to_do(self, place):
        words = words_of(sent(place, GOOD, BAD))
        assert "One row cannot be taken." in words
        assert "This is not a percentage from 0 to 100: 101." in words
        assert "Correct the value, or choose another measure." in words

    def test_loads_the_good_rows_only_if_that_is_said(self, place):
        sent(place, GOOD, BAD)
        words = words_of(act(place, "figure_upload_confirm"))
        assert "Say that the good rows are to be loaded alone." in words
        assert not Figure.objects.exists()
        act(place, "figure_upload_confirm", accept_good_rows="on")
        assert Figure.objects.count() == 1

    def test_gives_the_rejected_rows_back_to_be_mended(self, place):
        sent(place, GOOD, BAD)
        address = reverse("figure_upload_rejected_csv", args=[Upload.objects.get().pk])
        text = client_of(place.officer).get(address).content.decode("utf-8-sig")
        assert text.startswith(HEADER) and BAD in text and "94.5" not in text

    def test_is_put_aside(self, place):
        sent(place, GOOD)
        words = words_of(act(place, "figure_upload_abandon"))
        assert "The file was put aside. The figures are as they were." in words
        assert not Figure.objects.exists()

    def test_that_cannot_be_read_is_said_on_its_page(self, place):
        words = words_of(sent(place, GOOD, layout="ks2"))
        assert "The file was not taken" in words and "The figures are as they were." in words

    def test_of_bad_rows_alone_does_not_say_that_they_are_held(self, place):
        words = words_of(sent(place, BAD))
        assert "no figure of the file can be loaded" in words and "held already" not in words

    def test_wants_a_layout_and_a_file(self, place):
        words = words_of(client_of(place.officer).post(reverse("figure_upload_new"), {}))
        assert "Say how the file is laid out." in words and "Choose the file to upload." in words

    def test_is_listed_for_officers_of_its_organisation_alone(self, place):
        sent(place, GOOD)
        words = words_of(client_of(place.officer).get(reverse("figure_uploads")))
        assert "figures.csv" in words
        assert client_of(place.head).get(reverse("figure_uploads")).status_code == 403

    def test_has_a_template_to_fill_in(self, place):
        answer = client_of(place.officer).get(reverse("figures_template_csv"))
        assert "measure" in answer.content.decode() and "school_number" in answer.content.decode()
