"""The cheapest mixture of plans from a pool of clusters: a linear program that grows by the
columns and inequalities it needs. Its value is a bound for every plan from the pool."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from clusterwork.formation.cuts import Triple, holding_two, violated_triples
from clusterwork.formation.model import Ints
from clusterwork.formation.partition import interrupt_when, quiet_solver

Floats = NDArray[np.float64]
FIRST_COLUMNS = 3_000
MORE_COLUMNS = 2_000
CUTS_A_ROUND = 120
NEGATIVE = -1e-7


@dataclass(frozen=True)
class Mixed:
    """value: a bound for every plan from the pool, the reduced costs included that are still
    negative. duals: (rows,) price of each place; count: of one cluster more. reduced: (pool,)
    cost of each cluster less all prices. whole: no cluster is shared out."""

    value: float
    duals: Floats
    count: float
    reduced: Floats
    whole: bool


class Mixture:
    """m clusters over n rows, of which each row is to be covered once by `count` clusters."""

    def __init__(
        self,
        members: sparse.csr_matrix,
        costs: Floats,
        count: tuple[int, int],
        *,
        seconds: float,
        seed: int,
        stop: Callable[[], bool],
    ) -> None:
        """members: (m, n) of 0 and 1; costs: (m,)."""
        self.members, self.costs, self.count = members, costs, count
        self.by_row = members.tocsc()
        self.triples: list[Triple] = []
        self.cuts = sparse.csr_matrix((len(costs), 0))
        self.solver = quiet_solver(seconds, seed)
        self.stop = stop
        interrupt_when(self.solver, stop)
        self.inside: Ints = np.zeros(0, dtype=np.int64)

    def begin(self, guess: Floats, known: Ints) -> None:
        """Start with the clusters that are cheapest by `guess` (m,) and the `known` ones."""
        n, m = self.members.shape[1], len(self.costs)
        most = min(FIRST_COLUMNS, m)
        cheapest = np.argpartition(guess, most - 1)[:most]
        ones, none = np.ones(n), np.zeros(0, np.int32)
        self.solver.addRows(n, ones, ones, 0, np.zeros(n, np.int32), none, np.zeros(0))
        low, high = float(self.count[0]), float(self.count[1])
        self.solver.addRow(low, high, 0, none, np.zeros(0))
        self._add(np.unique(np.concatenate([cheapest, known])))

    def extend(self, members: sparse.csr_matrix, costs: Floats) -> None:
        """Put more clusters into the pool: (m, n) and (m,); before the first inequality only."""
        assert not self.triples  # noqa: S101 - theirs would be missing
        self.members = sparse.vstack([self.members, members], format="csr")
        self.costs = np.concatenate([self.costs, costs])
        self.by_row = self.members.tocsc()
        self.cuts = sparse.csr_matrix((len(self.costs), 0))

    def _add(self, columns: Ints) -> None:
        """Take clusters of the pool into the program."""
        ones = sparse.csr_matrix(np.ones((len(columns), 1)))
        block = sparse.hstack([self.members[columns], ones, self.cuts[columns]], format="csr")
        k = len(columns)
        self.solver.addCols(
            k,
            self.costs[columns],
            np.zeros(k),
            np.full(k, highspy.kHighsInf),
            block.nnz,
            block.indptr[:-1].astype(np.int32),
            block.indices.astype(np.int32),
            block.data.astype(float),
        )
        self.inside = np.concatenate([self.inside, columns])

    def settle(self) -> Mixed | None:
        """Solve, taking in clusters until none of the pool would help; None if stopped."""
        while True:
            if not self._solved():
                return None
            mixed = self._read()
            helpful = np.flatnonzero(mixed.reduced < NEGATIVE)
            if not len(helpful) or self.stop():
                return mixed
            order = np.argsort(mixed.reduced[helpful], kind="stable")[:MORE_COLUMNS]
            self._add(helpful[order])

    def _solved(self) -> bool:
        """Run; once more from nothing where the numbers went astray."""
        for _ in range(2):
            self.solver.run()
            if self.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal:
                return True
            self.solver.clearSolver()
        return False

    def _read(self) -> Mixed:
        n = self.members.shape[1]
        solution = self.solver.getSolution()
        rows = np.asarray(solution.row_dual)
        duals, count, cuts = rows[:n], float(rows[n]), np.minimum(rows[n + 1 :], 0.0)
        reduced = self.costs - self.members @ duals - count - self.cuts @ cuts
        ends = self.count[0] if count > 0 else self.count[1]
        value = float(duals.sum() + count * ends + cuts.sum() + np.minimum(reduced, 0.0).sum())
        self.share = np.asarray(solution.col_value)
        whole = bool(((self.share < 1e-6) | (self.share > 1 - 1e-6)).all())
        return Mixed(value, duals, count, reduced, whole)

    def cut(self) -> int:
        """Take in the inequalities that the mixture found breaks most; how many there were."""
        known = set(self.triples)
        fresh = [
            triple
            for triple in violated_triples(self.members[self.inside], self.share, 3 * CUTS_A_ROUND)
            if triple not in known
        ][:CUTS_A_ROUND]
        place = np.full(len(self.costs), -1, dtype=np.int64)
        place[self.inside] = np.arange(len(self.inside))
        held = [holding_two(self.by_row, triple) for triple in fresh]
        for columns in held:
            here = place[columns]
            here = here[here >= 0].astype(np.int32)
            self.solver.addRow(-highspy.kHighsInf, 1.0, len(here), here, np.ones(len(here)))
        self.triples.extend(fresh)
        self.cuts = sparse.hstack([self.cuts, self._as_columns(held)], format="csr")
        return len(fresh)

    def _as_columns(self, held: list[Ints]) -> sparse.csr_matrix:
        """(m, inequalities) 1 where a cluster holds two of a triple."""
        rows = np.concatenate([*held, np.zeros(0, dtype=np.int64)])
        columns = np.repeat(np.arange(len(held)), [len(each) for each in held])
        shape = (len(self.costs), len(held))
        return sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=shape)
