"""Why a neighbourhood cannot be divided: the smallest set of rules that conflict there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from clusterwork.formation.book import Book
from clusterwork.formation.checks import impossible
from clusterwork.formation.clock import Clock
from clusterwork.formation.conflict import CannotBeSatisfied, Prove, explain_conflict
from clusterwork.formation.feasibility import find_any
from clusterwork.formation.inside import only
from clusterwork.formation.instance import Instance, Locks
from clusterwork.formation.model import Model, build_model
from clusterwork.formation.solver import Solver

FEW_SCHOOLS = 16
SECONDS = 5.0


def impasse(
    whole: Instance,
    numbers: Sequence[int],
    sub: Model,
    pins: Locks,
    *,
    seed: int,
    stop: Callable[[], bool] | None,
) -> CannotBeSatisfied:
    """The conflict in `sub`, the model of these school numbers of `whole` with the pins (pairs)
    on it, for which it is proved that there is no plan."""
    clock = Clock(SECONDS, stop)
    locks = _with_pins(whole.locks, pins, {school.id for school in sub.schools})
    part = replace(whole, schools=sub.schools, policy=sub.policy, locks=locks)
    return explain_conflict(part, _prover(whole, numbers, seed, clock), clock.stop)


def _with_pins(locks: Locks, pins: Locks, here: set[str]) -> Locks:
    """All locks that concern these schools only."""
    return Locks(
        together=tuple(p for p in (*locks.together, *pins.together) if here.issuperset(p)),
        apart=tuple(p for p in (*locks.apart, *pins.apart) if here.issuperset(p)),
        fixed={school: place for school, place in locks.fixed.items() if school in here},
    )


def _prover(whole: Instance, numbers: Sequence[int], seed: int, clock: Clock) -> Prove:
    """Decides variants of the rules for the same schools, measured among everybody."""

    def prove(variant: Instance) -> bool | None:
        easier = replace(whole, policy=variant.policy, locks=variant.locks)
        model = only(build_model(easier, everybody=True), numbers, 0)
        if impossible(model):
            return True
        return _by_trial(model, seed, clock)

    return prove


def _by_trial(model: Model, seed: int, clock: Clock) -> bool | None:
    if model.n <= FEW_SCHOOLS:
        solver = Solver(model, seed=seed, clock=clock)
        solver.run()
        return True if solver.impossible else (False if solver.best is not None else None)
    seconds = max(0.5, clock.left() / 4)
    verdict = find_any(model, Book(model), seconds=seconds, seed=seed, stop=clock.stop)
    if verdict.clusters is not None:
        return False
    return True if verdict.proved else None
