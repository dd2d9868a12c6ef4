"""`clusterwork impact few`, as an analyst types it."""

import csv
import json

import numpy as np
import pytest
from typer.testing import CliRunner

from clusterwork.cli import app


def panel(path, treated: int, clusters: int = 10, effect: float = 1.0):
    """Clusters over six years; those treated start in the fourth."""
    rng = np.random.default_rng(4)
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["cluster", "year", "first", "score"])
        for cluster in range(clusters):
            first = 2023 if cluster < treated else 0
            for year in range(2020, 2026):
                told = rng.normal() * 0.1 + effect * (first > 0 and year >= first)
                writer.writerow([f"c{cluster}", year, first, round(told, 4)])
    return path


def asked(file, *words):
    columns = ["--outcome", "score", "--cluster", "cluster", "--time", "year", "--start", "first"]
    return CliRunner().invoke(app, ["impact", "few", str(file), *columns, *map(str, words)])


class TestWhatIsSaid:
    def test_one_cluster_has_a_place_and_no_p_value(self, tmp_path):
        out = tmp_path / "result.json"
        told = asked(panel(tmp_path / "panel.csv", 1), "--out", out)
        assert told.exit_code == 0, told.output
        assert "number 1 by size" in told.output
        assert "p-value" not in told.output.lower().replace("no p-value", "")
        assert json.loads(out.read_text())["tables"]

    @pytest.mark.parametrize("contrast", ["means", "trend", "level", "slope"])
    def test_five_clusters_have_an_interval(self, tmp_path, contrast):
        told = asked(panel(tmp_path / "panel.csv", 5), "--contrast", contrast)
        assert told.exit_code == 0, told.output
        assert "95% interval" in told.output

    def test_in_welsh_too(self, tmp_path):
        told = asked(panel(tmp_path / "panel.csv", 5), "--lang", "cy")
        assert "cyfwng" in told.output


class TestRefusals:
    def test_nobody_to_compare_with_ends_with_2(self, tmp_path):
        told = asked(panel(tmp_path / "panel.csv", 10), "--out", tmp_path / "result.json")
        assert told.exit_code == 2
        assert not (tmp_path / "result.json").exists()
