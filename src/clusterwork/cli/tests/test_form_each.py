"""The command `clusterwork form --by-authority`: nothing is lost on the way."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from clusterwork.cli import app

Run = Callable[..., Result]
HEADER = "id,name,easting,northing,phase,pupils,fsm_share,strong,authority\n"


def rows(first: int, n: int, authority: str) -> list[str]:
    return [
        f"{first + k},School {first + k},{400_000 + 1700 * ((k * 7) % 13)},"
        f"{300_000 + 1300 * ((k * 5) % 11)},Primary,{40 + 7 * k},0.{10 + k},0,{authority}\n"
        for k in range(n)
    ]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def call(*more: str, schools: list[str], policy: str = "") -> Result:
        (tmp_path / "schools.csv").write_text(HEADER + "".join(schools), encoding="utf-8")
        (tmp_path / "policy.toml").write_text(policy, encoding="utf-8")
        words = ["form", str(tmp_path / "schools.csv"), "--policy", str(tmp_path / "policy.toml")]
        words += ["--out", str(tmp_path / "out.csv"), "--report", str(tmp_path / "report.json")]
        return CliRunner().invoke(app, [*words, "--time-limit", "5", "--by-authority", *more])

    return call


def report(folder: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    return found


def written(folder: Path) -> list[dict[str, str]]:
    with (folder / "out.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class TestAnswer:
    def test_no_cluster_crosses_a_border_and_names_are_nobody_elses(
        self, run: Run, tmp_path: Path
    ) -> None:
        result = run(schools=[*rows(100, 9, "North"), *rows(200, 12, "South")])
        assert result.exit_code == 0, result.output
        table, told = written(tmp_path), report(tmp_path)
        assert len({row["id"] for row in table}) == len(table) == 21
        owner = {row["cluster"]: row["authority"] for row in table}
        assert {(row["cluster"], row["authority"]) for row in table} == set(owner.items())
        assert [one["authority"] for one in told["authorities"]] == ["North", "South"]
        assert told["total"]["objective"] == pytest.approx(
            sum(one["objective"] for one in told["authorities"])
        )
        assert "Schools placed: 21 of 21." in result.stdout
        assert "each authority by itself" in result.stdout

    def test_those_without_clusters_are_said_and_the_others_written(
        self, run: Run, tmp_path: Path
    ) -> None:
        result = run(schools=[*rows(100, 9, "North"), *rows(300, 2, "West")])
        assert result.exit_code == 3 and result.stderr.startswith("West: ")
        assert {row["authority"] for row in written(tmp_path)} == {"North"}
        west = report(tmp_path)["authorities"][1]
        assert west["outcome"] == "impossible" and west["report"]["infeasible"]
        result = run(schools=[*rows(100, 9, "North"), *rows(300, 2, "")])
        assert result.exit_code == 4 and "authority is not given" in result.stderr

    def test_a_number_of_clusters_is_one_for_all(self, run: Run, tmp_path: Path) -> None:
        schools = [*rows(100, 16, "North"), *rows(200, 16, "South")]
        result = run(schools=schools, policy="[clusters]\ncount = 5\n")
        assert result.exit_code == 0, result.output
        assert report(tmp_path)["total"]["n_clusters"] == 5


class TestRefusal:
    def test_a_number_that_cannot_be_shared(self, run: Run, tmp_path: Path) -> None:
        result = run(schools=rows(100, 12, "North"), policy="[clusters]\ncount = 9\n")
        assert result.exit_code == 2 and "there can be: 2." in result.stderr
        assert not (tmp_path / "out.csv").exists()

    def test_a_file_without_authorities(self, run: Run, tmp_path: Path) -> None:
        call = run(schools=[])
        assert call.exit_code == 0
        text = (tmp_path / "schools.csv").read_text(encoding="utf-8")
        (tmp_path / "without.csv").write_text(text.replace(",authority", ""), encoding="utf-8")
        words = ["form", str(tmp_path / "without.csv"), "--by-authority"]
        words += ["--out", str(tmp_path / "a.csv"), "--report", str(tmp_path / "b.json")]
        result = CliRunner().invoke(app, words)
        assert result.exit_code == 2 and "Columns are missing: authority." in result.stderr

    def test_spark_without_authorities_to_form(self, tmp_path: Path) -> None:
        words = ["form", "x.csv", "--out", "a.csv", "--report", "b.json", "--engine", "spark"]
        result = CliRunner().invoke(app, words)
        assert result.exit_code == 2 and "--by-authority" in result.stderr

    def test_spark_where_it_is_not_installed(
        self, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setitem(sys.modules, "pyspark", None)
        monkeypatch.setitem(sys.modules, "pyspark.sql", None)
        result = run("--engine", "spark", schools=rows(100, 9, "North"))
        assert result.exit_code == 2 and result.stderr.startswith("Spark cannot be used.")
        assert not (tmp_path / "out.csv").exists()
