"""The instances, with the figures known before and those to reach; light, so that processes are."""

from __future__ import annotations

import csv
import gzip
import math
import os
import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SHARED = Path(os.environ.get("SHARED", Path(__file__).resolve().parents[2].parent / "shared"))
ENGLAND = "gias_england_20220425.csv.gz"
SIZES, CIRCUITY = (5, 9), 1.3
MEMORY_MB = 12_000
"""What any process may take before it is stopped, so that the machine lives on."""


@dataclass(frozen=True)
class Case:
    """One instance; None: not known. `wanted_gap` in per cent, 0: proved; `limit_s` in seconds."""

    name: str
    file: str
    limit_s: float
    best: float | None = None
    bound: float | None = None
    peer: float | None = None
    wanted_gap: float | None = None
    wanted_mb: float | None = None

    @property
    def path(self) -> Path:
        return SHARED / "data" / self.file

    @property
    def to_reach(self) -> str:
        """The aim as the issue words it."""
        if self.wanted_gap is None:
            return "-"
        gap = f"{self.wanted_gap:g} %" if self.wanted_gap else "proved"
        memory = f", {self.wanted_mb:,.0f} MB" if self.wanted_mb else ""
        return f"{gap}, {self.limit_s:g} s{memory}"


CASES = (
    Case("lincolnshire_99", "formation/lincolnshire_99.csv", 2, 848.36, 848.36, 888.88, 0.0),
    Case("sewales_232", "formation/sewales_232.csv", 10, 413.44, 412.79, 441.5, 0.2),
    Case("lincolnshire_280", "formation/lincolnshire_280.csv", 10, 1168.29, 1162.45, 1255.1, 0.5),
    Case("east_midlands_1925", "formation/east_midlands_1925.csv", 60, 4147.6, 4064.6, 4865.1, 1.5),
    Case("england", ENGLAND, 300, 36447.9, 35106.2, None, 3.0, 1536),
)
INVENTED = Case("invented county", "", 10)


def of_authority(code: str) -> Case:
    """Every school of one authority in England's register; nothing is known of it before."""
    return Case(f"authority {code}", ENGLAND, 10)


def nearest(n: int) -> Case:
    """The n schools of England nearest to the middle of them all: how time and memory grow."""
    return Case(f"nearest {n}", ENGLAND, 10 if n <= 500 else 60 if n <= 2_000 else 300)


Point = tuple[float, float]


def places(case: Case) -> list[Point]:
    """(east, north) in km of each school of the case."""
    return [(east / 1000.0, north / 1000.0) for east, north in _metres(case)]


def _metres(case: Case) -> Iterator[Point]:
    if case == INVENTED:
        yield from _invented()
    elif case.name.startswith("nearest "):
        yield from _nearest(list(_register(case.path)), int(case.name.removeprefix("nearest ")))
    elif case.file == ENGLAND:
        yield from _register(case.path, case.name.removeprefix("authority "))
    else:
        with case.path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                yield float(row["easting"]), float(row["northing"])


def _nearest(everybody: list[Point], n: int) -> list[Point]:
    middle = tuple(statistics.median(axis) for axis in zip(*everybody, strict=True))
    return sorted(everybody, key=lambda place: math.dist(place, middle))[:n]


def _register(path: Path, wanted: str = "england") -> Iterator[Point]:
    """The whole register, or one authority by its number."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if wanted in ("england", row["LA (code)"]):
                yield float(row["Easting"]), float(row["Northing"])


def _invented() -> Iterator[Point]:
    """The primaries of the look-alike county."""
    import tempfile

    from clusterwork.cli import lookalike
    from clusterwork.formation.tables import SCHOOL_COLUMNS, read_schools, read_table

    with tempfile.TemporaryDirectory() as folder:
        lookalike.lookalike(Path(folder), seed=1)
        path = Path(folder) / "formation_schools.csv"
        for school in read_schools(read_table(path, SCHOOL_COLUMNS)):
            if school.phase == "Primary":
                yield school.easting, school.northing


def count_of(n_schools: int) -> int:
    """The number of clusters that every tool is asked for."""
    return max(1, round(n_schools / 7))
