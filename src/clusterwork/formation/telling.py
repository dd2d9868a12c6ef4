"""A plan told as a proposal: figures, reasons, rules that bind, and what to know."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import numpy as np

from clusterwork.formation.binding import binding_rules
from clusterwork.formation.clock import Clock, gap_share
from clusterwork.formation.explaining import Explainer
from clusterwork.formation.instance import School
from clusterwork.formation.left_over import left_over
from clusterwork.formation.measuring import cluster_of, links_cut, totals_of
from clusterwork.formation.model import Model
from clusterwork.formation.names import span
from clusterwork.formation.plan import (
    Labelled,
    Plan,
    label_clusters,
    moved_schools,
    schools_of,
)
from clusterwork.formation.policy import Policy
from clusterwork.formation.proposal import LeftOut, Proposal, Reason
from clusterwork.formation.solver import Solver
from clusterwork.formation.wording import LEFT_OUT, LEFT_OUT_ANCHOR
from clusterwork.kernel.messages import N_, Message


def labels_for(model: Labelled, clusters: Sequence[Sequence[int]]) -> tuple[list[int], list[str]]:
    """Present label numbers (-1: none) and the names to show: present ones kept, else new ones."""
    kept = label_clusters(model, clusters)
    taken = {model.labels[k] for k in kept if k >= 0} | set(model.labels)
    names = chain(model.instance.new_names, map(str, range(1, 10**9)))
    fresh = (name for name in names if name not in taken)
    return kept, [model.labels[k] if k >= 0 else next(fresh) for k in kept]


def proposal_of(solver: Solver, whole: Model, clock: Clock, seed: int) -> Proposal:
    """All figures and reasons; `whole` also has the schools taken out on the way."""
    model = solver.model
    plan = solver.best
    assert plan is not None  # noqa: S101 - the caller has looked
    clusters = [schools_of(model, cluster) for cluster in plan.clusters]
    kept, labels = labels_for(model, clusters)
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
    threshold = 0.0 if solver.guide.bound is None else solver.guide.bound.threshold
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
        notices=(
            *notices_of(
                model.policy,
                given=model.instance.minutes is not None,
                n_estimated=model.n_estimated,
            ),
            *_fewest(solver, plan),
        ),
        seconds=clock.seconds(),
        seed=seed,
        policy=model.policy,
    )


def _fewest(solver: Solver, plan: Plan) -> list[Message]:
    """That fewer schools cannot be left over, where that is proved."""
    if not plan.left or solver.model.policy.pyramid:
        return []
    proved = solver.fewest_proved or solver.proven()
    return [Message(N_("It is proved that fewer schools cannot be left out."))] if proved else []


def _left_out(model: Model, whole: Model, plan: Plan) -> list[LeftOut]:
    """Schools outside every pyramid: those that never could be in one, and those without room;
    of other clusters those that none has room for."""
    if not model.policy.pyramid:
        return left_over(model, sorted(i for unit in plan.left for i in model.units[unit]))
    cases = [*model.outside, *left_out_of(model, plan)]
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


def left_out_of(model: Model, plan: Plan) -> list[tuple[School, str]]:
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


def notices_of(policy: Policy, *, given: bool, n_estimated: int) -> list[Message]:
    """What there is to know of the travel: estimated, given (`given`), or given in part."""
    said = []
    if not given:
        said.append(
            Message(
                N_("Minutes are an estimate: straight line × %(circuity)s at %(speed)s km/h."),
                {
                    "circuity": f"{policy.circuity:g}",
                    "speed": f"{policy.speed_kmh:g}",
                },
            )
        )
    elif n_estimated:
        said.append(
            Message(
                N_("Pairs without minutes in the travel matrix, estimated: %(n)s."),
                {"n": n_estimated},
            )
        )
    if given and policy.unit == "km":
        said.append(
            Message(
                N_(
                    "The travel matrix is used for minutes and the travel limit; the objective "
                    'is in kilometres. To minimise minutes set the unit to "minutes".'
                )
            )
        )
    return said
