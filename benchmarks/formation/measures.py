"""What each tool reached on one case: the same figures, counted here and not by the tool."""

from __future__ import annotations

import math
import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.formation.cases import CIRCUITY, MEMORY_MB, SIZES, Case, Point, count_of
from benchmarks.formation.processes import asked

ROOT = Path(__file__).resolve().parents[2]
PEER_PYTHON = ROOT / ".venv-bench" / "bin" / "python"
PEER = str(Path(__file__).with_name("peer.py"))


@dataclass(frozen=True)
class Result:
    """One tool on one case; `objective` None and `why` in words where it gave no plan."""

    objective: float | None = None
    sound: bool = False
    proven: bool = False
    seconds: float | None = None
    mb: float | None = None
    bound: float | None = None
    first: float | None = None
    why: str = ""

    @property
    def gap(self) -> float | None:
        """In per cent of the objective; None without a bound."""
        if self.objective is None or self.bound is None:
            return None
        return max(0.0, 100.0 * (1.0 - self.bound / self.objective)) if self.objective else 0.0


def ours(case: Case, there: Sequence[Point], seed: int) -> Result:
    """`propose` within the limit of the case."""
    command = [sys.executable, "-m", "benchmarks.formation.ours"]
    question = {**_question(there, seed), "limit_s": case.limit_s}
    return _result(asked(command, question, 3 * case.limit_s + 60), there)


def peer(case: Case, there: Sequence[Point], seed: int) -> Result:
    """`k-means-constrained`, which knows no limit: it is given twice ours, and a minute."""
    if not PEER_PYTHON.exists():
        return Result(why="not installed: make .venv-bench/.ready says why")
    patience = 2 * case.limit_s + 60
    return _result(asked([str(PEER_PYTHON), PEER], _question(there, seed), patience), there)


def _question(there: Sequence[Point], seed: int) -> dict[str, object]:
    return {
        "points": there,
        "count": count_of(len(there)),
        "sizes": SIZES,
        "circuity": CIRCUITY,
        "seed": seed,
        "memory_mb": MEMORY_MB,
    }


def _result(answer: Any, there: Sequence[Point]) -> Result:
    if "why" in answer:
        return Result(why=answer["why"], mb=answer["mb"])
    groups, claimed = answer.pop("groups"), answer.pop("objective", None)
    objective = score(there, groups)
    honest = claimed is None or math.isclose(claimed, objective, rel_tol=1e-6, abs_tol=1e-6)
    return Result(objective, sound=honest and sound(groups, len(there)), **answer)


def score(points: Sequence[Point], groups: Sequence[Sequence[int]]) -> float:
    """Sum over groups of the least sum of kilometres to one of its members."""
    return CIRCUITY * math.fsum(
        min(math.fsum(math.dist(points[i], points[hub]) for i in group) for hub in group)
        for group in groups
        if group
    )


def sound(groups: Sequence[Sequence[int]], n: int) -> bool:
    """Every school once, as many groups as asked for, each of an allowed size."""
    placed = sorted(i for group in groups for i in group)
    sizes = all(SIZES[0] <= len(group) <= SIZES[1] for group in groups)
    return sizes and placed == list(range(n)) and len(groups) == count_of(n)


def middle(results: Sequence[Result]) -> Result:
    """Medians of several runs, sound and proven only if each was; a run without a plan is told.

    The bound is the one that makes the median gap, so that the row is true in itself.
    """
    failed = [each for each in results if each.objective is None]
    if failed:
        return failed[0]
    objective = statistics.median(each.objective or 0.0 for each in results)
    gap = _median([each.gap for each in results])
    return Result(
        objective,
        all(each.sound for each in results),
        all(each.proven for each in results),
        _median([each.seconds for each in results]),
        _median([each.mb for each in results]),
        None if gap is None else objective * (1.0 - gap / 100.0),
        _median([each.first for each in results]),
    )


def _median(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return statistics.median(known) if known else None
