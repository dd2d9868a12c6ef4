"""`clusterwork impact compare`, as somebody types it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from clusterwork.cli import app

ROWS = """urn,in_cluster,phase,size,need,cluster,y
1,1,Primary,100,10,a,5
2,1,Primary,210,22,b,6
3,1,Secondary,900,15,b,7
4,0,Primary,105,11,,3
5,0,Primary,200,20,,4
6,0,Primary,400,35,,8
7,0,Secondary,950,14,,6
8,0,Secondary,1200,SUPP,,9
"""


@pytest.fixture
def schools(tmp_path: Path) -> Path:
    path = tmp_path / "schools.csv"
    path.write_text(ROWS)
    return path


def run(schools: Path, *words: object) -> Result:
    asked = ["impact", "compare", schools, "--treated", "in_cluster", "--unit", "urn"]
    asked += ["--covariates", "size,need", "--out", schools.parent / "match.json", *words]
    return CliRunner().invoke(app, [str(word) for word in asked])


def told(schools: Path) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads((schools.parent / "match.json").read_text())
    return answer


class TestCompare:
    def test_writes_who_stands_beside_whom(self, schools):
        result = run(schools, "--exact", "phase", "--missing", "leave_out", "--outcome", "y")
        assert result.exit_code == 0, result.output
        answer = told(schools)
        pairs = [(pair["unit"], pair["other"]) for pair in answer["pairs"]]
        assert pairs == [("1", "4"), ("2", "5"), ("3", "7")]
        assert answer["left_out"] == ["8"]
        assert answer["difference"]["estimate"] == pytest.approx(5 / 3)
        assert [row["k"] for row in answer["sensitivity"]["rows"]] == [1, 2, 3, 5, 10]
        assert "3 of 3 who take part" in result.stderr

    def test_choices_are_written_down(self, schools):
        words = ("--missing", "leave_out", "--no-replace", "--k", 2, "--cluster", "cluster")
        assert run(schools, *words, "--metric", "mahalanobis").exit_code == 0
        choices = told(schools)["choices"]
        assert (choices["replace"], choices["k"], choices["cluster"]) == (False, 2, "cluster")

    def test_missing_values_are_said_and_nothing_is_written(self, schools):
        result = run(schools)
        assert result.exit_code == 2
        assert "need 1" in result.stderr
        assert not (schools.parent / "match.json").exists()

    def test_a_column_that_is_not_there_is_said(self, schools):
        assert "no such column" in run(schools, "--exact", "wealth").stderr
