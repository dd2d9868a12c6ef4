"""Quick proofs that no plan can keep the rules; finding nothing here proves nothing."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from clusterwork.formation.company import (
    islands,
    keeping_apart,
    lonely,
    lonely_message,
    without_reach,
)
from clusterwork.formation.instance import School
from clusterwork.formation.model import PAIR_RULES, Model
from clusterwork.formation.names import listed, span
from clusterwork.formation.policy import Policy
from clusterwork.formation.proposal import RuleAgainst
from clusterwork.kernel.messages import N_, Message


class Counted(Protocol):
    """How many schools there are, and how many clusters of what sizes; as in `Model`."""

    @property
    def policy(self) -> Policy: ...

    @property
    def schools(self) -> Sequence[School]: ...

    @property
    def n(self) -> int: ...

    @property
    def low(self) -> int: ...

    @property
    def high(self) -> int: ...

    @property
    def count_low(self) -> int: ...

    @property
    def count_high(self) -> int: ...

    @property
    def strong(self) -> NDArray[np.bool_]: ...

    @property
    def may_leave_out(self) -> bool: ...


def impossible(model: Model) -> list[RuleAgainst]:
    """The first kind of contradiction found, each with its rules and schools; empty if none.

    Each entry holds one rule of a set that cannot be kept together.
    """
    if model.n == 0:
        return []
    for check in (contrary_locks, wrong_numbers, _lonely, islands, _without_contributor):
        found = list(check(model))
        if found:
            return found
    return []


def plainly_impossible(model: Model) -> list[RuleAgainst]:
    """A contradiction that is about no school in particular; empty if there is none."""
    if not model.instance.schools:
        return []
    return [*_without_anchor(model)] or [*too_few_contributors(model)]


def _without_anchor(model: Model) -> Iterator[RuleAgainst]:
    if model.policy.pyramid and not model.anchor.any():
        message = Message(
            N_(
                "There is no secondary or all-through school in the list that a pyramid could "
                "stand on. Add one, or form clusters that are not pyramids."
            )
        )
        yield RuleAgainst("pyramid", (), message)


def too_few_contributors(model: Counted) -> Iterator[RuleAgainst]:
    """Fewer contributing schools than the fewest clusters; one at least, if any may be left out."""
    policy, n_strong = model.policy, int(model.strong[: model.n].sum())
    wanted = policy.count[0] if policy.count else 1
    by_size = 1 if model.may_leave_out else math.ceil(model.n / model.high)
    least = max(wanted, by_size)
    if not policy.contributing or n_strong >= least:
        return
    message = Message(
        N_(
            "Schools marked as able to contribute: %(n)s. Clusters need at least: %(least)s. "
            "Mark more schools, or drop the rule."
        ),
        {"n": n_strong, "least": least},
    )
    yield RuleAgainst("contributing", (), message)
    if n_strong:
        rule = "count" if wanted > n_strong else _size_rule(model)
        yield RuleAgainst(rule, (), message)


def _size_rule(model: Counted) -> str:
    return "pyramid_size" if model.policy.pyramid else "size"


def _against(model: Counted, rule: str, numbers: list[int], message: Message) -> RuleAgainst:
    return RuleAgainst(rule, tuple(model.schools[i].id for i in numbers), message)


def _named(model: Model, numbers: list[int]) -> str:
    return listed([model.schools[i] for i in numbers])


def contrary_locks(model: Model) -> Iterator[RuleAgainst]:
    """Units that are too large, or that hold two schools which may not be together."""
    for unit in model.units:
        members = list(unit)
        if len(members) > model.high:
            message = Message(
                N_(
                    "%(n)s schools must be together, but a cluster has at most %(most)s. "
                    "Schools: %(schools)s. Allow larger clusters, or take out a lock."
                ),
                {"n": len(members), "most": model.high, "schools": _named(model, members)},
            )
            for rule in (_size_rule(model), _binder(model, members)):
                yield _against(model, rule, members, message)
            return
        inside = model.bad[np.ix_(members, members)]
        for a, b in np.argwhere(np.triu(inside, 1)):
            yield from _contradiction(model, members, int(members[a]), int(members[b]))
            return


def _binder(model: Model, members: list[int]) -> str:
    fixed = (model.fixed[members] >= 0) | (model.forced_hub[members] >= 0)
    return "fixed" if fixed.all() else "together"


def _contradiction(model: Model, members: list[int], a: int, b: int) -> Iterator[RuleAgainst]:
    bits = int(model.bad[a, b])
    rule = next(name for bit, name in PAIR_RULES.items() if bits & bit)
    message = Message(
        N_(
            "Two schools are locked together that may not be in one cluster. "
            "Schools: %(schools)s. Minutes between them: %(minutes)s. "
            "Take out one of the locks, or relax the rule that keeps them apart."
        ),
        {"schools": _named(model, [a, b]), "minutes": f"{model.worse[a, b]:.0f}"},
    )
    for name in dict.fromkeys((_binder(model, members), rule)):
        yield _against(model, name, [a, b], message)


def wrong_numbers(model: Counted) -> Iterator[RuleAgainst]:
    """The number of schools against the number of clusters times their sizes."""
    if model.count_low <= model.count_high:
        return
    everybody = list(range(model.n))
    if model.policy.pyramid:
        yield from _too_few_anchors(model, everybody)
        return
    wanted = model.policy.count
    if wanted is None:
        message = Message(
            N_(
                "%(n)s schools cannot be divided into clusters of this size: %(sizes)s. "
                "Allow smaller or larger clusters."
            ),
            {"n": model.n, "sizes": span(model.low, model.high)},
        )
        yield _against(model, "size", everybody, message)
        return
    message = Message(
        N_(
            "%(n)s schools cannot be divided into %(clusters)s clusters of %(sizes)s schools: "
            "that has room for %(room)s. "
            "Change the number of clusters or the sizes."
        ),
        {
            "n": model.n,
            "clusters": span(*wanted),
            "sizes": span(model.low, model.high),
            "room": span(wanted[0] * model.low, wanted[1] * model.high),
        },
    )
    for rule in ("count", "size"):
        yield _against(model, rule, everybody, message)


def _too_few_anchors(model: Counted, everybody: list[int]) -> Iterator[RuleAgainst]:
    message = Message(
        N_(
            "%(wanted)s pyramids are wanted, but there are %(n)s schools to build one around. "
            "Ask for fewer, or leave the number open."
        ),
        {"wanted": model.count_low, "n": model.count_high},
    )
    for rule in ("count", "pyramid"):
        yield _against(model, rule, everybody, message)


def _lonely(model: Model) -> Iterator[RuleAgainst]:
    """Schools with too few others that they may be with, even the largest set of these."""
    alone = lonely(model)
    if alone:
        message = lonely_message(model.policy, model.low, [model.schools[i] for i in alone])
        apart = (rule for i in alone for rule in keeping_apart(model, i))
        for rule in dict.fromkeys(["size", *apart]):
            yield _against(model, rule, alone, message)


def _without_contributor(model: Model) -> Iterator[RuleAgainst]:
    """Too few contributing schools, or schools with none within reach."""
    if not model.policy.contributing or model.may_leave_out:
        return
    few = list(too_few_contributors(model))
    yield from few or without_reach(model)
