"""Bringing clusters in: uploaded, looked at, mended, confirmed or put aside."""

from __future__ import annotations

import csv
import gzip
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook

from clusterwork.clusters.imports.columns import COLUMNS, column_of
from clusterwork.clusters.models import Arrival, Cluster, Membership
from clusterwork.clusters.tests import made
from clusterwork.clusters.tests.made_arrivals import Valley, file_of
from clusterwork.web.clusters.tests.conftest import client_of, words_of

pytestmark = pytest.mark.django_db
PAGE = "/clusters/arriving/"


@pytest.fixture
def valley() -> Valley:
    return Valley()


@pytest.fixture
def officer(valley: Valley) -> Client:
    return client_of(valley.officer)


def upload(client: Client, content: bytes, name: str = "clusters.csv", **more: Any) -> Any:
    file = SimpleUploadedFile(name, content)
    return client.post(PAGE, {"file": file, **more}, follow=True)


def two_rows(valley: Valley) -> bytes:
    return file_of(valley.row(0, chair="Ann"), valley.row(1)).getvalue()


def confirm(client: Client, **more: Any) -> Any:
    pk = Arrival.objects.latest("pk").pk
    return client.post(f"{PAGE}{pk}/confirm", more, follow=True)


class TestUpload:
    def test_shows_what_would_change_and_changes_nothing(
        self, officer: Client, valley: Valley
    ) -> None:
        text = words_of(upload(officer, two_rows(valley)))
        assert "4 things would change. Nothing is changed yet." in text
        assert "Bring in 1 cluster. Memberships: 2" in text
        assert "New memberships (2)" in text
        assert not Cluster.objects.exists()

    def test_takes_a_workbook_and_the_sheet_that_is_named(
        self, officer: Client, valley: Valley
    ) -> None:
        book = Workbook()
        sheet = book.create_sheet("Clusters 2026")
        for row in csv.reader(io.StringIO(two_rows(valley).decode())):
            sheet.append(row)
        out = io.BytesIO()
        book.save(out)
        refused = words_of(upload(officer, out.getvalue(), "a.xlsx"))
        assert "There is a problem" in refused
        text = words_of(upload(officer, out.getvalue(), "a.xlsx", sheet="Clusters 2026"))
        assert "Bring in 1 cluster" in text

    def test_takes_a_file_that_does_not_fit_into_memory(
        self, officer: Client, valley: Valley, settings: Any
    ) -> None:
        settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1
        assert "Bring in 1 cluster." in words_of(upload(officer, two_rows(valley)))
        packed = gzip.compress(two_rows(valley))
        assert "Bring in 1 cluster." in words_of(upload(officer, packed, "clusters.csv.gz"))

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"a,b\n1,2\n", "lacks these columns: cluster, school_number"),
            (b"PK\x03\x04rest", "can't be read as an Excel workbook"),
            (b"cluster;school_number\nA;1\n", "not parted by commas"),
            (b"", "The file is empty"),
        ],
    )
    def test_another_file_is_said_beside_the_field(
        self, officer: Client, content: bytes, said: str
    ) -> None:
        text = words_of(upload(officer, content))
        assert "There is a problem" in text and said in text
        assert not Arrival.objects.exists()

    def test_one_that_is_too_large_is_refused(
        self, officer: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("clusterwork.web.clusters.arrivals.forms.LARGEST_MB", 0)
        assert "larger than 10 megabytes" in words_of(upload(officer, b"cluster\n"))

    def test_with_several_organisations_asks_whose(self, officer: Client, valley: Valley) -> None:
        assert "Whose clusters are they?" not in words_of(officer.get(PAGE))
        made.organisation("Below", parent=valley.organisation)
        assert "Whose clusters are they?" in words_of(officer.get(PAGE))


class TestConfirm:
    def test_brings_in_once_and_says_so(self, officer: Client, valley: Valley) -> None:
        upload(officer, two_rows(valley))
        text = words_of(confirm(officer))
        assert "The clusters of the file are brought in." in text
        assert "Brought in, with 4 changes." in text
        confirm(officer)
        assert Membership.objects.count() == 2

    def test_the_same_file_again_offers_nothing_to_confirm(
        self, officer: Client, valley: Valley
    ) -> None:
        upload(officer, two_rows(valley))
        confirm(officer)
        text = words_of(upload(officer, two_rows(valley)))
        assert "Nothing would change: all of this is held already." in text
        assert "Bring in 1" not in text and "Unchanged memberships 2" in text

    def test_rows_are_left_out_only_if_somebody_says_so(
        self, officer: Client, valley: Valley
    ) -> None:
        bad = {**valley.row(1), "school_number": "1"}
        text = words_of(upload(officer, file_of(valley.row(0), bad).getvalue()))
        assert "One row cannot be taken." in text
        assert "3 school_number 1 The register holds no school of this number." in text
        refused = words_of(confirm(officer))
        assert "Say that the good rows are to be loaded alone." in refused
        assert not Cluster.objects.exists()
        confirm(officer, accept_good_rows="on")
        assert Membership.objects.count() == 1

    def test_rejected_rows_come_back_to_be_mended_and_are_taken_then(
        self, officer: Client, valley: Valley
    ) -> None:
        bad = {**valley.row(1), "school_number": "1", "chair": "=Ann()"}
        upload(officer, file_of(valley.row(0, chair=""), bad).getvalue())
        confirm(officer, accept_good_rows="on")
        pk = Arrival.objects.get().pk
        file = officer.get(f"{PAGE}{pk}/rejected.csv").content.decode("utf-8-sig")
        assert "'=Ann()" in file and ",3,school_number," in file
        upload(officer, file.replace(",1,'", f",{valley.number(1)},'").encode())
        confirm(officer, change_past="on")
        assert Cluster.objects.get().memberships.count() == 2
        assert not Membership.objects.exclude(reason="").exists()
        assert Cluster.objects.get().appointments.get().name == "=Ann()"

    def test_past_days_change_only_if_somebody_says_so(
        self, officer: Client, valley: Valley
    ) -> None:
        upload(officer, two_rows(valley))
        confirm(officer)
        late = file_of(valley.row(1, until="2019-09-01")).getvalue()
        text = words_of(upload(officer, late))
        assert "One change is of the past." in text
        assert "Until: nothing → becomes 1 September 2019" in text
        assert "is to be changed" in words_of(confirm(officer))
        confirm(officer, change_past="on")
        assert Membership.objects.filter(end_on=None).count() == 1

    def test_what_has_moved_on_is_said(self, officer: Client, valley: Valley) -> None:
        upload(officer, two_rows(valley))
        first = Arrival.objects.get()
        upload(officer, two_rows(valley))
        confirm(officer)
        text = words_of(officer.post(f"{PAGE}{first.pk}/confirm"))
        assert "have changed since this file was read" in text

    def test_put_aside_changes_nothing(self, officer: Client, valley: Valley) -> None:
        upload(officer, two_rows(valley))
        pk = Arrival.objects.get().pk
        text = words_of(officer.post(f"{PAGE}{pk}/abandon", follow=True))
        assert "The file was put aside. The clusters are as they were." in text
        confirm(officer)
        assert not Cluster.objects.exists()

    def test_looking_at_it_does_nothing(self, officer: Client, valley: Valley) -> None:
        upload(officer, two_rows(valley))
        pk = Arrival.objects.get().pk
        led = officer.get(f"{PAGE}{pk}/confirm?show=member_new")
        assert led["Location"] == f"{PAGE}{pk}/?show=member_new"
        assert officer.get(f"{PAGE}{pk}/abandon").status_code == 405

    def test_an_officer_of_another_organisation_sees_nothing(
        self, officer: Client, valley: Valley
    ) -> None:
        upload(officer, two_rows(valley))
        pk = Arrival.objects.get().pk
        other = client_of(made.officer(made.organisation("Elsewhere"), "Other"))
        assert other.get(f"{PAGE}{pk}/").status_code == 403
        assert other.post(f"{PAGE}{pk}/confirm").status_code == 403
        assert "clusters.csv" not in words_of(other.get(PAGE))
        assert "clusters.csv" not in words_of(other.get("/"))

    def test_what_waits_is_a_task(self, officer: Client, valley: Valley) -> None:
        upload(officer, two_rows(valley))
        assert "Bring clusters in, or put the file aside: clusters.csv" in words_of(
            officer.get("/")
        )

    def test_one_that_a_later_file_has_overtaken_is_none_and_says_so(
        self, officer: Client, valley: Valley
    ) -> None:
        bad = {**valley.row(1), "school_number": "1"}
        upload(officer, file_of(valley.row(0), bad).getvalue(), name="first.csv")
        first = Arrival.objects.get().pk
        assert "A later file" not in words_of(officer.get(f"{PAGE}{first}/"))
        upload(officer, two_rows(valley), name="mended.csv")
        confirm(officer)
        assert "first.csv" not in words_of(officer.get("/"))
        text = words_of(officer.get(f"{PAGE}{first}/"))
        assert "A later file of this organisation has been brought in." in text
        assert "Put the file aside and change nothing" in text


class TestTemplate:
    def test_has_every_column_in_the_readers_language(self, officer: Client) -> None:
        english = officer.get(f"{PAGE}template.csv").content.decode("utf-8-sig").strip()
        assert english.split(",") == list(COLUMNS)
        welsh = officer.get(f"/cy{PAGE}template.csv").content.decode("utf-8-sig").strip()
        assert [column_of(heading) for heading in welsh.split(",")] == list(COLUMNS)

    def test_as_a_workbook_is_read_again(self, officer: Client, valley: Valley) -> None:
        content = officer.get(f"{PAGE}template.xlsx").content
        book = load_workbook(io.BytesIO(content))
        first, about = book.worksheets
        assert about.max_row == len(COLUMNS)
        row = valley.row(0)
        first.append([row.get(column, "") for column in COLUMNS])
        out = io.BytesIO()
        book.save(out)
        assert "Bring in 1 cluster" in words_of(upload(officer, out.getvalue(), "clusters.xlsx"))


class TestQueries:
    def test_few_however_many_rows(
        self, officer: Client, valley: Valley, django_assert_max_num_queries: Any
    ) -> None:
        made.schools(valley.authority, 120)
        rows = [{**valley.row(0), "school_number": 900_000 + n} for n in range(180)]
        upload(officer, file_of(*rows).getvalue())
        pk = Arrival.objects.get().pk
        for show in ("member_new", "rejected", "cluster_new"):
            with django_assert_max_num_queries(20):
                officer.get(f"{PAGE}{pk}/?show={show}")
