"""Choose disjoint clusters from a pool, exactly, as a set partitioning model in HiGHS."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import highspy
import numpy as np

from clusterwork.formation.book import Key


@dataclass(frozen=True)
class Chosen:
    """columns: positions of the clusters chosen, None if no solution was found. left: rows not
    covered. bound: no choice from this pool costs less. proved: nothing better in the pool, or
    (columns None) no choice exists."""

    columns: tuple[int, ...] | None
    left: tuple[int, ...]
    bound: float
    proved: bool


@dataclass(frozen=True)
class Pool:
    """Columns for `choose`. rows: what must be covered once. labels: present label that each
    column would keep, -1 for none, at most one column a label; None: no such rule. leave_out:
    price of each row that stays uncovered, None: not allowed. count: inclusive range."""

    columns: Sequence[Key]
    costs: Sequence[float]
    rows: Sequence[int]
    count: tuple[int, int]
    labels: Sequence[int] | None = None
    leave_out: Sequence[float] | None = None


def _matrix(pool: Pool) -> tuple[list[int], list[int], int]:
    """Column starts, row indices and number of rows: rows, then the count, then labels."""
    place = {row: k for k, row in enumerate(pool.rows)}
    n_rows = len(place) + 1
    label_row: dict[int, int] = {}
    starts: list[int] = [0]
    index: list[int] = []
    for position, column in enumerate(pool.columns):
        index.extend(place[row] for row in sorted(column))
        index.append(len(place))
        label = pool.labels[position] if pool.labels is not None else -1
        if label >= 0:
            index.append(label_row.setdefault(label, n_rows + len(label_row)))
        starts.append(len(index))
    if pool.leave_out is not None:
        for k in range(len(place)):
            index.append(k)
            starts.append(len(index))
    return starts, index, n_rows + len(label_row)


def program_of(pool: Pool) -> highspy.HighsLp:
    """The set partitioning model of a pool."""
    starts, index, n_rows = _matrix(pool)
    n_schools = len(pool.rows)
    costs = list(pool.costs) + list(pool.leave_out or ())
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(costs), n_rows
    lp.col_cost_ = np.array(costs, dtype=float)
    lp.col_lower_ = np.zeros(len(costs))
    lp.col_upper_ = np.ones(len(costs))
    low = np.concatenate([np.ones(n_schools), [pool.count[0]], np.zeros(n_rows - n_schools - 1)])
    high = np.concatenate([np.ones(n_schools), [pool.count[1]], np.ones(n_rows - n_schools - 1)])
    lp.row_lower_, lp.row_upper_ = low, high
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = np.array(starts, dtype=np.int32)
    lp.a_matrix_.index_ = np.array(index, dtype=np.int32)
    lp.a_matrix_.value_ = np.ones(len(index))
    lp.integrality_ = [highspy.HighsVarType.kInteger] * len(costs)
    return lp


def quiet_solver(seconds: float, seed: int) -> highspy.Highs:
    """A HiGHS on one thread that prints nothing."""
    solver = highspy.Highs()
    for option, value in (
        ("output_flag", False),
        ("threads", 1),
        ("random_seed", seed % 2_000_000_000),
        ("time_limit", max(0.01, seconds)),
        ("mip_rel_gap", 0.0),
        ("mip_abs_gap", 1e-7),
    ):
        solver.setOptionValue(option, value)
    return solver


def interrupt_when(solver: highspy.Highs, stop: Callable[[], bool]) -> None:
    """Ask `stop` now and then while the solver runs; also lets Python see Ctrl-C."""

    def ask(event: highspy.HighsCallbackEvent) -> None:
        if stop():
            event.data_in.user_interrupt = True

    solver.cbMipInterrupt.subscribe(ask)
    solver.cbSimplexInterrupt.subscribe(ask)


def choose(
    pool: Pool,
    *,
    seconds: float,
    seed: int,
    stop: Callable[[], bool],
    start: Sequence[int] | None = None,
    max_nodes: int | None = None,
) -> Chosen:
    """The cheapest choice of columns that covers every row once (or prices it as left out).

    `start` are positions of a known choice. Ends at `seconds`, `max_nodes` or `stop`.
    """
    if not pool.columns and pool.leave_out is None:
        return Chosen(None, (), math.inf, proved=bool(pool.rows) or pool.count[0] > 0)
    solver = quiet_solver(seconds, seed)
    if max_nodes is not None:
        solver.setOptionValue("mip_max_nodes", max_nodes)
    solver.passModel(program_of(pool))
    if start is not None:
        _start_from(solver, pool, start)
    interrupt_when(solver, stop)
    solver.run()
    status = solver.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        return Chosen(None, (), math.inf, proved=True)
    info = solver.getInfo()
    solution = solver.getSolution()
    proved = status == highspy.HighsModelStatus.kOptimal
    bound = float(info.objective_function_value if proved else info.mip_dual_bound)
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return Chosen(None, (), bound, proved=False)
    taken = np.flatnonzero(np.asarray(solution.col_value) > 0.5)
    n_columns = len(pool.columns)
    return Chosen(
        tuple(int(k) for k in taken if k < n_columns),
        tuple(pool.rows[int(k) - n_columns] for k in taken if k >= n_columns),
        bound,
        proved,
    )


def prices(
    pool: Pool, *, seconds: float, seed: int, stop: Callable[[], bool]
) -> tuple[list[float], float] | None:
    """What covering each row is worth, and what one more cluster is, by the linear relaxation
    over this pool; None if it was not solved. They guide a search; they bound nothing."""
    program = program_of(pool)
    program.integrality_ = []
    solver = quiet_solver(seconds, seed)
    solver.passModel(program)
    interrupt_when(solver, stop)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    duals = [float(value) for value in solver.getSolution().row_dual]
    return duals[: len(pool.rows)], duals[len(pool.rows)]


def _start_from(solver: highspy.Highs, pool: Pool, start: Sequence[int]) -> None:
    covered = {row for k in start for row in pool.columns[k]}
    extra = [
        len(pool.columns) + k
        for k, row in enumerate(pool.rows)
        if pool.leave_out is not None and row not in covered
    ]
    values = np.zeros(solver.getNumCol())
    values[list(start) + extra] = 1.0
    guess = highspy.HighsSolution()
    guess.col_value = values.tolist()
    solver.setSolution(guess)
