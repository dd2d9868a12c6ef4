"""What the library is told: schools by their official numbers, and everything known of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clusterwork import formation
from clusterwork.clusters.models import Lock
from clusterwork.clusters.selectors.formations import Tie
from clusterwork.registry.models import Phase, School

OWN_WORD = {
    Phase.SPECIAL: "special",
    Phase.REFERRAL_UNIT: "pupil referral unit",
    Phase.SIXTEEN_PLUS: "16 plus",
    Phase.ALL_THROUGH: "all-through",
}
# Codes of the Welsh register that the library would take for languages of their own.
MEDIUM_WORDS = {"EW": "English", "DS": "Dual stream", "TR": "Dual stream", "BI": "Bilingual"}


@dataclass(frozen=True)
class Question:
    """What a proposal is to be made of.

    Schools carry `pupils`, `fsm_share`, `contributes`, and where it is known `support`.
    """

    schools: Sequence[School]
    locks: Sequence[Lock]
    ties: Sequence[Tie]
    flows: Sequence[tuple[int, int, int]]
    current: Mapping[int, str]
    policy: Mapping[str, Mapping[str, Any]]
    seed: int
    time_limit_s: int


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
        support=getattr(school, "support", None),
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
