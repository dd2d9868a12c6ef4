"""Who signs an agreement for a school of which kind, and whose signature serves which schools."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

HEAD, GOVERNORS, TRUST, COMMITTEE = "head", "governors", "trust", "committee"
FEDERATION, TRUST_KIND = "federation", "trust"
REFERRAL_UNIT = "referral_unit"
# Words of the official lists' types (folded) by which a school is known to be run by a trust.
OF_A_TRUST = ("academ", "free school", "studio school", "university technical college",
              "city technology college")  # fmt: skip


class Kind(StrEnum):
    """How a school is governed, as far as it decides who signs."""

    MAINTAINED = "maintained"
    ACADEMY = "academy"
    REFERRAL_UNIT = "referral_unit"


SIGNS: dict[Kind, tuple[str, ...]] = {
    Kind.MAINTAINED: (HEAD, GOVERNORS),
    Kind.ACADEMY: (TRUST,),
    Kind.REFERRAL_UNIT: (COMMITTEE,),
}


@dataclass(frozen=True)
class Governed:
    """What decides who signs for a school; `federation` and `trust` are keys of groupings."""

    phase: str
    type_name: str = ""
    type_group: str = ""
    federation: int | None = None
    trust: int | None = None


def kind_of(school: Governed) -> Kind:
    """How the school is governed; what the official lists call an academy or free school is one
    even where its trust is not known, and so is an alternative provision academy."""
    filed = f"{school.type_group} {school.type_name}".casefold()
    if any(word in filed for word in OF_A_TRUST):
        return Kind.ACADEMY
    if school.phase == REFERRAL_UNIT or "pupil referral unit" in filed:
        return Kind.REFERRAL_UNIT
    if school.trust is not None and not school.type_name and not school.type_group:
        return Kind.ACADEMY
    return Kind.MAINTAINED


def who_signs(school: Governed) -> tuple[str, ...]:
    """The capacities in which somebody signs for the school, in their order."""
    return SIGNS[kind_of(school)]


def served_by(school: Governed) -> int | None:
    """The federation or trust whose one signature serves all its schools; None for the school
    alone."""
    return school.trust if kind_of(school) is Kind.ACADEMY else school.federation


def is_complete(needed: Collection[str], signed: Collection[str]) -> bool:
    """Whether a school has signed: all who sign for its kind, or all who did for an earlier kind.

    A school that becomes an academy after it has signed as a maintained one stays signed.
    """
    have = set(signed)
    return set(needed) <= have or any(set(each) <= have for each in SIGNS.values())
