"""As few schools left out as can be: the assignment model that places as many as it can."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import highspy
import numpy as np

from clusterwork.formation.book import Book, Key
from clusterwork.formation.clock import Clock
from clusterwork.formation.feasibility import MOST_CUTS, MOST_PLACES, Assignment
from clusterwork.formation.model import Model
from clusterwork.formation.partition import interrupt_when, quiet_solver
from clusterwork.formation.plan import Plan, make_plan
from clusterwork.formation.solver import Solver


@dataclass(frozen=True)
class Fewest:
    """The plan that leaves the fewest out, None where none was found; whether that is proved."""

    plan: Plan | None
    proved: bool


def fewest_left(solver: Solver, clock: Clock) -> Fewest:
    """The plan found by then that leaves the fewest out, whatever it costs, beginning from the
    solver's best; none where there are too many schools to ask."""
    model, book = solver.model, solver.book
    if len(model.units) ** 2 > 2 * MOST_PLACES:
        return Fewest(None, proved=False)
    assignment, best = Assignment(model, leaving=True), solver.best
    for _ in range(MOST_CUTS if assignment.places else 0):
        clusters, proved = _placed(assignment, best, clock, solver.seed)
        broken = [key for key in clusters if book[key].broken]
        plan = _without(model, book, clusters, broken)
        if plan is not None and plan.better_than(best):
            best = plan
        if proved and not broken:
            return Fewest(best, proved=True)
        if clock.stop() or not proved:
            break
        for key in broken:
            assignment.forbid(key)
    return Fewest(best, proved=False)


def _placed(
    assignment: Assignment, start: Plan | None, clock: Clock, seed: int
) -> tuple[list[Key], bool]:
    """The clusters that place the most, and whether that is proved of these rows."""
    solver = quiet_solver(clock.left(), seed)
    solver.setOptionValue("mip_abs_gap", 0.99)
    solver.passModel(assignment.program())
    if start is not None and not assignment.by_hub:
        guess = highspy.HighsSolution()
        guess.col_value = assignment.values(start.clusters)
        solver.setSolution(guess)
    interrupt_when(solver, clock.stop)
    solver.run()
    if solver.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return [], False
    found = assignment.read(np.asarray(solver.getSolution().col_value))
    return [key for _, key in found], solver.getModelStatus() == highspy.HighsModelStatus.kOptimal


def _without(
    model: Model, book: Book, clusters: Sequence[Key], broken: Sequence[Key]
) -> Plan | None:
    sound = [key for key in clusters if key not in broken]
    placed = {unit for key in sound for unit in key}
    return make_plan(model, book, sound, frozenset(range(len(model.units))) - placed)
