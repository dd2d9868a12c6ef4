"""Why a proposal was not made: the rules that conflict, for which schools, and what to relax."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from clusterwork.clusters.models import Proposal
from clusterwork.clusters.sentences import read
from clusterwork.registry.models import School
from clusterwork.web.clusters.shown.proposals import rule_address
from clusterwork.web.formats import said

MOST_NAMES = 50
PARTS = ("what", "why", "next_step")


@dataclass(frozen=True)
class ConflictShown:
    """One rule in the way, the schools concerned (50 at most) and where to relax it."""

    words: str
    schools: list[School]
    n_more: int
    address: str


@dataclass(frozen=True)
class TroubleShown:
    """What, why, what next; and the rules in the way."""

    what: str
    why: str
    next_step: str
    conflicts: list[ConflictShown]


def trouble_shown(proposal: Proposal) -> TroubleShown:
    """The sentences of a proposal that ended without clusters; empty where it was cancelled."""
    kept = proposal.trouble
    conflicts = kept.get("conflicts", [])
    schools = School.objects.in_bulk({pk for each in conflicts for pk in each["schools"]})
    what, why, next_step = (said(read(kept.get(name)) or "") for name in PARTS)
    shown = [_conflict(proposal, each, schools) for each in conflicts]
    return TroubleShown(what, why, next_step, shown)


def _conflict(
    proposal: Proposal, kept: dict[str, Any], schools: dict[int, School]
) -> ConflictShown:
    named = sorted(
        (schools[pk] for pk in kept["schools"] if pk in schools), key=lambda each: each.sort_key
    )
    return ConflictShown(
        said(read(kept["message"]) or ""),
        named[:MOST_NAMES],
        max(0, len(named) - MOST_NAMES),
        rule_address(proposal, kept["rule"]),
    )
