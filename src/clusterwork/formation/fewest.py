"""As few schools left out as can be: the assignment model that places as many as it can."""

from __future__ import annotations

from collections.abc import Sequence

import highspy
import numpy as np

from clusterwork.formation.book import Book, Key
from clusterwork.formation.clock import Clock
from clusterwork.formation.feasibility import MOST_CUTS, MOST_PLACES, Assignment
from clusterwork.formation.model import Model
from clusterwork.formation.partition import interrupt_when, quiet_solver
from clusterwork.formation.plan import Plan, make_plan


def fewest_left(model: Model, book: Book, clock: Clock, seed: int) -> Plan | None:
    """The plan found by then that leaves the fewest out, whatever it costs; None where none was
    found, or there are too many schools to ask."""
    if len(model.units) ** 2 > 2 * MOST_PLACES:
        return None
    assignment, best = Assignment(model, leaving=True), None
    for _ in range(MOST_CUTS if assignment.places else 0):
        clusters, proved = _placed(assignment, clock, seed)
        broken = [key for key in clusters if book[key].broken]
        plan = _without(model, book, clusters, broken)
        if plan is not None and plan.better_than(best):
            best = plan
        if clock.stop() or not proved or not broken:
            break
        for key in broken:
            assignment.forbid(key)
    return best


def _placed(assignment: Assignment, clock: Clock, seed: int) -> tuple[list[Key], bool]:
    """The clusters that place the most, and whether that is proved of these rows."""
    solver = quiet_solver(clock.left(), seed)
    solver.setOptionValue("mip_abs_gap", 0.99)
    solver.passModel(assignment.program())
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
