"""Preparing a database once, and not mixing a demonstration with the real thing."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
import typer

from clusterwork.cli.once import prepare_once
from clusterwork.cli.together import HoldsDemonstration, mark_or_refuse


@pytest.fixture
def count(tmp_path: Path) -> list[str]:
    """A command that adds a line to a file and says how many there are."""
    text = (
        "import pathlib, sys; file = pathlib.Path(sys.argv[1]);"
        "file.open('a').write('x\\n'); print(len(file.read_text().split()))"
    )
    return [sys.executable, "-c", text, str(tmp_path / "lines")]


class TestPrepareOnce:
    def test_says_the_second_time_what_it_said_the_first(self, tmp_path, count):
        first = prepare_once(tmp_path, [count], os.environ, [])
        assert prepare_once(tmp_path, [count], os.environ, []) == first == "1\n"

    def test_runs_again_for_other_words(self, tmp_path, count):
        prepare_once(tmp_path, [count], os.environ, [])
        assert prepare_once(tmp_path, [[*count, "more"]], os.environ, []) == "2\n"

    def test_runs_again_when_a_file_has_changed(self, tmp_path, count):
        file = tmp_path / "schools.csv"
        file.write_text("a")
        prepare_once(tmp_path, [count], os.environ, [file])
        file.write_text("ab")
        assert prepare_once(tmp_path, [count], os.environ, [file]) == "2\n"

    def test_a_failure_is_not_remembered(self, tmp_path, count):
        fails = [sys.executable, "-c", "raise SystemExit(3)"]
        with pytest.raises(typer.Exit) as end:
            prepare_once(tmp_path, [count, fails], os.environ, [])
        assert end.value.exit_code == 3
        assert prepare_once(tmp_path, [count], os.environ, []) == "2\n"


class TestDemonstration:
    def test_its_folder_is_refused_for_anything_else(self, tmp_path):
        mark_or_refuse(tmp_path, demo=True)
        mark_or_refuse(tmp_path, demo=True)
        with pytest.raises(HoldsDemonstration, match="known to everybody"):
            mark_or_refuse(tmp_path, demo=False)

    def test_another_folder_is_taken(self, tmp_path):
        mark_or_refuse(tmp_path, demo=False)
        assert not list(tmp_path.iterdir())
