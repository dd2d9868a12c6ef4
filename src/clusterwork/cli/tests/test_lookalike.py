"""`clusterwork lookalike` writes an invented county or region and says what it wrote."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from clusterwork.cli import app

runner = CliRunner()


def test_writes_a_county_into_a_new_folder(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "county"
    result = runner.invoke(app, ["lookalike", str(folder), "--seed", "4"])
    assert result.exit_code == 0
    assert "Wolderland: 348 open schools" in result.output
    assert str(folder / "schools.csv") in result.output.replace("\n", "")
    assert (folder / "schools.csv").read_text(encoding="utf-8").startswith("URN,LA (code)")


def test_writes_a_region_with_welsh_names(tmp_path: Path) -> None:
    result = runner.invoke(app, ["lookalike", str(tmp_path), "--kind", "region"])
    assert result.exit_code == 0
    assert "Ysgol Gymraeg" in (tmp_path / "schools.csv").read_text(encoding="utf-8")
    assert not (tmp_path / "groups.csv").exists()


def test_refuses_a_kind_that_it_does_not_know(tmp_path: Path) -> None:
    result = runner.invoke(app, ["lookalike", str(tmp_path), "--kind", "country"])
    assert result.exit_code == 2
    assert not list(tmp_path.iterdir())
