"""`propose`: from an instance to a proposal, or to the exact reason why there is none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from clusterwork.formation.book import Book
from clusterwork.formation.checks import impossible, plainly_impossible
from clusterwork.formation.clock import Clock, Progress
from clusterwork.formation.conflict import CannotBeSatisfied, NotFoundInTime, explain_conflict
from clusterwork.formation.feasibility import find_any
from clusterwork.formation.instance import Instance
from clusterwork.formation.leaving import solved_leaving_over
from clusterwork.formation.model import Model, build_model
from clusterwork.formation.national.proposing import propose_large
from clusterwork.formation.plan import Plan, make_plan, schools_of
from clusterwork.formation.policy import Policy
from clusterwork.formation.proposal import Proposal
from clusterwork.formation.solver import Solver
from clusterwork.formation.telling import left_out_of, proposal_of
from clusterwork.formation.too_many import MOST_BY_MATRIX

CONFLICT_SECONDS = 30.0
EXPLAINING_SECONDS = 0.002
"""About what measuring and explaining takes for each school once the search is over."""


def propose(
    instance: Instance,
    policy: Policy | None = None,
    *,
    time_limit_s: float = 20.0,
    seed: int = 0,
    progress: Progress | None = None,
    should_stop: Callable[[], bool] | None = None,
    processes: int = 1,
) -> Proposal:
    """The best plan found in the time, with a bound that holds for every plan.

    `policy` stands in for the instance's own. `progress` is called with seconds, objective,
    bound and gap_share whenever one of them improves. `should_stop` is asked often; once it says
    True the best plan so far is given. One thread: the same seed gives the same answer, unless
    the time limit cuts it short. `processes`: how many to use for more than 2,500 schools; a
    program that asks for several must be one that may be imported again (`if __name__ ==
    "__main__"`).

    Raises `CannotBeSatisfied` when it is proved that no plan keeps the rules, and
    `NotFoundInTime` when none was found and none was proved impossible. Of more than 2,500
    schools no pyramids are made and none is left over: `TooManySchools`.
    """
    if policy is not None:
        instance = replace(instance, policy=policy)
    if len(instance.schools) > MOST_BY_MATRIX:
        return propose_large(
            instance,
            time_limit_s=time_limit_s,
            seed=seed,
            progress=progress,
            should_stop=should_stop,
            processes=processes,
        )
    model = build_model(instance)
    reserve = min(0.15 * time_limit_s, EXPLAINING_SECONDS * model.n)
    clock = Clock(time_limit_s - reserve, should_stop)
    plain = plainly_impossible(model)
    if plain:
        raise CannotBeSatisfied(tuple(plain))
    if impossible(model):
        raise explain_conflict(instance, _prover(seed, clock), clock.stop)
    find = _solved if model.policy.pyramid or not model.may_leave_out else solved_leaving_over
    solver = find(model, seed, clock, progress)
    if solver.best is None and model.may_leave_out and not clock.stop():
        everybody = frozenset(range(len(model.units)))
        solver.keep(make_plan(model, solver.book, [], everybody))
    if solver.best is not None and solver.best.left and model.policy.pyramid:
        solver = _solved_without(solver, seed, clock, progress)
    if solver.best is None:
        if solver.impossible:
            patient = Clock(CONFLICT_SECONDS, should_stop)
            raise explain_conflict(instance, _prover(seed, patient), patient.stop)
        raise NotFoundInTime(clock.seconds())
    return proposal_of(solver, model, clock, seed)


def _solved(model: Model, seed: int, clock: Clock, progress: Progress | None) -> Solver:
    """A solver that has done its work; with schools left out it stops at half time, so that
    `_solved_without` has the other half."""
    solver: Solver

    def stop() -> bool:
        late = clock.seconds() > clock.limit_s / 2
        some_left = solver.best is not None and bool(solver.best.left)
        return clock.stop() or (late and some_left)

    watch = Clock(clock.limit_s, stop) if model.may_leave_out else clock
    solver = Solver(model, seed=seed, clock=watch, progress=progress)
    if model.n:
        solver.run()
    else:
        solver.best, solver.bound = Plan((), frozenset(), 0, 0.0), 0.0
    return solver


def _solved_without(first: Solver, seed: int, clock: Clock, progress: Progress | None) -> Solver:
    """Take the schools that the first plan leaves out for good, and solve for the others.

    The bound then holds for the plans that leave out the same schools. The first solver is
    given back where that leads to no plan.
    """
    model, plan = first.model, first.best
    assert plan is not None  # noqa: S101 - the caller has looked
    left = left_out_of(model, plan)
    gone = {school.id for school, _ in left}
    rest = tuple(school for school in model.instance.schools if school.id not in gone)
    fewer = build_model(replace(model.instance, schools=rest))
    fewer = replace(fewer, outside=(*fewer.outside, *left))
    if not fewer.n:
        return first
    second = Solver(fewer, seed=seed, clock=clock, progress=progress)
    known = {
        school.id: unit
        for unit, members in enumerate(fewer.units)
        for school in (fewer.schools[i] for i in members)
    }
    start = [
        frozenset(known[model.schools[i].id] for i in schools_of(model, cluster))
        for cluster in plan.clusters
    ]
    second.keep(make_plan(fewer, second.book, start, frozenset()))
    second.run()
    return second if second.best is not None and not second.best.left else first


def _prover(seed: int, clock: Clock) -> Callable[[Instance], bool | None]:
    """A decider for variants of an instance, for the deletion filter."""

    def prove(instance: Instance) -> bool | None:
        model = build_model(instance)
        if impossible(model):
            return True
        if model.n == 0 or (model.may_leave_out and not model.count_low):
            return False
        if model.n <= 16:
            small = Solver(model, seed=seed, clock=clock)
            small.run()
            return True if small.impossible else (False if small.best is not None else None)
        if model.may_leave_out:
            return None
        verdict = find_any(
            model, Book(model), seconds=max(1.0, clock.left() / 4), seed=seed, stop=clock.stop
        )
        if verdict.clusters is not None:
            return False
        return True if verdict.proved else None

    return prove
