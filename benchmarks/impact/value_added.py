"""Value added of 600,000 and 6,000,000 pupils beside a scan of the file and other tools."""

from __future__ import annotations

import tempfile
from pathlib import Path

import polars as pl

from benchmarks.impact.programs import programs
from benchmarks.impact.pupils import write_pupils
from benchmarks.impact.timing import apart, in_turns, size_of, table

SIZES = {"600,000 pupils": 600_000, "6,000,000 pupils": 6_000_000}
ONLY_SMALL = {"lme-python", "lme4"}
SCAN = "DuckDB scan"


def main() -> None:
    """One table a size."""
    with tempfile.TemporaryDirectory(prefix="clusterwork-bench-") as folder:
        for title, n in SIZES.items():
            file = Path(folder) / "pupils.parquet"
            apart(write_pupils, file, n)
            print(f"{title}, {size_of(file)}", flush=True)
            small = n == min(SIZES.values())
            asked = {
                name: [*run, str(_input(name, file))]
                for name, run in programs().items()
                if small or name not in ONLY_SMALL
            }
            print(table(in_turns(asked), SCAN), flush=True)


def _input(name: str, file: Path) -> Path:
    """The file in the form that the tool reads; R's is written once, outside the time."""
    if name != "lme4":
        return file
    comma = file.with_suffix(".csv")
    if not comma.exists():
        apart(_write_csv, file, comma)
    return comma


def _write_csv(file: Path, comma: Path) -> None:
    pl.read_parquet(file).write_csv(comma)


if __name__ == "__main__":
    main()
