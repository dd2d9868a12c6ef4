"""`propose`: from an instance to a proposal, or to the exact reason why there is none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import chain

import numpy as np

from clusterwork.formation.binding import binding_rules
from clusterwork.formation.book import Book
from clusterwork.formation.checks import impossible, plainly_impossible
from clusterwork.formation.clock import Clock, Progress, gap_share
from clusterwork.formation.conflict import CannotBeSatisfied, NotFoundInTime, explain_conflict
from clusterwork.formation.explaining import Explainer
from clusterwork.formation.feasibility import find_any
from clusterwork.formation.instance import Instance, School
from clusterwork.formation.leaving import solved_leaving_over
from clusterwork.formation.left_over import left_over
from clusterwork.formation.measuring import cluster_of, links_cut, totals_of
from clusterwork.formation.model import Model, build_model
from clusterwork.formation.names import span
from clusterwork.formation.plan import Plan, label_clusters, make_plan, moved_schools, schools_of
from clusterwork.formation.policy import Policy
from clusterwork.formation.proposal import LeftOut, Proposal, Reason
from clusterwork.formation.solver import Solver
from clusterwork.formation.wording import LEFT_OUT, LEFT_OUT_ANCHOR
from clusterwork.kernel.messages import N_, Message

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
) -> Proposal:
    """The best plan found in the time, with a bound that holds for every plan.

    `policy` stands in for the instance's own. `progress` is called with seconds, objective,
    bound and gap_share whenever one of them improves. `should_stop` is asked often; once it says
    True the best plan so far is given. One thread: the same seed gives the same answer, unless
    the time limit cuts it short.

    Raises `CannotBeSatisfied` when it is proved that no plan keeps the rules, and
    `NotFoundInTime` when none was found and none was proved impossible.
    """
    if policy is not None:
        instance = replace(instance, policy=policy)
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
    return _proposal(solver, model, clock, seed)


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
    left = _left_out_of(model, plan)
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


def _labels(model: Model, clusters: Sequence[Sequence[int]]) -> tuple[list[int], list[str]]:
    """Present label numbers (-1: none) and the names to show: present ones kept, else new ones."""
    kept = label_clusters(model, clusters)
    taken = {model.labels[k] for k in kept if k >= 0} | set(model.labels)
    names = chain(model.instance.new_names, map(str, range(1, 10**9)))
    fresh = (name for name in names if name not in taken)
    return kept, [model.labels[k] if k >= 0 else next(fresh) for k in kept]


def _proposal(solver: Solver, whole: Model, clock: Clock, seed: int) -> Proposal:
    """All figures and reasons; `whole` also has the schools taken out on the way."""
    model = solver.model
    plan = solver.best
    assert plan is not None  # noqa: S101 - the caller has looked
    clusters = [schools_of(model, cluster) for cluster in plan.clusters]
    kept, labels = _labels(model, clusters)
    moved = moved_schools(model, clusters, kept)
    totals = totals_of(model, clusters, len(moved))
    shown = [
        cluster_of(model, label, members) for label, members in zip(labels, clusters, strict=True)
    ]
    explainer = Explainer(model, solver.book, plan, labels)
    reasons: dict[str, Reason] = {}
    for i in sorted(i for members in clusters for i in members):
        reasons[model.schools[i].id] = explainer.reason(i, moved=i in set(moved))
    n_placed = sum(len(members) for members in clusters)
    minutes = sum(cluster.mean_minutes * len(cluster.members) for cluster in shown)
    objective = float(sum(totals.parts.values()))
    bound = objective if solver.proven() else min(solver.floor(), objective)
    threshold = 0.0 if solver.duals is None else solver.duals.threshold
    return Proposal(
        clusters=tuple(shown),
        left_out=tuple(_left_out(model, whole, plan)),
        objective=objective,
        bound=bound,
        gap_share=gap_share(objective, bound),
        proven=solver.proven() and not (plan.left and not clusters),
        parts=totals.parts,
        total_travel=totals.travel,
        mean_minutes=minutes / n_placed if n_placed else 0.0,
        worst_minutes=max((c.worst_minutes for c in shown), default=0.0),
        worst_pair_minutes=max((c.worst_pair_minutes for c in shown), default=0.0),
        flow_kept_share=totals.flow_kept_share,
        need_points=totals.need_points,
        pupils_percent=totals.pupils_percent,
        support_steps=totals.support_steps,
        moved=tuple(model.schools[i].id for i in moved) if model.labels else None,
        links_cut=tuple(links_cut(model, clusters)),
        reasons=reasons,
        rules=binding_rules(explainer, threshold),
        notices=tuple(_notices(model)),
        seconds=clock.seconds(),
        seed=seed,
        policy=model.policy,
    )


def _left_out(model: Model, whole: Model, plan: Plan) -> list[LeftOut]:
    """Schools outside every pyramid: those that never could be in one, and those without room;
    of other clusters those that none has room for."""
    if not model.policy.pyramid:
        return left_over(model, sorted(i for unit in plan.left for i in model.units[unit]))
    cases = [*model.outside, *_left_out_of(model, plan)]
    anchors = {whole.schools[i].id for i in np.flatnonzero(whole.anchor)}
    found = []
    for school, rule in cases:
        facts = {
            "school": f"{school.name} ({school.id})",
            "medium": school.medium,
            "faith": school.faith or "–",
            "authority": school.authority,
            "minutes": _nearest(whole, school.id),
            "sizes": span(model.low, model.high),
        }
        text = LEFT_OUT_ANCHOR if school.id in anchors else LEFT_OUT[rule]
        found.append(LeftOut(school.id, rule, Message(text, facts)))
    return found


def _left_out_of(model: Model, plan: Plan) -> list[tuple[School, str]]:
    """The schools that a plan leaves out, with the rule that keeps each from its nearest place."""
    reaching = _reaching(model)
    numbers = sorted(i for unit in plan.left for i in model.units[unit])
    return [(model.schools[i], "pyramid_size" if reaching[i] else "travel_limit") for i in numbers]


def _reaching(model: Model) -> list[bool]:
    """For each school whether an anchor that it may stand under is within the limit."""
    if model.under is None:
        return [True] * model.n
    n = model.n
    near = model.under[:n, :n] & (model.bad[:n, :n] == 0) & model.may_hub[:n, :n]
    return [bool(row.any()) for row in near]


def _nearest(model: Model, school: str) -> str:
    numbers = [i for i, s in enumerate(model.schools) if s.id == school]
    if not numbers or model.under is None:
        return ""
    i = numbers[0]
    anchors = np.flatnonzero(model.under[i, : model.n])
    return f"{model.worse[i, anchors].min():.0f}" if len(anchors) else ""


def _notices(model: Model) -> list[Message]:
    said = []
    if model.instance.minutes is None:
        said.append(
            Message(
                N_("Minutes are an estimate: straight line × %(circuity)s at %(speed)s km/h."),
                {
                    "circuity": f"{model.policy.circuity:g}",
                    "speed": f"{model.policy.speed_kmh:g}",
                },
            )
        )
    elif model.n_estimated:
        said.append(
            Message(
                N_("Pairs without minutes in the travel matrix, estimated: %(n)s."),
                {"n": model.n_estimated},
            )
        )
    if model.instance.minutes is not None and model.policy.unit == "km":
        said.append(
            Message(
                N_(
                    "The travel matrix is used for minutes and the travel limit; the objective "
                    'is in kilometres. To minimise minutes set the unit to "minutes".'
                )
            )
        )
    return said
