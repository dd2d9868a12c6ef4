"""Forming clusters: seconds, objective, proven bound and gap on real and invented counties."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

from clusterwork.formation import Instance, Policy, School, propose
from clusterwork.formation.tables import SCHOOL_COLUMNS, read_schools, read_table

SHARED = Path(os.environ.get("SHARED", Path(__file__).resolve().parents[1].parent / "shared"))
REAL = {"lincolnshire_99": 10.0, "sewales_232": 20.0, "lincolnshire_280": 20.0}
TITLES = ("instance", "schools", "seconds", "first plan", "objective", "bound", "gap")


def schools_of(path: Path) -> tuple[School, ...]:
    return read_schools(read_table(path, SCHOOL_COLUMNS))


def invented_county() -> tuple[School, ...]:
    """The primaries of the look-alike county."""
    from clusterwork.cli import lookalike

    with tempfile.TemporaryDirectory() as folder:
        lookalike.lookalike(Path(folder), seed=1)
        everybody = schools_of(Path(folder) / "formation_schools.csv")
    return tuple(school for school in everybody if school.phase == "Primary")


def instances() -> list[tuple[str, tuple[School, ...], float]]:
    folder = SHARED / "data" / "formation"
    real = [
        (name, schools_of(folder / f"{name}.csv"), seconds)
        for name, seconds in REAL.items()
        if (folder / f"{name}.csv").exists()
    ]
    return [*real, ("invented county", invented_county(), 20.0)]


def line(name: str, schools: tuple[School, ...], seconds: float) -> tuple[str, ...]:
    """One row: round(n / 7) clusters of 5 to 9, hub measure in km, no travel limit."""
    count = max(1, round(len(schools) / 7))
    policy = Policy(count=(count, count), limit_minutes=0.0)
    first: list[float] = []

    def watch(at: float, objective: float | None, _bound: float, _gap: float | None) -> None:
        if objective is not None and not first:
            first.append(at)

    began = time.perf_counter()
    proposal = propose(Instance(schools, policy), time_limit_s=seconds, seed=1, progress=watch)
    took = time.perf_counter() - began
    return (
        name,
        str(len(schools)),
        f"{took:.1f}",
        f"{first[0]:.2f}" if first else "-",
        f"{proposal.objective:.2f}",
        f"{proposal.bound:.2f}",
        f"{100 * proposal.gap_share:.2f} %",
    )


def main() -> None:
    """Print one row for each instance, with the machine's load."""
    rows = [TITLES, *(line(*instance) for instance in instances())]
    widths = [max(len(row[k]) for row in rows) for k in range(len(TITLES))]
    for row in rows:
        print("  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)))
    print(f"load: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
