"""`make bench-formation`: each tool on each instance, alone in its process, one after the other."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from benchmarks.formation.cases import CASES, INVENTED, Case, Point, nearest, of_authority, places
from benchmarks.formation.measures import Result, middle, ours, peer
from benchmarks.formation.table import BESIDE, OURS, beside_row, ours_row, shown


def main(words: Sequence[str] | None = None) -> None:
    """Print both tables, with the machine's load before and after."""
    asked = arguments(words)
    before = load()
    one: list[Sequence[str]] = [OURS]
    two: list[Sequence[str]] = [BESIDE]
    for case in chosen(asked):
        there = places(case)
        mine, other = measured(case, there, asked)
        one.append(ours_row(case, len(there), mine))
        two.append(beside_row(case, mine, other))
    print(f"Ours: km to the hub × 1.3, round(n / 7) clusters of 5 to 9, medians of {asked.repeat}")
    print(shown(one))
    print("\nBeside the strongest ready-made tool, in turn in the same run")
    print(shown(two))
    print(f"\nload of the last minute: {before} before, {load()} after; {os.cpu_count()} cores")


def arguments(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.formation", description=__doc__)
    parser.add_argument("--england", action="store_true", help="all 20,185 schools, 5 minutes")
    parser.add_argument("--repeat", type=int, default=1, help="runs of each, for medians")
    parser.add_argument("--seed", type=int, default=1, help="of the first run; then one more each")
    parser.add_argument("--only", nargs="+", default=[], metavar="INSTANCE")
    parser.add_argument("--authority", nargs="+", default=[], metavar="CODE")
    parser.add_argument("--nearest", nargs="+", type=int, default=[], metavar="N")
    parser.add_argument("--no-peer", action="store_true", help="ours alone")
    return parser.parse_args(words)


def chosen(asked: argparse.Namespace) -> list[Case]:
    """Those named, or all; England only when asked for; what has no file is said and left out."""
    names = set(asked.only)
    if not (asked.only or asked.authority or asked.nearest):
        names = {case.name for case in (*CASES, INVENTED) if case.name != "england"}
    if asked.england:
        names.add("england")
    wanted = [case for case in (*CASES, INVENTED) if case.name in names]
    wanted += [*map(of_authority, asked.authority), *map(nearest, asked.nearest)]
    absent = [case for case in wanted if case.file and not case.path.exists()]
    for case in absent:
        print(f"left out: {case.name}; there is no {case.path}")
    return [case for case in wanted if case not in absent]


def measured(
    case: Case, there: Sequence[Point], asked: argparse.Namespace
) -> tuple[Result, Result]:
    """Medians of both tools, run in turn."""
    mine, others = [], []
    for seed in range(asked.seed, asked.seed + asked.repeat):
        mine.append(ours(case, there, seed))
        said(case, "ours", mine[-1])
        if not asked.no_peer:
            others.append(peer(case, there, seed))
            said(case, "k-means-constrained", others[-1])
    return middle(mine), middle(others) if others else Result(why="not asked for")


def said(case: Case, tool: str, found: Result) -> None:
    """A line to the error output while others still run."""
    text = found.why if found.objective is None else f"{found.objective:,.2f}"
    print(f"{case.name}, {tool}: {text}", file=sys.stderr, flush=True)


def load() -> str:
    return f"{os.getloadavg()[0]:.1f}"


if __name__ == "__main__":
    main()
