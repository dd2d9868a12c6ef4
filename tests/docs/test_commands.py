"""The documents' commands do what the documents say.

Blocks marked `console` are run, in order, in one new folder a document, each line that begins with
`$ `; every command must end well. Blocks marked `sh` are for the reader's own machine and are not.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
DOCUMENTS = [
    path
    for path in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    if BLOCK.search(path.read_text(encoding="utf-8"))
]


def commands_of(document: Path) -> list[str]:
    text = document.read_text(encoding="utf-8")
    lines = [line for block in BLOCK.findall(text) for line in joined(block).splitlines()]
    return [line[2:] for line in lines if line.startswith("$ ")]


def joined(block: str) -> str:
    """Lines that end with a backslash go on in the next."""
    return re.sub(r"\\\n\s*", " ", block)


def test_the_readme_has_commands():
    assert commands_of(ROOT / "README.md")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_command_ends_well(document, tmp_path):
    bin_folder = Path(sys.executable).parent
    env = {
        **{name: value for name, value in os.environ.items() if not name.startswith("DATABASE")},
        "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}",
        "CLUSTERWORK_DATA": str(tmp_path / "data"),
    }
    work = tmp_path / "work"
    work.mkdir()
    if "clusterwork schools" in document.read_text(encoding="utf-8"):
        migrate(env)
    for command in commands_of(document):
        done = subprocess.run(
            ["bash", "-ec", command], cwd=work, env=env, capture_output=True, text=True, timeout=120
        )
        assert done.returncode == 0, f"$ {command}\n{done.stdout}\n{done.stderr}"


def migrate(env: dict[str, str]) -> None:
    """The tables, which a reader has from `make demo`."""
    words = [sys.executable, "-m", "clusterwork", "migrate"]
    subprocess.run(words, env=env, check=True, capture_output=True)
