"""Choose from a great many clusters: first which of them a best choice could use, then which."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import highspy
import numpy as np
from numpy.typing import NDArray

from clusterwork.formation.partition import (
    Chosen,
    Pool,
    choose,
    interrupt_when,
    program_of,
    quiet_solver,
)

Floats = NDArray[np.float64]
Stop = Callable[[], bool]
FEW = 3_000
"""So many columns HiGHS looks at in a moment. While it simplifies more (every column against
every other) it heeds neither its time limit nor an interrupt."""
MOST = 12_000
TOLERANCE = 1e-7


@dataclass(frozen=True)
class Narrowed:
    """By the linear relaxation: no choice costs less than `bound`, and one that uses column k no
    less than bound + reduced[k]. `impossible`: there is no choice at all."""

    bound: float
    reduced: Floats
    impossible: bool = False


def choose_among(
    pool: Pool, *, seconds: Callable[[], float], seed: int, stop: Stop, max_nodes: int = 300
) -> Chosen:
    """As `choose`, for many columns, and heeding `seconds` (left) and `stop` all the way."""
    look = _Look(seconds, seed, stop, max_nodes)
    if len(pool.columns) <= FEW:
        return look.at(pool, range(len(pool.columns)))
    narrowed = narrow(pool, seconds=seconds(), seed=seed, stop=stop)
    if narrowed is None:
        return Chosen(None, (), -math.inf, proved=False)
    if narrowed.impossible:
        return Chosen(None, (), math.inf, proved=True)
    order = np.argsort(narrowed.reduced, kind="stable")
    first = look.at(pool, order[:FEW])
    if first.columns is None:
        return replace(first, bound=narrowed.bound, proved=False)
    spare = cost_of(pool, first) - narrowed.bound + TOLERANCE
    within = order[: int(np.searchsorted(narrowed.reduced[order], spare, side="right"))]
    if len(within) <= FEW and first.proved:
        return first
    if len(within) > MOST or stop():
        return replace(first, bound=narrowed.bound, proved=False)
    again = look.at(pool, within)
    better = again if again.columns is not None else first
    bound = max(narrowed.bound, min(again.bound, cost_of(pool, first)))
    return replace(better, bound=bound, proved=again.proved)


def cost_of(pool: Pool, chosen: Chosen) -> float:
    """What a choice costs, rows left uncovered included."""
    price = dict(zip(pool.rows, pool.leave_out or (), strict=False))
    taken = math.fsum(pool.costs[k] for k in chosen.columns or ())
    return taken + math.fsum(price[row] for row in chosen.left)


@dataclass(frozen=True)
class _Look:
    """How long a choice may take."""

    seconds: Callable[[], float]
    seed: int
    stop: Stop
    max_nodes: int

    def at(self, pool: Pool, numbers: Sequence[int] | range | NDArray[np.int64]) -> Chosen:
        """The best choice from these columns, with their positions in the whole pool."""
        some = [int(k) for k in numbers]
        part = replace(
            pool,
            columns=[pool.columns[k] for k in some],
            costs=[pool.costs[k] for k in some],
            labels=None if pool.labels is None else [pool.labels[k] for k in some],
        )
        found = choose(
            part,
            seconds=self.seconds(),
            seed=self.seed,
            stop=self.stop,
            max_nodes=self.max_nodes,
        )
        if found.columns is None:
            return found
        return replace(found, columns=tuple(some[k] for k in found.columns))


def narrow(pool: Pool, *, seconds: float, seed: int, stop: Stop) -> Narrowed | None:
    """The linear relaxation over a whole pool; None if it was not solved in the time."""
    program = program_of(pool)
    program.integrality_ = []
    solver = quiet_solver(seconds, seed)
    solver.setOptionValue("presolve", "off")
    solver.passModel(program)
    interrupt_when(solver, stop)
    solver.run()
    status = solver.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        return Narrowed(math.inf, np.zeros(0), impossible=True)
    if status != highspy.HighsModelStatus.kOptimal:
        return None
    reduced = np.asarray(solver.getSolution().col_dual)
    bound = _safe(program, np.asarray(solver.getSolution().row_dual), reduced)
    return Narrowed(bound, np.maximum(reduced[: len(pool.columns)], 0.0))


def _safe(program: highspy.HighsLp, duals: Floats, reduced: Floats) -> float:
    """What the duals prove, whatever is left of them after rounding."""
    low, high = np.asarray(program.row_lower_), np.asarray(program.row_upper_)
    rows = np.where(duals > 0, duals * low, duals * high)
    return math.fsum(rows) + math.fsum(np.minimum(reduced, 0.0))
