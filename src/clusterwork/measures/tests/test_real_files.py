"""The published files beside the project, read as they are; skipped where they are absent."""

from __future__ import annotations

import csv
import gzip
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import pytest

from clusterwork.measures.models import Figure, Upload
from clusterwork.measures.selectors.figures import figures_of
from clusterwork.measures.tests.files import confirm, csv_of, packed, stage
from clusterwork.measures.tests.made import Place
from clusterwork.registry.models import School
from clusterwork.registry.tests.made import SHARED

pytestmark = [pytest.mark.django_db, pytest.mark.real_data]
FILES = {
    "ks2": "ks2_england_2016_2019.csv.gz",
    "absence": "absence_england_201819.csv.gz",
    "census": "census_england_201819.csv.gz",
    "pupils": "ofsted_pupils_2024.csv.gz",
}
N_ROWS = 400


def real(layout: str) -> Path:
    path = SHARED / "data" / FILES[layout]
    if not path.exists():
        pytest.skip(f"the open data file {path.name} is not beside the project")
    return path


def beginning(layout: str) -> BinaryIO:
    """The first rows and the last three, packed as the file is."""
    with gzip.open(real(layout), "rt", encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        header = next(reader)
        rows = list(islice(reader, N_ROWS))
        rows += list(reader)[-3:]
    return packed(csv_of(header, rows))


@pytest.fixture
def place() -> Place:
    """A place whose first school has the number of the first school of every file."""
    place = Place()
    School.objects.filter(pk=place.own.pk).update(urn=100_000)
    place.own.refresh_from_db()
    return place


def loaded(place: Place, layout: str, year: int | None = None) -> Upload:
    return confirm(place, stage(place, beginning(layout), layout, year=year))


def found(place: Place) -> dict[tuple[str, str, int], Figure]:
    return {(f.measure.code, f.group, f.on.year): f for f in figures_of(place.own)}


class TestPublishedFiles:
    def test_key_stage_2(self, place: Place) -> None:
        upload = loaded(place, "ks2")
        figures = found(place)
        assert figures["ks2-rwm-expected", "all", 2016].value == Decimal(89)
        assert figures["ks2-rwm-expected", "all", 2016].denominator == 28
        assert figures["ks2-maths-progress", "all", 2018].value == Decimal("2.8")
        assert ("ks2-rwm-expected", "all", 2019) not in figures
        assert upload.run.n_read == N_ROWS + 3 and not upload.run.n_rejected
        assert upload.run.n_unmatched == N_ROWS + 3 - 4

    def test_absence(self, place: Place) -> None:
        upload = loaded(place, "absence", 2019)
        figures = found(place)
        assert figures["absence-overall", "all", 2019].value == Decimal("2.6")
        assert figures["absence-persistent", "all", 2019].value == Decimal("3.4")
        assert not upload.run.n_rejected

    def test_the_census(self, place: Place) -> None:
        upload = loaded(place, "census", 2019)
        figures = found(place)
        assert figures["pupils-on-roll", "girls", 2019].value == Decimal(141)
        assert figures["fsm-share", "all", 2019].value == Decimal("11.2")
        assert not upload.run.n_rejected

    def test_the_inspectorates_pupils(self, place: Place) -> None:
        upload = loaded(place, "pupils", 2024)
        figures = found(place)
        assert figures["eal-share", "all", 2024].value == Decimal(53)
        assert figures["pupils-on-roll", "all", 2024].value == Decimal(271)
        assert not upload.run.n_rejected

    def test_loaded_again_change_nothing(self, place: Place) -> None:
        loaded(place, "ks2")
        n_figures = Figure.objects.count()
        again = loaded(place, "ks2")
        assert (again.n_staged, Figure.objects.count()) == (0, n_figures)
