"""Form one group, and say what came out in plain values; nothing that goes wrong is lost."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from clusterwork.formation.clock import Clock
from clusterwork.formation.conflict import CannotBeSatisfied, NotFoundInTime
from clusterwork.formation.groups.parts import part_of
from clusterwork.formation.instance import Instance, School
from clusterwork.formation.level_report import whole_report
from clusterwork.formation.policy import Policy
from clusterwork.formation.proposal import Proposal, Reason, RuleAgainst
from clusterwork.formation.proposing import propose
from clusterwork.formation.report import report_of_none
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

FORMED, IMPOSSIBLE, NOT_FOUND, UNUSABLE, FAILED = OUTCOMES = (
    "formed",
    "impossible",
    "not found",
    "unusable",
    "failed",
)
"""impossible: proved. unusable: a value, a lock over the border, no authority. failed: a fault."""


REPORT_IT = Message(N_("Form these schools alone, and report the fault."))


class Failed(Problem):
    """Something went wrong that nobody foresaw; the other groups are not touched by it."""

    def __init__(self, fault: str, next_step: Message = REPORT_IT) -> None:
        super().__init__(
            Message(N_("The clusters could not be formed. Fault: %(fault)s."), {"fault": fault}),
            next_step=next_step,
        )


@dataclass(frozen=True, slots=True)
class Place:
    """Where one school is. Without a cluster, all but `reason` is None.

    `minutes`: its journey by the policy's measure. `next_best`: the best other cluster, with
    what moving there costs everybody in the objective's unit. `reason`: English sentences.
    """

    id: str
    cluster: str | None
    hub: str | None
    minutes: float | None
    next_best: str | None
    cost_of_moving: float | None
    reason: str


@dataclass(frozen=True, slots=True)
class Formed:
    """What came out for one group; figures as in `Proposal`, None where there is no proposal.

    `outcome` is one of `OUTCOMES`, `message` its words (empty: formed). `places` has every
    school of the group. `report` is the group's own REPORT.json.
    """

    group: str
    outcome: str
    message: str
    n_schools: int
    n_clusters: int
    objective: float | None
    bound: float | None
    gap_share: float | None
    proven: bool
    seconds: float
    places: tuple[Place, ...]
    report: str


def form_group(
    group: str,
    schools: Sequence[School],
    whole: Instance,
    policy: Policy,
    *,
    time_limit_s: float,
    seed: int,
    should_stop: Callable[[], bool] | None = None,
) -> Formed:
    """`propose` for the schools of one group, with what `whole` says of them (`part_of`).

    Raises nothing: what is wrong comes back as the outcome, with its words. The answer is the
    same on every engine, unless the time limit cuts the search short.
    """
    clock = Clock(time_limit_s, None)
    try:
        instance = part_of(whole, group, schools, policy)
        proposal = propose(instance, time_limit_s=time_limit_s, seed=seed, should_stop=should_stop)
    except Problem as problem:
        ids = sorted(school.id for school in schools)
        return without(group, ids, problem, policy, seconds=clock.seconds(), seed=seed)
    except Exception as fault:  # one group's fault may not cost the others their clusters
        ids = sorted(school.id for school in schools)
        told = Failed(f"{type(fault).__name__}: {fault}")
        return without(group, ids, told, policy, seconds=clock.seconds(), seed=seed)
    return _formed(group, instance, proposal)


def without(
    group: str,
    ids: Sequence[str],
    problem: Problem,
    policy: Policy,
    *,
    seconds: float,
    seed: int,
) -> Formed:
    """A group that has no proposal, and why."""
    against = problem.against if isinstance(problem, CannotBeSatisfied) else ()
    message = str(problem)
    return Formed(
        group=group,
        outcome=_outcome(problem),
        message=message,
        n_schools=len(ids),
        n_clusters=0,
        objective=None,
        bound=None,
        gap_share=None,
        proven=False,
        seconds=seconds,
        places=tuple(Place(i, None, None, None, None, None, message) for i in ids),
        report=_none_report(policy, against, message, seconds, seed),
    )


def _outcome(problem: Problem) -> str:
    if isinstance(problem, CannotBeSatisfied):
        return IMPOSSIBLE
    if isinstance(problem, NotFoundInTime):
        return NOT_FOUND
    return FAILED if isinstance(problem, Failed) else UNUSABLE


def _none_report(
    policy: Policy, against: Sequence[RuleAgainst], message: str, seconds: float, seed: int
) -> str:
    plain = report_of_none(policy, against, message=message, seconds=seconds, seed=seed)
    return json.dumps(plain, ensure_ascii=False)


def _formed(group: str, instance: Instance, proposal: Proposal) -> Formed:
    left = [
        Place(one.school, None, None, None, None, None, str(one.message))
        for one in proposal.left_out
    ]
    places = [*map(_place, proposal.reasons.values()), *left]
    found = bool(proposal.clusters) or not left
    return Formed(
        group=group,
        outcome=FORMED if found else NOT_FOUND,
        message="" if found else "No clusters came out: every school is left out.",
        n_schools=len(places),
        n_clusters=len(proposal.clusters),
        objective=proposal.objective if found else None,
        bound=proposal.bound if found else None,
        gap_share=proposal.gap_share if found else None,
        proven=proposal.proven,
        seconds=proposal.seconds,
        places=tuple(sorted(places, key=lambda place: place.id)),
        report=json.dumps(whole_report(instance, proposal), ensure_ascii=False),
    )


def _place(reason: Reason) -> Place:
    other = reason.next_best
    return Place(
        reason.school,
        reason.cluster,
        reason.hub,
        reason.minutes,
        None if other is None else other.cluster,
        None if other is None else other.cost,
        str(reason.message),
    )
