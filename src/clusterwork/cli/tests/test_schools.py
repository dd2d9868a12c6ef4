"""The loading commands answer in words or JSON, and end with a number that scripts can use."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from clusterwork.cli import app
from clusterwork.registry.imports.template import COLUMNS
from clusterwork.registry.models import Authority, ImportRun, School
from clusterwork.registry.tests.made import csv_text, gias_text, real, wales_text

pytestmark = pytest.mark.django_db

GOOD, BAD = {"URN": "115850"}, {"URN": "115851", "Northing": "9999999"}
KEYS = ["read", "new", "changed", "unchanged", "closed", "reopened", "rejected"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "schools.csv"
    path.write_text(gias_text(GOOD), encoding="utf-8")
    return path


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def load(file: Path, *words: object, source: str = "gias") -> Result:
    return run("schools", "import", file, "--source", source, *words)


def answer(result: Result) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(result.stdout)
    return told


class TestImport:
    def test_loads_and_ends_with_0(self, file: Path) -> None:
        result = load(file)
        assert result.exit_code == 0
        assert "new 1" in result.stdout
        assert School.objects.get().urn == 115850

    def test_answers_as_json(self, file: Path) -> None:
        told = answer(load(file, "--json", "--as-at", "2022-04-25"))
        assert [told[key] for key in KEYS] == [1, 1, 0, 0, 0, 0, 0]
        assert (told["as_at"], told["loaded"], told["rejections"]) == ("2022-04-25", True, [])

    def test_a_dry_run_says_the_same_and_writes_nothing(self, file: Path) -> None:
        told = answer(load(file, "--json", "--dry-run"))
        assert (told["new"], told["loaded"], told["dry_run"]) == (1, False, True)
        assert not School.objects.exists()

    def test_rejected_rows_end_with_1_and_load_nothing(self, file: Path, tmp_path: Path) -> None:
        file.write_text(gias_text(GOOD, BAD), encoding="utf-8")
        result = load(file, "--json", "--rejected", tmp_path / "rejected.csv")
        assert result.exit_code == 1
        (rejection,) = answer(result)["rejections"]
        assert (rejection["line"], rejection["column"], rejection["value"]) == (
            3,
            "Northing",
            "9999999",
        )
        assert rejection["reason"]
        assert not School.objects.exists()
        (row,) = csv.DictReader((tmp_path / "rejected.csv").open(encoding="utf-8"))
        assert (row["URN"], row["line"], row["column"]) == ("115851", "3", "Northing")

    def test_good_rows_are_loaded_when_told(self, file: Path) -> None:
        file.write_text(gias_text(GOOD, BAD), encoding="utf-8")
        result = load(file, "--accept-good-rows")
        assert result.exit_code == 0
        assert School.objects.count() == 1
        assert "Line 3, column Northing" in result.stderr

    @pytest.mark.parametrize(
        "content",
        [b"", b"a,b\n1,2\n", wales_text({}).encode(), gzip.compress(b"URN\n" * 9000)[:-20]],
        ids=["empty", "other columns", "another register", "cut short"],
    )
    def test_a_file_that_cannot_be_read_ends_with_2(self, file: Path, content: bytes) -> None:
        file.write_bytes(content)
        result = load(file, "--json")
        assert result.exit_code == 2
        assert set(answer(result)["error"]) >= {"what", "next_step"}
        assert not ImportRun.objects.exists()

    def test_a_file_that_is_not_there_ends_with_2(self, tmp_path: Path) -> None:
        result = load(tmp_path / "absent.csv")
        assert result.exit_code == 2
        assert "absent.csv" in result.stderr

    def test_closes_the_schools_that_a_complete_file_does_not_name(self, file: Path) -> None:
        load(file)
        file.write_text(gias_text({"URN": "115852"}), encoding="utf-8")
        assert answer(load(file, "--json", "--complete"))["closed"] == 1

    def test_our_template_is_read_by_its_source(self, file: Path) -> None:
        printed = run("schools", "template").stdout.strip()
        assert printed == ",".join(COLUMNS)
        row = {"urn": "900001", "authority_code": "1", "authority_name": "X", "name": "Y",
               "phase": "primary"}  # fmt: skip
        filled = csv_text([{column: row.get(column, "") for column in COLUMNS}])
        file.write_text(filled, encoding="utf-8")
        assert load(file, source="csv").exit_code == 0


class TestLists:
    def test_each_command_answers_as_json(self, file: Path, tmp_path: Path) -> None:
        load(file)
        path = tmp_path / "list.csv"
        for command, row in {
            "links": {"URN": "115850", "LinkURN": "115851", "LinkType": "Successor"},
            "groups": {"URN": "115850", "Group UID": "1", "Group Name": "A",
                       "Group Type": "Federation", "Joined date": ""},
            "partnerships": {"partnership": "B", "kind": "alliance", "urn": "115850"},
            "inspections": {"urn": "115850", "category": "1", "on": "2019-01-31"},
            "census": {"urn": "115850", "year": "2019", "pupils": "12"},
        }.items():  # fmt: skip
            path.write_text(csv_text([row]), encoding="utf-8")
            told = answer(run("schools", command, path, "--json"))
            assert (command, told["new"], told["rejected"]) == (command, 1, 0)

    def test_a_list_of_another_kind_names_the_right_command(self, file: Path) -> None:
        result = run("schools", "links", file)
        assert result.exit_code == 2
        assert "clusterwork schools import FILE --source gias" in result.stderr


class TestBoundaries:
    @pytest.mark.real_data
    def test_are_kept_by_authority(self) -> None:
        Authority.objects.create(code="925", name="Lincolnshire", country="E")
        result = run("authorities", "boundaries", real("la_boundaries.geojson"))
        assert "174" in result.stdout
        assert Authority.objects.get(code="925").boundary["type"] in ("Polygon", "MultiPolygon")

    def test_another_file_ends_with_2(self, file: Path) -> None:
        assert run("authorities", "boundaries", file).exit_code == 2
