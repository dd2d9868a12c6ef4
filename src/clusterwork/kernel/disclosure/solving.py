"""The least of a linear program, by HiGHS, for the few secrets that need more than counting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass
class Program:
    """Columns with costs and bounds; rows with bounds and their entries (column, coefficient)."""

    costs: list[float] = field(default_factory=list)
    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    n_whole: int = 0
    rows: list[tuple[float, float, list[tuple[int, int]]]] = field(default_factory=list)

    def column(self, lower: float, upper: float, cost: float = 0.0) -> int:
        """A new column's place."""
        self.costs.append(cost)
        self.lower.append(lower)
        self.upper.append(upper)
        return len(self.costs) - 1

    def row(self, lower: float, upper: float, entries: list[tuple[int, int]]) -> None:
        self.rows.append((lower, upper, entries))


def least(program: Program, *, whole: bool) -> Sequence[float] | None:
    """The columns' values where the cost is least, None if the rows cannot all be kept.

    With `whole` the first `n_whole` columns take whole numbers. One thread and no clock: the same
    program has the same answer.
    """
    import highspy  # only where a table needs it; most do not

    solver = highspy.Highs()
    for option, value in (("output_flag", False), ("threads", 1), ("mip_max_nodes", 2000)):
        solver.setOptionValue(option, value)
    solver.passModel(_model(program, whole))
    solver.run()
    info = solver.getInfo()
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return None
    return list(solver.getSolution().col_value)


def _model(program: Program, whole: bool) -> object:
    import highspy
    import numpy as np

    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(program.costs), len(program.rows)
    lp.col_cost_ = np.array(program.costs, dtype=float)
    lp.col_lower_ = np.array(program.lower, dtype=float)
    lp.col_upper_ = np.array(program.upper, dtype=float)
    lp.row_lower_ = np.array([low for low, _, _ in program.rows], dtype=float)
    lp.row_upper_ = np.array([high for _, high, _ in program.rows], dtype=float)
    entries = [entry for _, _, row in program.rows for entry in row]
    ends = np.cumsum([len(row) for _, _, row in program.rows], dtype=np.int32)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.concatenate([[0], ends]).astype(np.int32)
    lp.a_matrix_.index_ = np.array([column for column, _ in entries], dtype=np.int32)
    lp.a_matrix_.value_ = np.array([coefficient for _, coefficient in entries], dtype=float)
    if whole:
        kinds = [highspy.HighsVarType.kInteger] * program.n_whole
        rest = len(program.costs) - program.n_whole
        lp.integrality_ = kinds + [highspy.HighsVarType.kContinuous] * rest
    return lp
