"""Whether a proposal is agreed: who was there, who agreed and who objected; plain values only.

Schools are counted for the quorum; agreement is weighed by the rule, one a school or by pupils on
roll. Shares are *more than*: with a majority of 0.5 more than half of the votes that agree or
object must agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

from clusterwork.kernel.messages import N_, Message

SCHOOL, CONSENSUS, PUPILS = "school", "consensus", "pupils"
AGREE, ABSTAIN, OBJECT = "agree", "abstain", "object"
FINEST = 1_000_000  # shares are held as floats; they mean fractions no finer than this

NO_QUORUM, OBJECTED, NOBODY, MAJORITY, MINORITY, TIE, CAST_FOR, CAST_AGAINST, UNOPPOSED = (
    "no_quorum",
    "objected",
    "nobody",
    "majority",
    "minority",
    "tie",
    "cast_for",
    "cast_against",
    "unopposed",
)
REASONS = {
    NO_QUORUM: N_("Too few schools took part: %(present)s of %(voters)s, needed: %(needed)s."),
    OBJECTED: N_("The rule is consensus, and an objection stands. Objections: %(object)s."),
    NOBODY: N_("Nobody agreed or objected: every school that took part abstained."),
    MAJORITY: N_("Enough agreed. Agreed: %(agree)s, objected: %(object)s."),
    MINORITY: N_("Too few agreed. Agreed: %(agree)s, objected: %(object)s."),
    TIE: N_("As many objected as agreed: %(agree)s each, and no casting vote decided."),
    CAST_FOR: N_("As many objected as agreed: %(agree)s each. The casting vote was for it."),
    CAST_AGAINST: N_(
        "As many objected as agreed: %(agree)s each. The casting vote was against it."
    ),
    UNOPPOSED: N_("The rule is consensus, and nobody objected. Agreed: %(agree)s."),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """How a cluster or group decides; as it stands, the rule of a cluster that has set none."""

    way: str = SCHOOL
    quorum_share: float = 0.5
    majority_share: float = 0.5
    casting: bool = False

    def plain(self) -> dict[str, Any]:
        """What a decision keeps of it."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Ballot:
    """What a school with a vote did: its answer if it gave one, whether it was there, its pupils.

    A school that answered was there. `pupils` is only looked at where votes go by pupils.
    """

    school: int
    answer: str | None = None
    was_there: bool = False
    pupils: int = 1


@dataclass(frozen=True, slots=True)
class Result:
    """The count: numbers of schools, weights of the answers, and the reason for the outcome."""

    is_agreed: bool
    reason: str
    voters: int
    present: int
    needed: int
    agree: int
    abstain: int
    object: int

    def plain(self) -> dict[str, Any]:
        """What a decision keeps of it."""
        return asdict(self)


def counted(rule: Rule, ballots: Iterable[Ballot], chair: int | None = None) -> Result:
    """The outcome of a vote; `chair` is the school whose answer is cast again on a tie.

    Without a single school that may vote nothing is agreed.
    """
    listed = list(ballots)
    present = sum(1 for each in listed if each.was_there or each.answer is not None)
    agree, abstain, objects = (_weight(rule, listed, said) for said in (AGREE, ABSTAIN, OBJECT))
    needed = quorum_of(rule, len(listed))
    if present < needed:
        reason = NO_QUORUM
    else:
        reason = _reason(rule, agree, objects, _answer_of(chair, listed))
    is_agreed = reason in (MAJORITY, CAST_FOR, UNOPPOSED)
    return Result(is_agreed, reason, len(listed), present, needed, agree, abstain, objects)


def quorum_of(rule: Rule, n_voters: int) -> int:
    """How many schools must take part: more than the share, never more than all, at least one."""
    share = _exact(rule.quorum_share)
    return max(1, min(n_voters, int(share * n_voters) + 1))


def reason_of(counted: Mapping[str, Any]) -> Message:
    """The reason for an outcome in words, from what a decision kept of it."""
    return Message(REASONS[counted["reason"]], dict(counted))


def _reason(rule: Rule, agree: int, objects: int, chair: str | None) -> str:
    if not agree and not objects:
        return NOBODY
    if rule.way == CONSENSUS:
        return OBJECTED if objects else UNOPPOSED
    share = _exact(rule.majority_share)
    if agree > share * (agree + objects):
        return MAJORITY
    if agree != objects:
        return MINORITY
    return _on_a_tie(rule, share, chair)


def _on_a_tie(rule: Rule, share: Fraction, chair: str | None) -> str:
    """A casting vote makes a bare majority; where more is needed, a tie is short of it anyway."""
    if not rule.casting or share > Fraction(1, 2) or chair not in (AGREE, OBJECT):
        return TIE
    return CAST_FOR if chair == AGREE else CAST_AGAINST


def _answer_of(school: int | None, ballots: Sequence[Ballot]) -> str | None:
    return next((each.answer for each in ballots if each.school == school), None)


def _weight(rule: Rule, ballots: Iterable[Ballot], answer: str) -> int:
    return sum(
        each.pupils if rule.way == PUPILS else 1 for each in ballots if each.answer == answer
    )


def _exact(share: float) -> Fraction:
    return Fraction(share).limit_denominator(FINEST)
