"""Is there any plan at all? An assignment model in HiGHS that is exact, if given the time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import highspy
import numpy as np

from clusterwork.formation.book import Book, Key
from clusterwork.formation.model import Model
from clusterwork.formation.partition import interrupt_when, quiet_solver

MOST_PLACES = 40_000
MOST_CUTS = 400


@dataclass(frozen=True)
class Verdict:
    """clusters: a sound set that covers all, if found. proved: True where none exists."""

    clusters: tuple[Key, ...] | None
    proved: bool


class Assignment:
    """x[u, r] = 1 when unit u is in the cluster that r stands for.

    By rule "hub" r is the hub (any allowed school's unit); else r is the lowest unit of its
    cluster, which removes equal solutions. leaving: units may be left out, as few schools as
    possible.
    """

    def __init__(self, model: Model, *, leaving: bool = False) -> None:
        self.model, self.leaving = model, leaving
        self.by_hub = model.policy.limit_to == "hub" and model.policy.limit_minutes > 0
        self.by_hub = self.by_hub or bool((model.forced_hub >= 0).any())
        self.places = self._places()
        self.number = {place: k for k, place in enumerate(self.places)}
        self.rows: list[tuple[float, float, dict[int, float]]] = []
        self._cover()
        self._sizes()
        self._pairs()
        self._contributors()

    def _places(self) -> list[tuple[int, int]]:
        model, n_units = self.model, len(self.model.units)
        bad = model.bad[: model.n, : model.n] != 0
        foes = np.zeros((n_units, n_units), dtype=bool)
        a, b = np.nonzero(bad)
        foes[model.group[a], model.group[b]] = True
        self.foes = foes
        if not self.by_hub:
            return [(u, r) for r in range(n_units) for u in range(r, n_units) if not foes[u, r]]
        return [
            (u, h)
            for h in range(model.n)
            if model.may_hub[list(model.units[model.group[h]]), h].all()
            for u in range(n_units)
            if not foes[u, model.group[h]] and model.may_hub[list(model.units[u]), h].all()
        ]

    def _head(self, r: int) -> int:
        """The variable that says r stands for a cluster."""
        unit = int(self.model.group[r]) if self.by_hub else r
        return self.number[unit, r]

    def _heads(self) -> list[int]:
        return sorted({r for _, r in self.places})

    def _cover(self) -> None:
        cover: dict[int, dict[int, float]] = {u: {} for u in range(len(self.model.units))}
        for (u, _), k in self.number.items():
            cover[u][k] = 1.0
        least = 0.0 if self.leaving else 1.0
        self.rows.extend((least, 1.0, row) for row in cover.values())
        heads = {self._head(r): 1.0 for r in self._heads()}
        self.rows.append((float(self.model.count_low), float(self.model.count_high), heads))

    def _sizes(self) -> None:
        weight = [len(unit) for unit in self.model.units]
        members: dict[int, dict[int, float]] = {r: {} for r in self._heads()}
        for (u, r), k in self.number.items():
            members[r][k] = float(weight[u])
            if k != self._head(r):
                self.rows.append((-np.inf, 0.0, {k: 1.0, self._head(r): -1.0}))
        for r, row in members.items():
            head = self._head(r)
            own = row[head]
            self.rows.append((0.0, np.inf, {**row, head: own - self.model.low}))
            self.rows.append((-np.inf, 0.0, {**row, head: own - self.model.high}))

    def _pairs(self) -> None:
        """Two that may not meet: for each head, a school against all of its foes at once."""
        for r in self._heads():
            here = [u for u, s in self.places if s == r] if len(self._heads()) < 60 else None
            units = here if here is not None else self._near_units(r)
            for u in units:
                foes = [v for v in units if v > u and self.foes[u, v]]
                for v in foes:
                    row = {
                        self.number[u, r]: 1.0,
                        self.number[v, r]: 1.0,
                        self._head(r): -1.0,
                    }
                    self.rows.append((-np.inf, 0.0, row))

    def _near_units(self, r: int) -> list[int]:
        return [u for u in range(len(self.model.units)) if (u, r) in self.number]

    def _contributors(self) -> None:
        if not self.model.policy.contributing:
            return
        strong = [float(self.model.strong[list(unit)].any()) for unit in self.model.units]
        for r in self._heads():
            row = {self.number[u, r]: strong[u] for u in self._near_units(r) if strong[u]}
            head = self._head(r)
            row[head] = row.get(head, 0.0) - 1.0
            self.rows.append((0.0, np.inf, row))

    def program(self) -> highspy.HighsLp:
        lp = highspy.HighsLp()
        n = len(self.places)
        lp.num_col_, lp.num_row_ = n, len(self.rows)
        worth = [-float(self.leaving) * len(self.model.units[u]) for u, _ in self.places]
        lp.col_cost_ = np.array(worth)
        lp.col_lower_, lp.col_upper_ = np.zeros(n), np.ones(n)
        lp.row_lower_ = np.array([row[0] for row in self.rows])
        lp.row_upper_ = np.array([row[1] for row in self.rows])
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lengths = [len(row[2]) for row in self.rows]
        lp.a_matrix_.start_ = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
        lp.a_matrix_.index_ = np.array([k for row in self.rows for k in row[2]], dtype=np.int32)
        lp.a_matrix_.value_ = np.array([v for row in self.rows for v in row[2].values()])
        lp.integrality_ = [highspy.HighsVarType.kInteger] * n
        return lp

    def read(self, values: np.ndarray) -> list[tuple[int, Key]]:
        """(head, cluster) for each cluster of a solution."""
        members: dict[int, set[int]] = {}
        for (u, r), k in self.number.items():
            if values[k] > 0.5:
                members.setdefault(r, set()).add(u)
        return [(r, frozenset(cluster)) for r, cluster in sorted(members.items())]

    def values(self, clusters: Sequence[Key]) -> list[float]:
        """These clusters as a solution, each standing for its lowest unit (not by rule "hub")."""
        taken = {self.number[u, min(cluster)] for cluster in clusters for u in cluster}
        return [float(k in taken) for k in range(len(self.places))]

    def forbid(self, cluster: Key) -> None:
        """No solution may hold exactly this cluster, whoever stands for it."""
        heads = self._heads() if self.by_hub else [min(cluster)]
        for r in heads:
            if any((u, r) not in self.number for u in cluster):
                continue
            row = {self.number[u, r]: 1.0 if u in cluster else -1.0 for u in self._near_units(r)}
            self.rows.append((-np.inf, float(len(cluster) - 1), row))


def find_any(
    model: Model, book: Book, *, seconds: float, seed: int, stop: Callable[[], bool]
) -> Verdict:
    """Look for any sound plan; what the rows cannot say is cut off and tried again."""
    if len(model.units) ** 2 > 2 * MOST_PLACES:
        return Verdict(None, proved=False)
    assignment = Assignment(model)
    if not assignment.places:
        return Verdict(None, proved=model.n > 0)
    for _ in range(MOST_CUTS):
        solver = quiet_solver(seconds, seed)
        solver.passModel(assignment.program())
        interrupt_when(solver, stop)
        solver.run()
        status = solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return Verdict(None, proved=True)
        if status != highspy.HighsModelStatus.kOptimal:
            return Verdict(None, proved=False)
        clusters = assignment.read(np.asarray(solver.getSolution().col_value))
        broken = [key for _, key in clusters if book[key].broken]
        if not broken:
            return Verdict(tuple(key for _, key in clusters), proved=False)
        if stop():
            break
        for key in broken:
            assignment.forbid(key)
    return Verdict(None, proved=False)
