"""Runs every benchmark of this folder in turn (`make bench`); figures are never asserted."""

from __future__ import annotations

import importlib
import os
import tempfile
from pathlib import Path

from clusterwork.embedded import Server

HERE = Path(__file__).parent


def main() -> None:
    """Each module's `main`, on a database of its own."""
    with tempfile.TemporaryDirectory(prefix="clusterwork-bench-") as folder:
        os.environ["CLUSTERWORK_DATA"] = folder
        os.environ.setdefault("CLUSTERWORK_SECRET_KEY", "only-for-benchmarks")
        with Server.start(Path(folder)) as server:
            os.environ.update(server.environment())
            for file in sorted(HERE.glob("[a-z]*.py")):
                print(f"\n{file.stem}\n{'=' * len(file.stem)}")
                importlib.import_module(f"benchmarks.{file.stem}").main()


if __name__ == "__main__":
    main()
