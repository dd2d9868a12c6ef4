"""The only module of the house that asks the formation library; knows no web and writes no rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from clusterwork import formation
from clusterwork.clusters import outcomes, sentences
from clusterwork.clusters.models import Formation, Lock
from clusterwork.clusters.selectors.formations import Tie
from clusterwork.formation import BadPolicy, Finding, findings_for
from clusterwork.kernel.errors import Problem
from clusterwork.registry.models import Phase, School

__all__ = [
    "BadPolicy",
    "Finding",
    "Impossible",
    "Question",
    "checked_policy",
    "default_policy",
    "findings_for",
    "policy_for",
    "solve",
]

Mapped = dict[str, dict[str, Any]]
OWN_WORD = {
    Phase.SPECIAL: "special",
    Phase.REFERRAL_UNIT: "pupil referral unit",
    Phase.SIXTEEN_PLUS: "16 plus",
    Phase.ALL_THROUGH: "all-through",
}


class Impossible(Problem):
    """No partition keeps all the rules; `conflicts` are those that cannot hold together."""

    def __init__(self, problem: formation.CannotBeSatisfied) -> None:
        super().__init__(problem.what, why=problem.why, next_step=problem.next_step)
        self.conflicts = problem.conflicts

    def written(self) -> dict[str, Any]:
        """The problem as a proposal keeps it: rules with schools by id and a sentence each."""
        conflicts = [
            {
                "rule": conflict.rule,
                "schools": [int(pk) for pk in conflict.schools],
                "message": sentences.written(conflict.message),
            }
            for conflict in self.conflicts
        ]
        return {**sentences.problem_written(self), "conflicts": conflicts}


@dataclass(frozen=True)
class Question:
    """What a proposal is to be made of. Schools carry `pupils`, `fsm_share`, `contributes`."""

    schools: Sequence[School]
    locks: Sequence[Lock]
    ties: Sequence[Tie]
    flows: Sequence[tuple[int, int, int]]
    current: Mapping[int, str]
    policy: Mapping[str, Mapping[str, Any]]
    seed: int
    time_limit_s: int


def default_policy() -> Mapped:
    """The rules that a new programme starts with: minutes between all members of a cluster."""
    start = formation.Policy(measure="peers", unit="minutes")
    return start.to_mapping()


def checked_policy(mapping: Mapping[str, object]) -> Mapped:
    """The mapping as the library reads it, every key filled in; raises `BadPolicy`."""
    return formation.Policy.from_mapping(mapping).to_mapping()


def policy_for(kind: str, mapping: Mapping[str, object]) -> Mapped:
    """The rules for one kind of cluster: pyramids are measured to their hub."""
    policy = formation.Policy.from_mapping(mapping)
    if kind == Formation.Kind.PYRAMID:
        policy = replace(policy, pyramid=True, measure="hub")
    else:
        policy = replace(policy, pyramid=False)
    return policy.to_mapping()


def solve(
    question: Question,
    *,
    progress: Callable[[Any], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> outcomes.Answer:
    """Asks the library and says its answer in our words; raises its problems as they are."""
    found = formation.propose(
        instance_of(question),
        time_limit_s=question.time_limit_s,
        seed=question.seed,
        progress=progress,
        should_stop=should_stop,
    )
    return answer_of(found)


def instance_of(question: Question) -> formation.Instance:
    """The library's instance; schools in the order of their ids so that a seed repeats a plan."""
    schools = sorted(question.schools, key=lambda school: school.pk)
    return formation.Instance(
        schools=tuple(_school(school) for school in schools),
        policy=formation.Policy.from_mapping(question.policy),
        flows=tuple(formation.Flow(str(a), str(b), n) for a, b, n in question.flows),
        links=tuple(
            formation.Link(str(a), str(b), tie.weight)
            for tie in question.ties
            for a, b in tie.pairs
        ),
        locks=_locks(question.locks),
        current={str(pk): label for pk, label in sorted(question.current.items())},
    )


def answer_of(found: formation.Proposal) -> outcomes.Answer:
    """A proposal of the library in our words; clusters are numbered from 1 in its order."""
    number = {cluster.label: at for at, cluster in enumerate(found.clusters, start=1)}
    return outcomes.Answer(
        _outcome(found),
        [_cluster(cluster, number) for cluster in found.clusters],
        [_place(reason, number) for reason in found.reasons.values()]
        + [
            outcomes.Place(int(left.school), None, _kept(left.message), rule=left.rule)
            for left in found.left_out
        ],
    )


def _school(school: Any) -> formation.School:
    return formation.School(
        id=str(school.pk),
        name=school.name,
        easting=school.easting,
        northing=school.northing,
        phase=_phase_word(school),
        pupils=school.pupils,
        fsm_share=school.fsm_share,
        strong=bool(school.contributes),
        authority=school.authority.code,
        medium=school.medium,
        faith=school.religious_character,
    )


def _phase_word(school: School) -> str:
    """The library reads the register's wording, which for special schools says too little."""
    return OWN_WORD.get(Phase(school.phase)) or school.phase_name or school.phase


def _locks(locks: Sequence[Lock]) -> formation.Locks:
    def pairs(kind: Lock.Kind) -> list[tuple[str, str]]:
        return [(str(e.school_id), str(e.other_id)) for e in locks if e.kind == kind]

    return formation.Locks(
        together=tuple(pairs(Lock.Kind.TOGETHER)),
        apart=tuple(pairs(Lock.Kind.APART)),
        fixed=dict(pairs(Lock.Kind.FIXED)),
    )


def _kept(message: Any) -> dict[str, Any]:
    return sentences.written(message) or {}


def _outcome(found: formation.Proposal) -> outcomes.Outcome:
    return outcomes.Outcome(
        sizes=list(found.sizes),
        n_left_out=len(found.left_out),
        objective=found.objective,
        bound=found.bound,
        gap_share=found.gap_share,
        proven=found.proven,
        parts=dict(found.parts),
        mean_minutes=found.mean_minutes,
        worst_minutes=found.worst_minutes,
        worst_pair_minutes=found.worst_pair_minutes,
        flow_kept_share=found.flow_kept_share,
        need_points=list(found.need_points) if found.need_points else None,
        n_moved=None if found.moved is None else len(found.moved),
        n_links_cut=len(found.links_cut),
        rules=[_rule(rule) for rule in found.rules],
        notices=[_kept(notice) for notice in found.notices],
        seconds=found.seconds,
    )


def _rule(rule: formation.RuleState) -> outcomes.RuleFacts:
    schools = [int(pk) for pk in rule.schools]
    return outcomes.RuleFacts(rule.rule, rule.binds, rule.saves, schools, _kept(rule.message))


def _cluster(cluster: formation.Cluster, number: Mapping[str, int]) -> outcomes.ClusterFacts:
    return outcomes.ClusterFacts(
        number=number[cluster.label],
        hub=int(cluster.hub),
        members=[int(pk) for pk in cluster.members],
        travel=cluster.travel,
        mean_minutes=cluster.mean_minutes,
        worst_minutes=cluster.worst_minutes,
        worst_pair_minutes=cluster.worst_pair_minutes,
        fsm_share=cluster.fsm_share,
        flow_kept_share=cluster.flow_kept_share,
    )


def _partners(found: Sequence[formation.Partner]) -> list[outcomes.Partner]:
    return [outcomes.Partner(int(partner.id), partner.name) for partner in found]


def _place(reason: formation.Reason, number: Mapping[str, int]) -> outcomes.Place:
    return outcomes.Place(
        school=int(reason.school),
        cluster=number[reason.cluster],
        message=_kept(reason.message),
        minutes=reason.minutes,
        size=reason.size,
        pupils_kept=reason.pupils_kept,
        links_kept=_partners(reason.links_kept),
        links_cut=_partners(reason.links_cut),
        held_by=list(reason.held_by),
        moved=reason.moved,
        next_best=_alternative(reason.next_best, number) if reason.next_best else None,
    )


def _alternative(found: formation.Alternative, number: Mapping[str, int]) -> outcomes.Alternative:
    return outcomes.Alternative(
        cluster=number[found.cluster],
        cost=found.cost,
        minutes=found.minutes,
        travel=found.travel,
        size_left=found.size_left,
        size_joined=found.size_joined,
        flow=found.flow,
        links_cut=_partners(found.links_cut),
        swap_with=int(found.swap_with) if found.swap_with else None,
        against=[_kept(rule.message) for rule in found.against],
    )
