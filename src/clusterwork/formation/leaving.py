"""Solving where schools may be left over: as few as possible, then as well as possible."""

from __future__ import annotations

import math
from dataclasses import replace

from clusterwork.formation.ascent import ascent_of
from clusterwork.formation.checks import impossible
from clusterwork.formation.clock import Clock, Progress
from clusterwork.formation.fewest import fewest_left
from clusterwork.formation.inside import only
from clusterwork.formation.model import Model
from clusterwork.formation.plan import Plan, make_plan, schools_of
from clusterwork.formation.policy import Weights
from clusterwork.formation.solver import PROVED, Solver
from clusterwork.formation.star_costs import by_peers

WHOLE_SHARE = 1 / 3
HUB_SHARE = 0.3
QUICK_SHARE = 0.1
FEWEST_SHARE = 0.55
LEAVING_SHARE = 0.6
BOUND_SHARE = 0.2
STEPS = 300
WORTHS = (1.0, 2.0, 4.0, 8.0)
"""Prices of leaving a school out at which a bound is tried, in mean costs of a school."""


def solved_leaving_over(
    model: Model, seed: int, clock: Clock, progress: Progress | None = None
) -> Solver:
    """A solver with the best plan found; its bound holds for every plan that leaves out no more
    schools, and `proven` says besides that fewer cannot be left out."""
    whole = _nobody_left(model, seed, clock, progress)
    if whole is not None and whole.best is not None:
        return whole
    solver = _leaving(model, seed, clock, progress)
    if solver.best is not None and solver.best.clusters and not solver.proven():
        _raise_bound(solver, Clock(BOUND_SHARE * clock.left(), clock.stop))
        _improve_placed(solver, seed, clock)
    return solver


def _nobody_left(model: Model, seed: int, clock: Clock, progress: Progress | None) -> Solver | None:
    """The usual search for plans of everybody; given up after a while without any."""
    least = max(model.count_low, math.ceil(model.n / model.high))
    strict = replace(model, may_leave_out=False, count_low=least)
    if least > model.count_high or impossible(strict):
        return None
    solver: Solver
    late = clock.seconds() + WHOLE_SHARE * clock.left()

    def stop() -> bool:
        return clock.stop() or (solver.best is None and clock.seconds() > late)

    solver = Solver(strict, seed=seed, clock=Clock(clock.left(), stop), progress=progress)
    if model.n:
        _begin_by_hub(solver, Clock(HUB_SHARE * clock.left(), clock.stop))
        solver.run()
    else:
        solver.best, solver.bound = Plan((), frozenset(), 0, 0.0), 0.0
    return solver


def _begin_by_hub(solver: Solver, clock: Clock) -> None:
    """Where peers count: a first plan with few left out, sought by travel to hubs, since plans
    are found more readily so."""
    model = solver.model
    if not by_peers(model) or solver.few_clusters():
        return
    policy = replace(model.policy, measure="hub", weights=Weights())
    helper: Solver

    def stop() -> bool:
        return clock.stop() or (helper.best is not None and not helper.best.left)

    easier = replace(model, policy=policy, gain=None)
    helper = Solver(easier, seed=solver.seed, clock=Clock(clock.left(), stop))
    if solver.best is not None:
        helper.keep(make_plan(easier, helper.book, solver.best.clusters, solver.best.left))
    helper.run()
    if helper.best is not None:
        solver.keep(make_plan(model, solver.book, helper.best.clusters, helper.best.left))


def _leaving(model: Model, seed: int, clock: Clock, progress: Progress | None) -> Solver:
    late = clock.seconds() + LEAVING_SHARE * clock.left()

    def stop() -> bool:
        some_left = solver.best is not None and bool(solver.best.left)
        return clock.stop() or (some_left and clock.seconds() > late)

    solver = Solver(model, seed=seed, clock=Clock(clock.left(), stop), progress=progress)
    if not solver.few_clusters():
        _begin_quickly(solver, Clock(QUICK_SHARE * clock.left(), clock.stop))
        found = fewest_left(solver, Clock(FEWEST_SHARE * clock.left(), clock.stop))
        solver.keep(found.plan)
        solver.fewest_proved = found.proved
        _begin_by_hub(solver, Clock(HUB_SHARE * clock.left(), clock.stop))
    solver.run()
    return solver


def _begin_quickly(solver: Solver, clock: Clock) -> None:
    """The usual search for a short while, so that there is a plan to begin from."""
    helper = Solver(solver.model, seed=solver.seed, clock=clock)
    helper.run()
    solver.keep(helper.best)


def _raise_bound(solver: Solver, clock: Clock) -> None:
    """What a plan costs that leaves out no more than L schools is at least the relaxation's
    value with any price p for each school left out, less p · L."""
    model, best = solver.model, solver.best
    assert best is not None  # noqa: S101 - the caller has looked
    mean = (best.value + model.gain_total) / max(1, model.n - best.n_left)
    for worth in WORTHS:
        if clock.stop():
            return
        price = worth * mean
        upper = best.value + price * best.n_left
        bound = ascent_of(model, price).climb(STEPS, upper, clock.stop)
        if math.isfinite(bound.value):
            most = best.value if solver.fewest_proved else _short_of_proof(best.value)
            solver.raise_bound(min(bound.value - price * best.n_left, most))


def _short_of_proof(value: float) -> float:
    """The bound says nothing of plans that leave out fewer: where there may be such, it proves
    no plan best."""
    return value - 2.0 * PROVED * max(1.0, abs(value))


def _improve_placed(solver: Solver, seed: int, clock: Clock) -> None:
    """Divide the schools placed anew, with all the means for plans that leave nobody out."""
    model, plan = solver.model, solver.best
    assert plan is not None  # noqa: S101 - the caller has looked
    numbers = sorted(i for cluster in plan.clusters for i in schools_of(model, cluster))
    part = only(model, numbers, 0)
    place = {i: k for k, i in enumerate(numbers)}
    second = Solver(part, seed=seed, clock=Clock(clock.left(), clock.stop))
    start = [
        frozenset(int(part.group[place[i]]) for i in schools_of(model, cluster))
        for cluster in plan.clusters
    ]
    second.keep(make_plan(part, second.book, start, frozenset()))
    second.run()
    if second.best is None:
        return
    found = [
        frozenset(int(model.group[numbers[k]]) for k in schools_of(part, cluster))
        for cluster in second.best.clusters
    ]
    solver.keep(make_plan(model, solver.book, found, plan.left))
