"""Runs every benchmark of this folder in turn (`make bench`); figures are never asserted.

Each runs in a process and on a database of its own, so that none finds what another left.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from clusterwork.embedded import Server

HERE = Path(__file__).parent


def main() -> None:
    """Each module's `main`, or only those named on the command line."""
    for name in sorted(found()):
        if not sys.argv[1:] or name in sys.argv[1:]:
            print(f"\n{name}\n{'=' * len(name)}", flush=True)
            run(name)


def found() -> set[str]:
    """Modules, and packages that can be run."""
    modules = {file.stem for file in HERE.glob("[a-z]*.py")}
    return modules | {file.parent.name for file in HERE.glob("*/__main__.py")}


def run(name: str) -> None:
    """One module, with an empty database behind it."""
    with tempfile.TemporaryDirectory(prefix="clusterwork-bench-") as folder:
        kept = {"CLUSTERWORK_DATA": folder, "CLUSTERWORK_SECRET_KEY": "only-for-benchmarks"}
        with Server.start(Path(folder)) as server:
            env = {**os.environ, **kept, **server.environment()}
            subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], env=env, check=True)


if __name__ == "__main__":
    main()
