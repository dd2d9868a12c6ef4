"""The clusters around some schools divided anew, exactly, with everything else as it was."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from clusterwork.formation.changing import Consequences, difference
from clusterwork.formation.checks import impossible
from clusterwork.formation.clock import Clock
from clusterwork.formation.conflict import NotFoundInTime
from clusterwork.formation.evaluating import Partition, evaluated
from clusterwork.formation.impasse import impasse
from clusterwork.formation.inside import closed, only, pinned
from clusterwork.formation.instance import Instance, Locks
from clusterwork.formation.model import Model
from clusterwork.formation.plan import Plan, make_plan, schools_of
from clusterwork.formation.solver import Solver
from clusterwork.formation.standing import (
    Division,
    Standing,
    contested,
    divided,
    near,
    partition_of,
    plain_pins,
    standing,
    tied,
)

N_CLUSTERS = 7
NO_PINS = Locks()
Stop = Callable[[], bool]


@dataclass(frozen=True)
class Resolved:
    """The partition after the clusters of a neighbourhood were divided anew.

    `clusters` are their labels now. Objectives are those of `evaluate`. `bound`: no division of
    these schools that keeps the rules and pins, with everything else as it was, brings the
    objective below it; `proved`: none is better.
    """

    partition: Mapping[str, tuple[str, ...]]
    clusters: tuple[str, ...]
    objective_before: float
    objective_after: float
    bound: float
    proved: bool
    changes: Consequences
    seconds: float


@dataclass(frozen=True)
class Run:
    """How long to look, and with which seed."""

    clock: Clock
    seed: int


@dataclass(frozen=True)
class Part:
    """The neighbourhood: places of its clusters in the arrangement, its school numbers, its
    model with the pins (pairs only), and which school's cluster keeps which label."""

    inside: list[int]
    numbers: list[int]
    model: Model
    pins: Locks
    keepers: Mapping[str, str]


def resolve_around(
    instance: Instance,
    partition: Partition,
    *,
    centre: Collection[str],
    pins: Locks = NO_PINS,
    n_clusters: int = N_CLUSTERS,
    seconds: float = 2.0,
    seed: int = 0,
    should_stop: Stop | None = None,
) -> Resolved:
    """The best division of the `n_clusters` clusters nearest to the centre schools, their own
    always among them, that keeps the rules, the locks and the pins.

    `pins` hold here only, beside the instance's locks: `together` and `apart` as there; `fixed`
    is a school's id to the label of a cluster of `partition` (it goes where that cluster's hub
    is) or to another school's id (it goes where that school is). Centre schools that are in no
    cluster are taken in; others left out stay so. A partition that keeps the rules and the pins
    never gets worse.

    Raises `NotAPartition`, `CannotBeSatisfied` where it is proved that no division keeps the
    rules, and `NotFoundInTime`.
    """
    named = [*centre, *_named(pins, partition)]
    here = standing(instance, partition, named)
    run = Run(Clock(seconds, should_stop), seed)
    return resolve(here, near(here, named, n_clusters), pins, run)


def _named(pins: Locks, partition: Partition) -> list[str]:
    """Every school that the pins name, and one of each cluster."""
    pairs = [school for pair in (*pins.together, *pins.apart) for school in pair]
    places = [
        min(partition[place], default=school) if place in partition else place
        for school, place in pins.fixed.items()
    ]
    return [*pairs, *pins.fixed, *places]


def resolve(here: Standing, places: Iterable[int], pins: Locks, run: Run) -> Resolved:
    """Divide anew the clusters at these places, and any that a lock or pin ties to them."""
    part = _part(here, places, pins)
    solver, start = _solved(here, part, run)
    assert solver.best is not None  # noqa: S101 - else it has raised
    fresh = [[part.numbers[i] for i in schools_of(part.model, c)] for c in solver.best.clusters]
    spare = contested(here.there, part.inside, fresh)
    after, clusters = divided(here, part.inside, fresh, part.keepers)
    found = evaluated(after)
    gap = 0.0 if solver.proven() else max(0.0, solver.best.value - solver.floor())
    bound = found.objective - spare - gap
    if spare and start is not None and found.objective > evaluated(here.there).objective:
        after, clusters = here.there, tuple(here.there.labels[at] for at in part.inside)
        found = evaluated(after)
    return Resolved(
        partition=partition_of(after),
        clusters=clusters,
        objective_before=here.before.objective,
        objective_after=found.objective,
        bound=bound,
        proved=solver.proven() and not spare,
        changes=difference(here.instance.policy, here.before, found),
        seconds=run.clock.seconds(),
    )


def _part(here: Standing, places: Iterable[int], pins: Locks) -> Part:
    pairs, keepers = plain_pins(here, pins)
    together = [(here.number[a], here.number[b]) for a, b in pairs.together]
    apart = [(here.number[a], here.number[b]) for a, b in pairs.apart]
    model = pinned(here.there.model, together, apart)
    clusters = here.there.clusters
    inside = tied(model, clusters, places)
    numbers = sorted(i for at in inside for i in clusters[at])
    return Part(inside, numbers, only(model, numbers, len(clusters) - len(inside)), pairs, keepers)


def _solved(here: Standing, part: Part, run: Run) -> tuple[Solver, Plan | None]:
    """A solver with a plan, and the plan it began from: the clusters as they are, if sound."""
    solver = Solver(closed(part.model), seed=run.seed, clock=run.clock)
    if not part.numbers:
        solver.best, solver.bound = Plan((), frozenset(), 0, 0.0), 0.0
        return solver, solver.best
    start = _start(solver, part, [here.there.clusters[at] for at in part.inside])
    solver.keep(start)
    stuck = start is None and bool(impossible(part.model))
    if not stuck:
        solver.run()
    if stuck or solver.impossible:
        whole, stop = here.there.model.instance, run.clock.should_stop
        raise impasse(whole, part.numbers, part.model, part.pins, seed=run.seed, stop=stop)
    if solver.best is None:
        raise NotFoundInTime(run.clock.seconds())
    return solver, start


def _start(solver: Solver, part: Part, clusters: Division) -> Plan | None:
    """The clusters as they are; None where they break a rule, a lock or a pin."""
    model, place = part.model, {i: k for k, i in enumerate(part.numbers)}
    keys = [frozenset(int(model.group[place[i]]) for i in members) for members in clusters]
    if sum(len(key) for key in keys) > len(model.units):
        return None
    return make_plan(model, solver.book, keys, frozenset())
