"""Value added of 600,000 and 6,000,000 pupils beside a scan of the file and other tools.

Cold processes, medians of three taken in turns; seconds by the wall, MB at most.
"""

from __future__ import annotations

import multiprocessing
import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import polars as pl

from benchmarks.impact.programs import programs
from benchmarks.impact.pupils import write_pupils

TURNS = 3
SIZES = {"600,000 pupils": 600_000, "6,000,000 pupils": 6_000_000}
ONLY_SMALL = {"lme-python", "lme4"}


def main() -> None:
    """One table a size."""
    with tempfile.TemporaryDirectory(prefix="clusterwork-bench-") as folder:
        for title, n in SIZES.items():
            file = Path(folder) / "pupils.parquet"
            apart(write_pupils, file, n)
            print(f"{title}, file of {file.stat().st_size / 1e6:,.0f} MB")
            table(file, small=n == min(SIZES.values()))


def apart(work: Callable[..., None], *given: object) -> None:
    """In a process of its own: children's memory is counted from this one's."""
    child = multiprocessing.get_context("spawn").Process(target=work, args=given)
    child.start()
    child.join()


def table(file: Path, *, small: bool) -> None:
    """Each program's median beside the scan's."""
    asked = {name: run for name, run in programs().items() if small or name not in ONLY_SMALL}
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in asked}
    for _ in range(TURNS):
        for name, command in asked.items():
            taken[name].append(timed(command, _input(name, file)))
    scan = _median(first for first, _ in taken["DuckDB scan"])
    for name, runs in taken.items():
        seconds, mb = _median(run[0] for run in runs), max(run[1] for run in runs)
        print(f"  {name}: {seconds:.2f} s ({seconds / scan:.2f} times the scan), {mb:,.0f} MB")


def timed(command: Sequence[str], file: Path) -> tuple[float, float]:
    """Seconds by the wall and MB at most of one cold process."""
    begin = time.perf_counter()
    child = subprocess.Popen([*command, str(file)], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{command[0]} ended with {child.returncode}")
    return time.perf_counter() - begin, usage.ru_maxrss / 1024


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


def _median(values: Iterable[float]) -> float:
    return statistics.median(values)


if __name__ == "__main__":
    main()
