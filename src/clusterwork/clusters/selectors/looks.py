"""Closer looks at a proposal, and whether they are of today."""

from __future__ import annotations

from clusterwork.audit.selectors import entries_about
from clusterwork.clusters.models import Look, Proposal

CHANGING = (
    "lock.add",
    "lock.remove",
    "formation.choose",
    "formation.remove",
    "formation.contributing",
    "round.take_out",
    "round.bring_back",
)
"""What may make another answer right than the one that was found."""


def look_at(proposal: Proposal, kind: str, school_pk: int | None = None) -> Look | None:
    """The proposal's look of this kind, if it was ever asked for."""
    return proposal.looks.filter(kind=kind, school=school_pk).first()


def is_outdated(look: Look) -> bool:
    """Whether decisions or schools of the exercise have changed since it was begun."""
    if look.started_at is None:
        return False
    about = entries_about(look.proposal.formation)
    return about.filter(verb__in=CHANGING, at__gt=look.started_at).exists()
