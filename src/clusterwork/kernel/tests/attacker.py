"""Somebody who tries to work out hidden numbers: another solver, or every table there is."""

from __future__ import annotations

import itertools
from collections.abc import Hashable, Iterable, Mapping

import z3

Sums = Iterable[frozenset[Hashable]]


def range_of(
    secret: frozenset[Hashable],
    told: Sums,
    facts: Mapping[Hashable, int],
    *,
    knows: Iterable[Hashable] = (),
    beyond: int = 10_000,
) -> tuple[int, int]:
    """The least and the greatest value of a sum that agree with every told sum."""
    found = []
    for way in ("minimize", "maximize"):
        solver = z3.Optimize()
        names = {fact: z3.Int(str(k)) for k, fact in enumerate(facts)}
        solver.add(*(name >= 0 for name in names.values()))
        solver.add(*(name <= beyond for name in names.values()))
        solver.add(*(names[fact] == facts[fact] for fact in knows))
        for part in told:
            solver.add(z3.Sum([names[f] for f in part]) == sum(facts[f] for f in part))
        goal = getattr(solver, way)(z3.Sum([names[fact] for fact in secret]))
        assert solver.check() == z3.sat
        found.append(goal.value().as_long())
    return found[0], found[1]


def every_value_of(
    secret: frozenset[Hashable], told: Sums, facts: Mapping[Hashable, int], *, up_to: int
) -> set[int]:
    """Each value that the sum takes in some table of numbers up to `up_to`, by trying them all."""
    keys, told = list(facts), list(told)
    found = set()
    for numbers in itertools.product(range(up_to + 1), repeat=len(keys)):
        table = dict(zip(keys, numbers, strict=True))
        if all(sum(table[f] for f in part) == sum(facts[f] for f in part) for part in told):
            found.add(sum(table[fact] for fact in secret))
    return found
