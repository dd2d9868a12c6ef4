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
# Codes of the Welsh register that the library would take for languages of their own.
MEDIUM_WORDS = {"EW": "English", "DS": "Dual stream", "TR": "Dual stream", "BI": "Bilingual"}


class Impossible(Problem):
    """No partition keeps all the rules; `conflicts` are those that cannot hold together."""

    def __init__(self, problem: formation.CannotBeSatisfied, ids: Mapping[str, int]) -> None:
        super().__init__(problem.what, why=problem.why, next_step=problem.next_step)
        self.conflicts = [
            {
                "rule": conflict.rule,
                "schools": [ids[each] for each in conflict.schools],
                "message": sentences.written(conflict.message),
            }
            for conflict in problem.against
        ]

    def written(self) -> dict[str, Any]:
        """The problem as a proposal keeps it: rules with schools by id and a sentence each."""
        return {**sentences.problem_written(self), "conflicts": self.conflicts}


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
    progress: Callable[[dict[str, Any]], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> outcomes.Answer:
    """Asks the library and says its answer in our words; raises `Impossible` and its problems.

    `progress` is given `seconds`, `objective`, `bound` and `gap_share`, the second and the last
    None at first.
    """
    names = Names(question.schools)
    try:
        found = formation.propose(
            instance_of(question, names),
            time_limit_s=question.time_limit_s,
            seed=question.seed,
            progress=_told(progress) if progress else None,
            should_stop=should_stop,
        )
    except formation.CannotBeSatisfied as problem:
        raise Impossible(problem, names.ids) from problem
    return Translator(names.ids, found, question.ties).answer()


def _told(
    progress: Callable[[dict[str, Any]], None],
) -> Callable[[float, float | None, float, float | None], None]:
    def tell(seconds: float, objective: float | None, bound: float, gap: float | None) -> None:
        told = {"seconds": seconds, "objective": objective, "bound": bound, "gap_share": gap}
        progress(told)

    return tell


class Names:
    """The names by which the library knows schools: official numbers, since sentences show them."""

    def __init__(self, schools: Sequence[School]) -> None:
        self.of: dict[int, str] = {}
        self.ids: dict[str, int] = {}
        for school in sorted(schools, key=lambda each: each.pk):
            name = school.number or f"r{school.pk}"
            name = f"r{school.pk}" if name in self.ids else name
            self.of[school.pk], self.ids[name] = name, school.pk


def instance_of(question: Question, names: Names) -> formation.Instance:
    """The library's instance; schools in the order of their ids so that a seed repeats a plan."""
    of = names.of
    schools = sorted(question.schools, key=lambda school: school.pk)
    return formation.Instance(
        schools=tuple(_school(school, of[school.pk]) for school in schools),
        policy=formation.Policy.from_mapping(question.policy),
        flows=tuple(
            formation.Flow(of[a], of[b], n) for a, b, n in question.flows if a in of and b in of
        ),
        links=tuple(
            formation.Link(of[a], of[b], tie.weight)
            for tie in question.ties
            for a, b in tie.pairs
            if a in of and b in of
        ),
        locks=_locks(question.locks, of),
        current={of[pk]: label for pk, label in sorted(question.current.items()) if pk in of},
    )


def _school(school: Any, name: str) -> formation.School:
    return formation.School(
        id=name,
        name=school.name,
        easting=school.easting,
        northing=school.northing,
        phase=_phase_word(school),
        pupils=school.pupils,
        fsm_share=school.fsm_share,
        strong=bool(school.contributes),
        authority=school.authority.code,
        medium=MEDIUM_WORDS.get(school.medium, school.medium),
        faith=school.religious_character,
    )


def _phase_word(school: School) -> str:
    """The library reads the register's wording, which for special schools says too little."""
    return OWN_WORD.get(Phase(school.phase)) or school.phase_name or school.phase


def _locks(locks: Sequence[Lock], of: Mapping[int, str]) -> formation.Locks:
    def pairs(kind: Lock.Kind) -> list[tuple[str, str]]:
        return [
            (of[each.school_id], of[each.other_id])
            for each in locks
            if each.kind == kind and each.school_id in of and each.other_id in of
        ]

    return formation.Locks(
        together=tuple(pairs(Lock.Kind.TOGETHER)),
        apart=tuple(pairs(Lock.Kind.APART)),
        fixed=dict(pairs(Lock.Kind.FIXED)),
    )


class Translator:
    """One answer of the library in our words; clusters are numbered from 1 in its order."""

    def __init__(
        self, ids: Mapping[str, int], found: formation.Proposal, ties: Sequence[Tie]
    ) -> None:
        self.ids, self.found = ids, found
        self.tie_names = {frozenset(pair): tie.name for tie in ties for pair in tie.pairs}
        self.number = {cluster.label: at for at, cluster in enumerate(found.clusters, start=1)}

    def answer(self) -> outcomes.Answer:
        """Totals, clusters and places."""
        found = self.found
        placed = [self._place(reason) for reason in found.reasons.values()]
        left = [
            outcomes.Place(self.ids[each.school], None, _kept(each.message), rule=each.rule)
            for each in found.left_out
        ]
        return outcomes.Answer(
            self._outcome(), [self._cluster(each) for each in found.clusters], placed + left
        )

    def _outcome(self) -> outcomes.Outcome:
        found = self.found
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
            rules=[self._rule(rule) for rule in found.rules],
            seconds=found.seconds,
        )

    def _rule(self, rule: formation.RuleState) -> outcomes.RuleFacts:
        schools = [self.ids[each] for each in rule.schools]
        message = _kept(rule.message)
        return outcomes.RuleFacts(rule.rule, rule.binds, rule.saves, schools, message)

    def _cluster(self, cluster: formation.Cluster) -> outcomes.ClusterFacts:
        number = self.number[cluster.label]
        return outcomes.ClusterFacts(
            number=number,
            name="" if cluster.label.isdecimal() else cluster.label,
            hub=self.ids[cluster.hub],
            members=[self.ids[each] for each in cluster.members],
            travel=cluster.travel,
            mean_minutes=cluster.mean_minutes,
            worst_minutes=cluster.worst_minutes,
            worst_pair_minutes=cluster.worst_pair_minutes,
            fsm_share=cluster.fsm_share,
            flow_kept_share=cluster.flow_kept_share,
        )

    def _partners(self, school: int, found: Sequence[formation.Partner]) -> list[outcomes.Partner]:
        partners = ((self.ids[each.id], each.name) for each in found)
        return [
            outcomes.Partner(pk, name, self.tie_names.get(frozenset((school, pk)), ""))
            for pk, name in partners
        ]

    def _place(self, reason: formation.Reason) -> outcomes.Place:
        best, school = reason.next_best, self.ids[reason.school]
        return outcomes.Place(
            school=school,
            cluster=self.number[reason.cluster],
            minutes=reason.minutes,
            size=reason.size,
            pupils_kept=reason.pupils_kept,
            links_kept=self._partners(school, reason.links_kept),
            links_cut=self._partners(school, reason.links_cut),
            held_by=list(reason.held_by),
            moved=reason.moved,
            next_best=self._alternative(school, best) if best else None,
        )

    def _alternative(self, school: int, found: formation.Alternative) -> outcomes.Alternative:
        return outcomes.Alternative(
            cluster=self.number[found.cluster],
            cost=found.cost,
            minutes=found.minutes,
            travel=found.travel,
            size_left=found.size_left,
            size_joined=found.size_joined,
            flow=found.flow,
            links_cut=self._partners(school, found.links_cut),
            swap_with=self.ids[found.swap_with] if found.swap_with else None,
            allowed=found.allowed,
            against=[_kept(rule.message) for rule in found.against],
        )


def _kept(message: Any) -> dict[str, Any]:
    return sentences.written(message) or {}
