"""How fast a whole country's register is loaded, compared again, and searched."""

from __future__ import annotations

import csv
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

SHARED = Path(os.environ.get("SHARED", Path(__file__).resolve().parents[2] / "shared"))
REAL = SHARED / "data" / "gias_england_20220425.csv.gz"
WANTED_ROWS = 20_185
LIMITS_S = {"first": 20.0, "again": 8.0}
LIMIT_MB, LIMIT_MS = 400.0, 50.0
TIMES = 25
WORDS = (
    "primary",
    "s",
    "llyn",
    "st mary's",
    "church of england school",
    "pe21",
    "NG32 1LG",
    "120538",
)


def main() -> None:
    """Loads twice in processes of their own, then searches from this one."""
    migrate()
    with tempfile.TemporaryDirectory() as folder:
        file = REAL if REAL.exists() else generated(Path(folder) / "schools.csv")
        print(f"file: {'the register of 25 April 2022' if file == REAL else 'generated'}")
        for name, limit in LIMITS_S.items():
            seconds, megabytes = measured_import(file)
            print(
                f"{name}: {seconds:.1f} s ({seconds / limit:.0%} of {limit:.0f} s), "
                f"{WANTED_ROWS / seconds:,.0f} rows a second, "
                f"peak {megabytes:.0f} MB ({megabytes / LIMIT_MB:.0%} of {LIMIT_MB:.0f} MB)"
            )
    search()


def migrate() -> None:
    """Brings the tables up to date by the command, as the owner."""
    run("migrate")


def run(*words: str) -> tuple[float, float]:
    """Seconds and peak megabytes of one command in a process of its own."""
    started = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, "-m", "clusterwork", *words], stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"clusterwork {' '.join(words)} ended with {child.returncode}")
    return time.perf_counter() - started, usage.ru_maxrss / 1024


def measured_import(file: Path) -> tuple[float, float]:
    """The import command from start to end, its own start included."""
    return run("schools", "import", str(file), "--source", "gias", "--as-at", "2022-04-25")


def generated(path: Path) -> Path:
    """As many rows as the real register has: an invented county, over and over."""
    from clusterwork.lookalike import build_county, write_county

    county = next(
        p for p in write_county(build_county(seed=1), path.parent) if p.name == "schools.csv"
    )
    with county.open(encoding="utf-8", newline="") as read:
        rows = list(csv.DictReader(read))
    with path.with_name("country.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        for n in range(WANTED_ROWS):
            writer.writerow({**rows[n % len(rows)], "URN": str(200_000 + n)})
    return path.with_name("country.csv")


def search() -> None:
    """Times at the database: the first 50 schools, and how many there are."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clusterwork.config.settings")
    import django

    django.setup()
    from django.db import connection

    from clusterwork.registry.models import Authority
    from clusterwork.registry.selectors.search import Place, find_schools

    for words in WORDS:
        schools = find_schools(words=words)
        told(f"words “{words}”, 50 schools", partial(first_page, schools))
        told(f"words “{words}”, count", schools.count)
    authority = Authority.objects.order_by("-code").first()
    told("authority", partial(first_page, find_schools(authority=authority)))
    near = find_schools(near=Place(500_000, 340_000), within_m=10_000).order_by("distance_m")
    told("within 10 km, nearest first", partial(first_page, near))
    connection.close()


def first_page(schools: Any) -> list[Any]:
    """The schools of one page, as the list of schools shows them."""
    return list(schools[:50])


def told(name: str, query: Callable[[], Any]) -> None:
    """Median and 95th percentile of the query, sent and its rows taken in."""
    milliseconds = []
    for _ in range(TIMES):
        started = time.perf_counter()
        query()
        milliseconds.append((time.perf_counter() - started) * 1000)
    middle = statistics.median(milliseconds)
    slow = statistics.quantiles(milliseconds, n=20)[-1]
    print(
        f"{name}: median {middle:.1f} ms, 95 % {slow:.1f} ms ({slow / LIMIT_MS:.0%} of the limit)"
    )


if __name__ == "__main__":
    main()
