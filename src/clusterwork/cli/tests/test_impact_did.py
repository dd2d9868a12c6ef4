"""`clusterwork impact did` writes what the library says, and refuses in words."""

from __future__ import annotations

import json

import polars as pl
import pytest
from typer.testing import CliRunner

from clusterwork.cli.impact import app
from clusterwork.impact.did import fit_did, impute_did
from clusterwork.impact.did.tests.made import COLUMNS, panel

OPTIONS = [word for name, column in COLUMNS.items() for word in (f"--{name}", column)]


def run(folder, *more, frame=None):
    path = folder / "panel.csv"
    (panel(41).frame if frame is None else frame).write_csv(path)
    out = folder / "fit.json"
    return CliRunner().invoke(app, ["did", str(path), *OPTIONS, "--out", str(out), *more]), out


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_the_file_holds_the_fit(tmp_path, engine):
    done, out = run(
        tmp_path, "--engine", engine, "--control", "notyet", "--covariates", "a", "--method", "reg"
    )
    assert done.exit_code == 0, done.output
    told = json.loads(out.read_text())
    fit = fit_did(panel(41).frame, **COLUMNS, control="notyet", covariates=["a"], method="reg")
    assert told["simple"]["estimate"] == pytest.approx(fit.simple.estimate, abs=1e-12)
    assert [each["se"] for each in told["att_gt"]] == pytest.approx(
        [each.se for each in fit.att_gt], abs=1e-12
    )
    assert [each["key"] for each in told["dynamic"]["by"]] == [-3, -2, -1, 0, 1, 2]


def test_checks_stand_beside_the_fit_when_asked_for(tmp_path):
    done, out = run(tmp_path, "--checks")
    assert done.exit_code == 0, done.output
    told = json.loads(out.read_text())
    wanted = impute_did(panel(41).frame, **COLUMNS)
    assert told["imputation"]["estimate"] == pytest.approx(wanted.estimate)
    assert told["imputation"]["by"][0]["key"] == 0
    assert sum(each["weight"] for each in told["two_way"]["comparisons"]) == pytest.approx(1.0)


def test_a_check_that_cannot_be_told_says_why(tmp_path):
    frame = panel(41, never=False).frame
    row = pl.int_range(pl.len())
    gaps = frame.filter(row % 5 != row // 5 % 5)
    done, out = run(tmp_path, "--checks", "--control", "notyet", frame=gaps)
    assert done.exit_code == 0, done.output
    assert "seen at every time" in json.loads(out.read_text())["two_way"]["not_told"]


def test_a_panel_that_is_none_ends_with_2_and_leaves_no_file(tmp_path):
    frame = panel(41).frame
    done, out = run(tmp_path, frame=frame.head(3).vstack(frame))
    assert done.exit_code == 2
    assert "more than one row" in done.output
    assert not out.exists()
