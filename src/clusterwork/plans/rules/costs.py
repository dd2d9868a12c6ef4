"""Who pays how much of a plan, to the penny; knows no database.

A line is split by shares with what nobody pays as the last: largest remainder, ties to the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from clusterwork.plans.rules.parts import BudgetLinePart, Share


@dataclass(frozen=True, slots=True)
class Costs:
    """Pence in all, by payer, and what no funder pays."""

    total: int = 0
    by_payer: dict[UUID, int] = field(default_factory=dict)
    rest: int = 0


def split(amount_pence: int, shares: Sequence[Share]) -> list[int]:
    """Pence for each share, then the rest; they add up to the amount."""
    whole = [*(each.share for each in shares), 1 - sum((each.share for each in shares), Decimal())]
    exact = [amount_pence * share for share in whole]
    parts = [int(each) for each in exact]
    left = amount_pence - sum(parts)
    by_remainder = sorted(range(len(parts)), key=lambda n: (parts[n] - exact[n], n))
    for n in by_remainder[:left]:
        parts[n] += 1
    return parts


def costs_of(lines: Iterable[BudgetLinePart]) -> Costs:
    """The lines added up."""
    total, rest, paid = 0, 0, dict[UUID, int]()
    for line in lines:
        *parts, left = split(line.amount_pence, line.shares)
        total, rest = total + line.amount_pence, rest + left
        for share, pence in zip(line.shares, parts, strict=True):
            paid[share.payer] = paid.get(share.payer, 0) + pence
    return Costs(total, paid, rest)
