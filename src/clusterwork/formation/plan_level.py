"""A whole plan in a few figures: who travels furthest, how far from the best, and what is today."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from clusterwork.formation.evaluating import Evaluation, evaluate
from clusterwork.formation.instance import Instance
from clusterwork.formation.proposal import Proposal
from clusterwork.formation.too_many import MOST_BY_MATRIX


@dataclass(frozen=True, slots=True)
class WorstOff:
    """The tenth of the schools in clusters whose own journey is longest (one at least), the
    longest first. Minutes by the policy's measure."""

    schools: tuple[str, ...]
    mean_minutes: float
    longest_minutes: float


@dataclass(frozen=True)
class Today:
    """The present clusters scored by the same rules on the same schools.

    `same_schools`: they have just the schools that the plan has, so that objectives compare.
    `broken`: each rule that a present cluster breaks, and by how many clusters it is broken (one
    where it is about all of them together).
    """

    found: Evaluation
    worst_off: WorstOff | None
    same_schools: bool
    broken: Mapping[str, int]


@dataclass(frozen=True)
class PlanLevel:
    """`above_best`: by how much, as a share of the best that any plan could do, the plan can be
    above it at most; None where there is no useful bound. `today` is None where there are no
    present clusters, or too many schools to score them."""

    worst_off: WorstOff | None
    above_best: float | None
    today: Today | None


def plan_level(instance: Instance, proposal: Proposal) -> PlanLevel:
    """The figures of a proposal for this instance; scores the present clusters, no others."""
    return PlanLevel(
        worst_off({each: reason.minutes for each, reason in proposal.reasons.items()}),
        above_best(proposal.objective, proposal.bound),
        _today(instance, {left.school for left in proposal.left_out}),
    )


def worst_off(minutes: Mapping[str, float]) -> WorstOff | None:
    """The worst-off tenth by each school's minutes; None where there is no school."""
    if not minutes:
        return None
    furthest = sorted(minutes, key=lambda school: (-minutes[school], school))
    tenth = furthest[: math.ceil(len(furthest) / 10)]
    mean = math.fsum(minutes[school] for school in tenth) / len(tenth)
    return WorstOff(tuple(tenth), mean, minutes[tenth[0]])


def above_best(objective: float, bound: float) -> float | None:
    """(objective - bound) / bound; 0 where both are 0, None where the bound says nothing."""
    if objective <= bound:
        return 0.0
    return (objective - bound) / bound if bound > 0 else None


def present_clusters(instance: Instance) -> dict[str, list[str]]:
    """The present clusters' names with those of their schools that the instance has."""
    clusters: dict[str, list[str]] = defaultdict(list)
    for school in instance.schools:
        if school.id in instance.current:
            clusters[instance.current[school.id]].append(school.id)
    return dict(clusters)


def _today(instance: Instance, left_out: set[str]) -> Today | None:
    clusters = present_clusters(instance)
    if not clusters or len(instance.schools) > MOST_BY_MATRIX:
        return None
    found = evaluate(instance, clusters)
    same = set(found.left_out) == left_out
    return Today(found, worst_off(found.minutes), same, _broken(found))


def _broken(found: Evaluation) -> dict[str, int]:
    where: dict[str, set[str | None]] = defaultdict(set)
    for breach in found.breaches:
        where[breach.against.rule].add(breach.cluster)
    return {rule: len(clusters) for rule, clusters in where.items()}
