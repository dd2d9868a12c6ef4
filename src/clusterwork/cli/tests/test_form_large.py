"""`clusterwork form` with more schools than matrices hold (here: more than twenty)."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from clusterwork import formation
from clusterwork.cli import app
from clusterwork.formation import proposing

HEADER = "id,name,easting,northing,phase,pupils,fsm_share,strong\n"


def schools(n: int) -> str:
    rows = (
        f"{k},School {k},{900 * (k % 50)},{900 * (k // 50)},Primary,90,0.2,0\n" for k in range(n)
    )
    return HEADER + "".join(rows)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(formation, "MOST_BY_MATRIX", 20)
    monkeypatch.setattr(proposing, "MOST_BY_MATRIX", 20)
    (tmp_path / "schools.csv").write_text(schools(60), encoding="utf-8")
    return tmp_path


def formed(folder: Path, *more: str) -> Result:
    files = [str(folder / name) for name in ("schools.csv", "out.csv", "report.json")]
    words = ["form", files[0], "--out", files[1], "--report", files[2], "--time-limit", "2"]
    return CliRunner().invoke(app, [*words, *more])


class TestManySchools:
    @pytest.mark.parametrize("processes", ["1", "2"])
    def test_both_files_are_written(self, folder: Path, processes: str) -> None:
        result = formed(folder, "--processes", processes)
        assert result.exit_code == 0, result.output
        report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
        with (folder / "out.csv").open(encoding="utf-8") as file:
            assert len(list(csv.DictReader(file))) == 60
        assert 0 < report["bound"] <= report["objective"]
        assert len(report["schools"]) == 60

    @pytest.mark.parametrize("asked", [["--costs", "1"], ["--alternatives", "2"]])
    def test_what_needs_every_pair_is_refused_at_once(self, folder: Path, asked: list[str]) -> None:
        result = formed(folder, *asked)
        assert result.exit_code == 2
        assert "every pair of schools in memory" in result.output
        assert not (folder / "out.csv").exists()

    def test_pyramids_are_refused(self, folder: Path) -> None:
        (folder / "policy.toml").write_text("[require]\npyramid = true\n", encoding="utf-8")
        result = formed(folder, "--policy", str(folder / "policy.toml"))
        assert result.exit_code == 2
        assert "Form each authority by itself" in result.output

    def test_no_plan_is_said_in_the_words_of_small_ones(self, folder: Path) -> None:
        far = "900,Far away,900000,900000,Primary,90,0.2,0\n"
        (folder / "schools.csv").write_text(schools(60) + far, encoding="utf-8")
        result = formed(folder, "--processes", "1")
        assert result.exit_code == 3
        assert "Far away (900)" in result.output


def children(pid: int) -> list[str]:
    there = Path(f"/proc/{pid}/task").glob("*/children")
    return [child for file in there for child in file.read_text(encoding="ascii").split()]


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="children are looked up in /proc")
def test_ctrl_c_gives_the_best_so_far_and_no_process_complains(tmp_path: Path) -> None:
    """To the whole group, as a terminal sends it, while processes are still being begun."""
    (tmp_path / "schools.csv").write_text(schools(2501), encoding="utf-8")
    files = [str(tmp_path / name) for name in ("schools.csv", "out.csv", "report.json")]
    words = ["form", files[0], "--out", files[1], "--report", files[2], "--processes", "2"]
    child = subprocess.Popen(
        [sys.executable, "-m", "clusterwork", *words, "--time-limit", "100"],
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
        text=True,
    )
    until = time.monotonic() + 60
    while len(children(child.pid)) < 2 and time.monotonic() < until:
        time.sleep(0.05)
    os.killpg(child.pid, signal.SIGINT)
    _, said = child.communicate(timeout=90)
    assert "Traceback" not in said
    assert child.returncode in (0, 4)
