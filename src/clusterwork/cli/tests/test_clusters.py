"""The commands that bring clusters in, as somebody types them, with the invented county."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from clusterwork.cli import app
from clusterwork.clusters.imports.columns import COLUMNS, column_of
from clusterwork.clusters.models import Appointment, Cluster, Membership
from clusterwork.lookalike import build_county, write_county
from clusterwork.registry.models import Authority, ImportRun, Organisation

pytestmark = pytest.mark.django_db


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def load(file: Path, *words: object) -> Result:
    return run("clusters", "import", file, *words)


def answer(result: Result) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(result.stdout)
    return told


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("county")
    write_county(build_county(seed=1), folder)
    return folder


@pytest.fixture
def county(written: Path) -> Path:
    """The spreadsheet of the county whose register is loaded."""
    run("schools", "import", written / "schools.csv", "--source", "gias")
    organisation = Organisation.objects.create(kind="authority", name="Wolderland")
    organisation.authorities.set(Authority.objects.all())
    return written / "clusters.csv"


def spoilt(county: Path, folder: Path, **changes: str) -> Path:
    """A copy of the spreadsheet with its second row changed."""
    rows = list(csv.DictReader(county.open(encoding="utf-8")))
    rows[1] |= changes
    path = folder / "spoilt.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


class TestImport:
    def test_loads_and_ends_with_0_and_a_second_time_changes_nothing(self, county: Path) -> None:
        result = load(county)
        assert result.exit_code == 0, result.output
        assert "clusters new 16" in result.stdout and "Loaded." in result.stdout
        assert (Cluster.objects.count(), Membership.objects.count()) == (16, 113)
        assert Appointment.objects.filter(role="chair").count() == 16
        again = answer(load(county, "--json"))
        assert (again["steps"], again["memberships_unchanged"]) == ([], 113)

    def test_a_dry_run_says_the_same_and_writes_nothing(self, county: Path) -> None:
        told = answer(load(county, "--dry-run", "--json"))
        assert (told["clusters_new"], told["memberships_new"]) == (16, 113)
        assert (told["loaded"], told["dry_run"], told["rejected"]) == (False, True, 0)
        assert not Cluster.objects.exists()

    def test_rejected_rows_end_with_1_and_load_nothing(self, county: Path, tmp_path: Path) -> None:
        file = spoilt(county, tmp_path, school_number="", school="Bramlemere Granary Primary")
        result = load(file, "--json", "--rejected", tmp_path / "mend.csv")
        assert result.exit_code == 1
        (rejection,) = answer(result)["rejections"]
        assert (rejection["line"], rejection["column"]) == (3, "school")
        assert "Bramlemere Granary Primary Academy (900049)" in rejection["next_step"]
        assert not Cluster.objects.exists()
        (row,) = csv.DictReader((tmp_path / "mend.csv").open(encoding="utf-8"))
        assert row["reason"].startswith("No school")

    def test_two_chairs_on_one_day(self, county: Path, tmp_path: Path) -> None:
        rows = list(csv.DictReader(county.open(encoding="utf-8")))
        changes = {"cluster": rows[0]["cluster"], "chair": "One More"}
        file = spoilt(county, tmp_path, **changes)
        rows = list(csv.DictReader(file.open(encoding="utf-8")))
        result = run("clusters", "import", spoilt_again(rows, tmp_path))
        assert result.exit_code == 1
        assert "Two chairs on one day. The other: One More" in result.stderr

    def test_good_rows_are_loaded_when_told(self, county: Path, tmp_path: Path) -> None:
        file = spoilt(county, tmp_path, school_number="123456", school="")
        result = load(file, "--accept-good-rows")
        assert result.exit_code == 0
        assert Membership.objects.count() == 112
        assert "Line 3, column school_number, value '123456'" in result.stderr

    def test_past_days_change_only_when_told(self, county: Path, tmp_path: Path) -> None:
        load(county)
        file = spoilt(county, tmp_path, part="core")
        result = load(file)
        assert result.exit_code == 1
        assert "Past days change, line 3" in result.stderr
        assert "--change-past" in result.stderr
        assert ImportRun.objects.latest("pk").state == "failed"
        assert load(file, "--change-past").exit_code == 0

    @pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"PK\x03\x04rest", b"\x1f\x8brest"])
    def test_a_file_that_cannot_be_read_ends_with_2(self, tmp_path: Path, content: bytes) -> None:
        file = tmp_path / "clusters.csv"
        file.write_bytes(content)
        result = load(file, "--json")
        assert result.exit_code == 2
        assert set(answer(result)["error"]) >= {"what", "next_step"}

    def test_a_file_that_is_not_there_ends_with_2(self, tmp_path: Path) -> None:
        result = load(tmp_path / "absent.csv")
        assert result.exit_code == 2 and "absent.csv" in result.stderr

    def test_whose_clusters_has_to_be_said_where_there_are_several(self, county: Path) -> None:
        Organisation.objects.create(kind="authority", name="Elsewhere")
        refused = answer(load(county, "--json"))
        assert {each["column"] for each in refused["rejections"]} == {"organisation"}
        assert load(county, "--organisation", "wolderland").exit_code == 0
        assert Cluster.objects.first().organisation.name == "Wolderland"
        unknown = load(county, "--organisation", "Nowhere")
        assert unknown.exit_code != 0
        assert "There is no organisation of this name: Nowhere." in str(unknown.exception)

    def test_the_sheet_of_a_register_is_told_apart(self, written: Path) -> None:
        result = load(written / "schools.csv")
        assert result.exit_code == 2
        assert "clusterwork schools import FILE --source gias" in result.stderr


def spoilt_again(rows: list[dict[str, str]], folder: Path) -> Path:
    """The same with a chair in the third row, which is of the same cluster."""
    rows[2] |= {"chair": "And Another"}
    path = folder / "again.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


class TestTemplate:
    def test_is_printed_or_written(self, tmp_path: Path) -> None:
        assert run("clusters", "template").stdout.strip() == ",".join(COLUMNS)
        run("clusters", "template", "--welsh", "--out", tmp_path / "a.csv")
        welsh = (tmp_path / "a.csv").read_text(encoding="utf-8").strip().split(",")
        assert [column_of(heading) for heading in welsh] == list(COLUMNS)
        run("clusters", "template", "--out", tmp_path / "a.xlsx")
        first = load_workbook(tmp_path / "a.xlsx").worksheets[0]
        assert [cell.value for cell in first[1]] == list(COLUMNS)


class TestDemonstration:
    def test_has_clusters_with_its_own_people_among_them(self, county: Path) -> None:
        from clusterwork.cli.demo.clusters import ensure_clusters
        from clusterwork.cli.demo.people import ensure_people
        from clusterwork.registry.tests.made import TODAY

        organisation = Organisation.objects.get()
        people = [each.person for each in ensure_people(organisation, TODAY)]
        assert ensure_clusters(organisation, people, TODAY) == 16
        assert ensure_clusters(organisation, people, TODAY) == 16
        held = Appointment.objects.filter(person__isnull=False)
        assert {each.role for each in held} == {"chair", "link_adviser"}
