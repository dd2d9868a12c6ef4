"""Proofs that no plan of all schools can be, by counting and on models of a few schools."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from clusterwork.formation.checks import contrary_locks, too_few_contributors, wrong_numbers
from clusterwork.formation.company import (
    friends_of,
    has_company,
    lonely_message,
    out_of_reach_message,
)
from clusterwork.formation.conflict import NO_LOCKS, CannotBeSatisfied, fewest_locks
from clusterwork.formation.instance import Instance, Locks
from clusterwork.formation.model import build_model
from clusterwork.formation.national.reach import Reach
from clusterwork.formation.national.whole import Whole
from clusterwork.formation.proposal import RuleAgainst
from clusterwork.kernel.messages import Message

SCHOOLS_AT_ONCE = 600
"""Schools whose locks are looked at on one model."""

MOST_COMPANIONS = 4
"""Times the smallest size: with so many companions nobody is looked at more closely."""

LOOKING_SECONDS = 20.0


def refuse_quickly(whole: Whole) -> None:
    """Raises `CannotBeSatisfied` for what is seen by counting; silence proves nothing."""
    _raise(too_few_contributors(whole))
    _raise_for_locks(whole)
    _raise(wrong_numbers(whole))
    reach = Reach(whole)
    if not reach.limits:
        return
    everybody = np.ones(whole.n, dtype=bool)
    if (reach.n_companions(everybody) < whole.low).any():
        refuse_lonely(whole, lambda: False)
    if whole.policy.contributing:
        _raise(_out_of_reach(whole, reach))


def refuse_lonely(whole: Whole, stop: Callable[[], bool]) -> None:
    """Raises `CannotBeSatisfied` with the schools that too few others can be with. Looks closely
    at those with few companions, for a while at most."""
    reach = Reach(whole)
    if not reach.limits:
        return
    n = reach.n_companions(np.ones(whole.n, dtype=bool))
    alone = {int(i) for i in np.flatnonzero(n < whole.low)}
    until = time.monotonic() + LOOKING_SECONDS
    for i in np.flatnonzero((n >= whole.low) & (n <= MOST_COMPANIONS * whole.low)):
        if stop() or time.monotonic() > until:
            break
        if _is_lonely(whole, reach, int(i)):
            alone.add(int(i))
    numbers = sorted(alone)
    message = lonely_message(whole.policy, whole.low, [whole.schools[i] for i in numbers])
    _raise(_entries(whole, "size", numbers, numbers, message))


def _is_lonely(whole: Whole, reach: Reach, i: int) -> bool:
    there = sorted({*reach.companions(i), *_units_of(whole, [i])})
    model = whole.part(there, None)
    return not has_company(model, friends_of(model), there.index(i))


def _units_of(whole: Whole, numbers: Sequence[int]) -> set[int]:
    group = whole.unit_of
    return {k for i in numbers for k in whole.units[group[i]]}


def _raise_for_locks(whole: Whole) -> None:
    for numbers in _locked_together(whole):
        found = tuple(contrary_locks(whole.part(numbers, None)))
        if found:
            raise _fewest(whole, found[0].schools)


def _fewest(whole: Whole, schools: Sequence[str]) -> CannotBeSatisfied:
    """The contradiction in the units of these schools with no lock more than it takes."""
    numbers = sorted(_units_of(whole, [whole.index[school] for school in schools]))
    there = whole.part(numbers, None).instance
    there = replace(there, locks=_locks_among(whole, numbers))
    there = fewest_locks(there, _contrary, lambda: False)
    return CannotBeSatisfied(tuple(contrary_locks(build_model(there))), there.locks)


def _contrary(instance: Instance) -> bool | None:
    return True if any(contrary_locks(build_model(instance))) else None


def _locked_together(whole: Whole) -> Iterator[list[int]]:
    """Units of more than one school, several at once."""
    numbers: list[int] = []
    for unit in whole.units:
        if len(unit) > 1:
            numbers += unit
        if len(numbers) >= SCHOOLS_AT_ONCE:
            yield sorted(numbers)
            numbers = []
    if numbers:
        yield sorted(numbers)


def _locks_among(whole: Whole, numbers: Sequence[int]) -> Locks:
    """The locks that are about these schools only."""
    here, locks = {whole.schools[i].id for i in numbers}, whole.instance.locks
    return Locks(
        together=tuple(pair for pair in locks.together if here.issuperset(pair)),
        apart=tuple(pair for pair in locks.apart if here.issuperset(pair)),
        fixed={school: place for school, place in locks.fixed.items() if school in here},
    )


def _out_of_reach(whole: Whole, reach: Reach) -> Iterator[RuleAgainst]:
    lacking = [int(i) for i in np.flatnonzero(reach.n_companions(whole.strong) < 1)]
    if lacking:
        message = out_of_reach_message([whole.schools[i] for i in lacking])
        yield from _entries(whole, "contributing", lacking, lacking[:1], message)


def _entries(
    whole: Whole, first: str, numbers: Sequence[int], kept: Sequence[int], message: Message
) -> Iterator[RuleAgainst]:
    """One entry for each rule: `first`, and those that keep the schools `kept` from others."""
    if numbers:
        schools = tuple(whole.schools[i].id for i in numbers)
        for rule in dict.fromkeys([first, *(r for i in kept for r in _keeping_apart(whole, i))]):
            yield RuleAgainst(rule, schools, message)


def _keeping_apart(whole: Whole, i: int) -> Iterator[str]:
    """The rules that forbid school i to be with somebody, as `company.keeping_apart`."""
    policy, locks, me = whole.policy, whole.instance.locks, whole.schools[i].id
    if policy.limit_minutes and policy.limit_to == "pairs":
        yield "travel_limit"
    if any(me in pair for pair in locks.apart):
        yield "apart"
    if any(
        place[i] >= 0 and ((place >= 0) & (place != place[i])).any()
        for place in (whole.fixed, whole.locked.forced_hub)
    ):
        yield "fixed"
    if policy.keeps_authority and _differs(whole.authority, i):
        yield "same_authority"
    if policy.keeps_medium and _differs(whole.medium, i):
        yield "same_medium"
    if policy.limit_minutes and policy.limit_to == "hub":
        yield "travel_limit"


def _differs(kind: np.ndarray[tuple[int], np.dtype[np.int64]], i: int) -> bool:
    return bool(kind[i] >= 0 and ((kind >= 0) & (kind != kind[i])).any())


def _raise(found: Iterator[RuleAgainst]) -> None:
    entries = tuple(found)
    if entries:
        raise CannotBeSatisfied(entries, NO_LOCKS)
