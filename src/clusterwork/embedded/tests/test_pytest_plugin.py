"""The plugin that gives a test run its database server."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from clusterwork.embedded.tests.conftest import users_of, wait_until

PLUGIN = "clusterwork.embedded.pytest_plugin"
TESTS = """
import os, sys, time, psycopg, pytest

@pytest.mark.parametrize("number", range(4))
def test_database(number):
    assert os.environ["DATABASE_URL"].startswith("postgresql://clusterwork_app@")
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as connection:
        assert connection.execute("SHOW fsync").fetchone() == ("off",)
    assert "django" not in sys.modules
    print("connected", flush=True)
    time.sleep(float(os.environ.get("PAUSE_S", "0")))
"""


@pytest.fixture
def run(tmp_path: Path) -> Iterator[list[str]]:
    """The command line of another pytest run, whose temporary files are in `tmp_path`."""
    (tmp_path / "test_inner.py").write_text(TESTS)
    options = ["-p", PLUGIN, "-p", "no:django", "-p", "no:cacheprovider", "-c", os.devnull]
    yield [sys.executable, "-m", "pytest", "-s", *options, f"--rootdir={tmp_path}", str(tmp_path)]
    assert wait_until(lambda: not users_of(tmp_path))


def environment(tmp_path: Path, **more: str) -> dict[str, str]:
    ours = ("DATABASE_URL", "DATABASE_OWNER_URL", "PYTEST_XDIST_WORKER", "PYTEST_ADDOPTS")
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return {**kept, "TMPDIR": str(tmp_path), **more}


def servers_left(tmp_path: Path) -> list[Path]:
    return list(tmp_path.glob("clusterwork-*"))


class TestThePlugin:
    @pytest.mark.parametrize("workers", [[], ["-n2"]])
    def test_starts_one_server_and_removes_it(
        self, run: list[str], tmp_path: Path, workers: list[str]
    ) -> None:
        env = environment(tmp_path)
        done = subprocess.run([*run, *workers], env=env, capture_output=True, text=True, cwd="/")
        assert "4 passed" in done.stdout, done.stdout + done.stderr
        assert not servers_left(tmp_path)

    def test_leaves_a_named_database_alone(self, run: list[str], tmp_path: Path) -> None:
        env = environment(tmp_path, DATABASE_URL="postgresql://nowhere/at-all")
        done = subprocess.run(run, env=env, capture_output=True, text=True, cwd="/")
        assert "4 failed" in done.stdout
        assert "nowhere/at-all" in done.stdout

    def test_leaves_nothing_when_killed(self, run: list[str], tmp_path: Path) -> None:
        env = environment(tmp_path, PAUSE_S="30")
        with subprocess.Popen(run, env=env, stdout=subprocess.PIPE, text=True, cwd="/") as process:
            assert process.stdout
            assert any("connected" in line for line in process.stdout)
            assert servers_left(tmp_path)
            process.kill()
        assert wait_until(lambda: not users_of(tmp_path) and not servers_left(tmp_path))
