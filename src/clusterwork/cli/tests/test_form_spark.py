"""The command on Spark writes what it writes without."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from clusterwork.cli import app
from clusterwork.formation.tests.spark.conftest import spark  # noqa: F401 - the fixture
from clusterwork.formation.tests.test_groups import NORTH, SOUTH


@pytest.mark.usefixtures("spark")
def test_writes_the_same_clusters_on_either_engine(tmp_path: Path) -> None:
    lines = ["id,name,easting,northing,phase,pupils,fsm_share,strong,authority"]
    lines += [
        f"{one.id},{one.name},{one.easting},{one.northing},Primary,100,0.2,0,{one.authority}"
        for one in (*NORTH, *SOUTH)
    ]
    (tmp_path / "schools.csv").write_text("\n".join(lines), encoding="utf-8")
    written = []
    for engine in ("local", "spark"):
        out = tmp_path / f"{engine}.csv"
        words = ["form", str(tmp_path / "schools.csv"), "--by-authority", "--engine", engine]
        words += ["--out", str(out), "--report", str(tmp_path / f"{engine}.json")]
        result = CliRunner().invoke(app, words)
        assert result.exit_code == 0, result.output
        written.append(out.read_text(encoding="utf-8"))
    assert written[0] == written[1]
