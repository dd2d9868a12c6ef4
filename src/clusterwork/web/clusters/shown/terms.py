"""What a proposal's total is made of."""

from __future__ import annotations

from dataclasses import dataclass

from clusterwork.clusters.models import Proposal
from clusterwork.clusters.outcomes import outcome_from
from clusterwork.web.clusters.shown.policies import NAMES


@dataclass(frozen=True)
class PartShown:
    """One term of the total."""

    name: str
    cost: float
    share: float


def part_name(key: str) -> str:
    """A term's name: that of the rule that prices it."""
    return str(NAMES[key])


def parts_shown(proposal: Proposal) -> list[PartShown]:
    """What the total is made of; terms without cost are left out, travel never."""
    facts = outcome_from(proposal.outcome)
    total = facts.objective or 1.0
    return [
        PartShown(part_name(key), cost, cost / total)
        for key, cost in facts.parts.items()
        if cost or key == "travel"
    ]
