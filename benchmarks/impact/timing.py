"""Programs as cold processes taken in turns: medians of seconds, and MB at most."""

from __future__ import annotations

import multiprocessing
import os
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

TURNS = 3


@dataclass(frozen=True)
class Taken:
    """Seconds by the wall and of all processors, MB at most, and the last line that was told."""

    wall: float
    processors: float
    mb: float
    told: str


def apart(work: Callable[..., None], *given: object) -> None:
    """In a process of its own: children's memory is counted from this one's."""
    child = multiprocessing.get_context("spawn").Process(target=work, args=given)
    child.start()
    child.join()


def in_turns(commands: Mapping[str, Sequence[str]]) -> dict[str, Taken]:
    """Medians and most memory; the programs take turns, so that a busy moment hits all alike."""
    runs: dict[str, list[Taken]] = {name: [] for name in commands}
    for _ in range(TURNS):
        for name, command in commands.items():
            runs[name].append(timed(command))
    return {
        name: Taken(
            statistics.median(run.wall for run in taken),
            statistics.median(run.processors for run in taken),
            max(run.mb for run in taken),
            taken[-1].told,
        )
        for name, taken in runs.items()
    }


def timed(command: Sequence[str]) -> Taken:
    """One cold process; compiled modules may be kept, as they are where it is installed."""
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    begin = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.PIPE, env=kept, text=True)
    told = (child.stdout.read() if child.stdout else "").strip().splitlines()
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - begin
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{command[0]} ended with {child.returncode}")
    processors = usage.ru_utime + usage.ru_stime
    return Taken(wall, processors, usage.ru_maxrss / 1024, told[-1] if told else "")


def table(taken: Mapping[str, Taken], beside: str, *, answers: bool = False) -> str:
    """A line a program, as shares of one of them."""
    base = taken[beside]
    lines = []
    for name, run in taken.items():
        line = (
            f"  {name}: {run.wall:.2f} s ({run.wall / base.wall:.2f} of {beside}), processors "
            f"{run.processors:.2f} s ({run.processors / base.processors:.2f}), {run.mb:,.0f} MB"
        )
        lines.append(f"{line}; {run.told}" if answers else line)
    return "\n".join(lines)


def size_of(path: Path) -> str:
    """The file's size, for a heading."""
    return f"file of {path.stat().st_size / 1e6:,.0f} MB"
