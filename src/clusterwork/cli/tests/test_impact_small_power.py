import json

import pytest
from typer.testing import CliRunner

from clusterwork.cli.impact import app


def run(*arguments):
    return CliRunner().invoke(app, [str(each) for each in arguments])


STUDY = ("power", "--clusters", 20, "--treated", 10, "--schools", 7, "--pupils", 30)
COLUMNS = ("--unit", "urn", "--count", "x", "--of", "n")


@pytest.fixture
def schools(tmp_path):
    rows = [
        f"{urn},{year},{urn * 40},{min(urn * 2 + year % 3, urn * 4)},{urn * 4}"
        for urn in range(1, 13)
        for year in (2021, 2022, 2023)
    ]
    path = tmp_path / "schools.csv"
    path.write_text("urn,year,roll,x,n\n" + "\n".join(rows) + "\n")
    return path


class TestPower:
    def test_says_the_least_effect_and_leaves_its_numbers(self, tmp_path):
        out = tmp_path / "power.json"
        told = run(*STUDY, "--school-share", 0.1, "--reached", 0.05, "--out", out)
        assert told.exit_code == 0, told.output
        assert "no effect on whole schools could be seen" in told.stdout
        rows = {
            row["name"]: row["value"] for row in json.loads(out.read_text())["tables"]["design"]
        }
        assert rows["clusters"] == 20
        assert 0 < rows["least"] < 0.5

    def test_years_before_and_after_make_it_a_comparison_of_changes(self):
        told = run(*STUDY, "--before", 3, "--after", 2, "--shock", 0.2)
        assert told.exit_code == 0, told.output

    def test_an_impossible_study_ends_with_2(self, tmp_path):
        out = tmp_path / "power.json"
        told = run(*STUDY, "--reached", 2, "--out", out)
        assert told.exit_code == 2
        assert "No study can have this number" in told.stderr
        assert not out.exists()


class TestSmall:
    def test_pools_years(self, schools, tmp_path):
        out = tmp_path / "pooled.json"
        told = run("small", schools, "--how", "pool", *COLUMNS, "--year", "year", "--out", out)
        assert told.exit_code == 0, told.output
        assert "2021, 2022, 2023" in told.stdout
        assert len(json.loads(out.read_text())["tables"]["pooled"]) == 12

    def test_bands_hide_small_numbers(self, schools):
        told = run(
            *("small", schools, "--how", "bands", *COLUMNS, "--year", "year", "--size", "roll"),
            *("--ends", "90,180", "--floor", 0.65),
        )
        assert told.exit_code == 0, told.output

    def test_shrinks_and_draws_funnels_of_one_year(self, schools, tmp_path):
        lines = schools.read_text().splitlines()
        one = tmp_path / "one.csv"
        one.write_text("\n".join([lines[0], *lines[1::3]]) + "\n")
        for how, said in (("shrink", "figures"), ("funnel", "does not rank")):
            told = run("small", one, "--how", how, *COLUMNS)
            assert told.exit_code == 0, told.output
            assert said in told.stdout

    def test_what_cannot_be_used_ends_with_2(self, schools):
        assert run("small", schools, "--how", "pool", *COLUMNS).exit_code == 2
        told = run("small", schools, "--how", "shrink", *COLUMNS)
        assert told.exit_code == 2
        assert "more than one row" in told.stderr
